package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * A CORS-preflight request that was sent.
 *
 * @param origin the value of {@code Origin}
 * @param accessControlRequestHeaders empty when the header was not sent
 */
public record SentPreflight(
    Url url,
    String origin,
    String accessControlRequestMethod,
    Optional<String> accessControlRequestHeaders) {}
