/** Explains what a browser's developer tools kept. */
@NullMarked
package dev.sallyport.doctor.har;

import org.jspecify.annotations.NullMarked;
