package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * What a network error came of.
 *
 * @param preflight whether it was the answer to a preflight that was wrong
 * @param url where the request went that failed
 * @param header the header whose value was wrong or missing; empty when it was no header
 * @param found the value that was there; empty when there was none
 * @param wanted what would have been right: a value, a method or a header's name; empty when there
 *     is nothing to write
 */
public record Failure(
    Reason reason,
    boolean preflight,
    Url url,
    String header,
    Optional<String> found,
    String wanted) {}
