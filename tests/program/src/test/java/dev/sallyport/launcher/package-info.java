/**
 * What the shell scripts of a checkout promise: {@code sallyport}, {@code check} and those they
 * share.
 */
@NullMarked
package dev.sallyport.launcher;

import org.jspecify.annotations.NullMarked;
