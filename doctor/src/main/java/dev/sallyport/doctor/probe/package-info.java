/** Does to a live server what a browser would, and says what came of it and what to change. */
@NullMarked
package dev.sallyport.doctor.probe;

import org.jspecify.annotations.NullMarked;
