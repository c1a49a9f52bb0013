/**
 * HTTP/1.1 as strictly as a gateway has to read it: what two servers could read differently is
 * refused.
 */
@NullMarked
package dev.sallyport.gateway.http;

import org.jspecify.annotations.NullMarked;
