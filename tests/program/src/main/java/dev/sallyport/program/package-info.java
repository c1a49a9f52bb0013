/** The built program, for tests that start it as its users do. */
@NullMarked
package dev.sallyport.program;

import org.jspecify.annotations.NullMarked;
