/** A configuration that is read again while it serves: when, what is taken over, what is told. */
@NullMarked
package dev.sallyport.gateway.reload;

import org.jspecify.annotations.NullMarked;
