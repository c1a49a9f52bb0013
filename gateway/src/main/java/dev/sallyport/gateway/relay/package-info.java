/**
 * Relays requests: one connection of a client, one exchange after the other on it.
 *
 * <p>{@link dev.sallyport.gateway.relay.Exchange} is the map: the stages that a request walks
 * forward, and the answer back.
 */
@NullMarked
package dev.sallyport.gateway.relay;

import org.jspecify.annotations.NullMarked;
