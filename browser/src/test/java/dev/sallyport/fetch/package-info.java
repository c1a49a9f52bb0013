@NullMarked
package dev.sallyport.fetch;

import org.jspecify.annotations.NullMarked;
