/** What the gateway's tests talk to it with: raw bytes, on both sides. */
@NullMarked
package dev.sallyport.gateway.testkit;

import org.jspecify.annotations.NullMarked;
