/** A servlet filter that asks the CORS policy engine. */
@NullMarked
package dev.sallyport.servlet;

import org.jspecify.annotations.NullMarked;
