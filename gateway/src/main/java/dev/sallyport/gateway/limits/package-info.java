/** What a client may cost: time, requests, connections. */
@NullMarked
package dev.sallyport.gateway.limits;

import org.jspecify.annotations.NullMarked;
