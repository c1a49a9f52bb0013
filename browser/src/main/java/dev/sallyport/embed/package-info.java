/**
 * What a page may do with a resource from elsewhere: embed it, read it, or neither, by which rule.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/urls-and-fetching.html#fetching-resources">HTML,
 *     fetching resources</a>
 */
@NullMarked
package dev.sallyport.embed;

import org.jspecify.annotations.NullMarked;
