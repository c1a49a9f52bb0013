/**
 * What a browser does when a page asks for something: the Fetch standard's algorithms for requests,
 * as far as they decide whether the page gets an answer, one method each.
 *
 * <p>{@link dev.sallyport.fetch.Browser} runs them for a page, its request and whatever plays the
 * server, and says what came of it, what went over the wire, and which check failed on what.
 *
 * @see <a href="https://fetch.spec.whatwg.org/">Fetch</a>
 */
@NullMarked
package dev.sallyport.fetch;

import org.jspecify.annotations.NullMarked;
