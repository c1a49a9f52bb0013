/** What a gateway is told to do: its configuration, read, checked and held as immutable values. */
@NullMarked
package dev.sallyport.gateway.config;

import org.jspecify.annotations.NullMarked;
