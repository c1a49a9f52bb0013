/** A filter for the JDK's HTTP server that asks the CORS policy engine. */
@NullMarked
package dev.sallyport.jdkhttpserver;

import org.jspecify.annotations.NullMarked;
