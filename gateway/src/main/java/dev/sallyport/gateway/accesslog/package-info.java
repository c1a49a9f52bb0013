/** Writes each request down when it is over: JSON or the log formats of NCSA httpd, a line each. */
@NullMarked
package dev.sallyport.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
