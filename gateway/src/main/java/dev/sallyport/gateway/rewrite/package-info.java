/**
 * What becomes of a message's head and trailers on their way through the gateway.
 *
 * <p>Which value wins, from the weakest to the strongest: what the peer sent; what its {@code
 * Connection} header takes away; what every gateway drops; what the route removes; what the gateway
 * writes; what the route sets; and towards pages, what the route's policy writes.
 */
@NullMarked
package dev.sallyport.gateway.rewrite;

import org.jspecify.annotations.NullMarked;
