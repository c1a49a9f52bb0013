/** The shared cases and their reader; what a case means is told in {@code vectors/README.md}. */
@NullMarked
package dev.sallyport.vectors;

import org.jspecify.annotations.NullMarked;
