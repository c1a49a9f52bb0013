/**
 * The command line: {@code sallyport serve}, {@code sallyport origin} and the others, one class per
 * command.
 *
 * <p>Standard output is data, standard error is talk. Exit code 0 means fine, 1 that the answer is
 * no, 2 that the command was called wrongly.
 */
@NullMarked
package dev.sallyport.cli;

import org.jspecify.annotations.NullMarked;
