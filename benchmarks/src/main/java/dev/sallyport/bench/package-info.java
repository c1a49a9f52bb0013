/** Measures the engine, and other libraries' at the same work. */
@NullMarked
package dev.sallyport.bench;

import org.jspecify.annotations.NullMarked;
