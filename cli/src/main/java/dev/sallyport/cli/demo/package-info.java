/** The demonstration: a page, an API that knows no CORS, and the gateway between, on loopback. */
@NullMarked
package dev.sallyport.cli.demo;

import org.jspecify.annotations.NullMarked;
