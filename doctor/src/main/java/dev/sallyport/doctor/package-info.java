/** Reads what happened in a browser, has the model explain it, and says what to change. */
@NullMarked
package dev.sallyport.doctor;

import org.jspecify.annotations.NullMarked;
