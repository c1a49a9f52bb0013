package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * An answer that was written down, and to which requests it is one.
 *
 * @param preflight whether it answers CORS-preflight requests; otherwise, all others
 * @param url the only URL to which requests are answered so, compared without user, password and
 *     fragment; empty for any
 */
public record RecordedExchange(boolean preflight, Optional<Url> url, ServerAnswer answer) {}
