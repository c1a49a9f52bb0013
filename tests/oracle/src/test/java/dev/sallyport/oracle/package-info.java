/** Holds the model of a browser against real ones, on cases made at random. */
@NullMarked
package dev.sallyport.oracle;

import org.jspecify.annotations.NullMarked;
