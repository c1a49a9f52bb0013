/**
 * URLs as browsers read them: the URL standard's parser and serializer, and the origin of a URL.
 *
 * <p>Each algorithm of the standard is one method, named as the standard names it; the numbers in
 * the comments are the standard's steps.
 *
 * @see <a href="https://url.spec.whatwg.org/">URL standard</a>
 */
@NullMarked
package dev.sallyport.url;

import org.jspecify.annotations.NullMarked;
