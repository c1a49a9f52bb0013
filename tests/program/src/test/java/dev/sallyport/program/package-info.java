/** Tests of the built program, and of how its modules stand to each other. */
@NullMarked
package dev.sallyport.program;

import org.jspecify.annotations.NullMarked;
