/** The program's log: a line an event, on standard error. */
@NullMarked
package dev.sallyport.cli.logging;

import org.jspecify.annotations.NullMarked;
