/** What only time and numbers show, of the built program: {@code ./check extended} runs it. */
@NullMarked
package dev.sallyport.endurance;

import org.jspecify.annotations.NullMarked;
