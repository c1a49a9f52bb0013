package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.List;

/**
 * A request as it goes over the wire.
 *
 * @param preflight whether it is a CORS-preflight request
 * @param headers those of the page, and what the CORS protocol adds; what else a browser sends,
 *     such as {@code User-Agent}, changes no outcome
 */
public record WireRequest(boolean preflight, Url url, String method, List<Header> headers) {}
