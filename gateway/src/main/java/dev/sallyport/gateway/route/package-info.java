/** Which route takes a request, and what of the route is ready before the first one comes. */
@NullMarked
package dev.sallyport.gateway.route;

import org.jspecify.annotations.NullMarked;
