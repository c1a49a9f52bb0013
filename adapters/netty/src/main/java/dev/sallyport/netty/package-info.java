/** Views of Netty's HTTP messages for the CORS policy engine. */
@NullMarked
package dev.sallyport.netty;

import org.jspecify.annotations.NullMarked;
