/** What a request calls: which server, which URL, and whether it may. */
@NullMarked
package dev.sallyport.gateway.call;

import org.jspecify.annotations.NullMarked;
