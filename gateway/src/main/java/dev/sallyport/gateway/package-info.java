/** The gateway as a whole: started, listening, stopped. */
@NullMarked
package dev.sallyport.gateway;

import org.jspecify.annotations.NullMarked;
