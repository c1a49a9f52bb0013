/**
 * Origins as browsers compare them: parsing, serialization, same origin, same site, patterns and
 * public suffixes.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#origin">HTML, origins</a>
 */
@NullMarked
package dev.sallyport.origin;

import org.jspecify.annotations.NullMarked;
