/** Connections to upstreams: found, dialled, trusted, kept, and given to one exchange at a time. */
@NullMarked
package dev.sallyport.gateway.upstream;

import org.jspecify.annotations.NullMarked;
