/**
 * The CORS policy engine: a policy that is checked when it is built, and its decision for a
 * request.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
@NullMarked
package dev.sallyport.cors;

import org.jspecify.annotations.NullMarked;
