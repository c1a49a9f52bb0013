package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * A request that was sent and is no preflight.
 *
 * @param origin the value of {@code Origin}; empty when the header was not sent
 */
public record SentRequest(Url url, String method, Optional<String> origin) {}
