package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.config.Route;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns the trailers that follow a request's body into those that a route's upstream gets. */
public final class RequestTrailers {
  private final HeaderSieve sieve;

  /** The rewriter of a route. */
  public RequestTrailers(Route route) {
    List<String> names = new ArrayList<>(DroppedHeaders.HOP_BY_HOP);
    names.addAll(DroppedHeaders.OF_REQUESTS_UNLESS_FORWARDED);
    names.addAll(DroppedHeaders.OF_CLOUD_METADATA);
    names.addAll(DroppedHeaders.OF_TRAILERS);
    names.addAll(route.request().removeHeaders());
    names.addAll(route.request().setHeaders().keySet());
    this.sieve =
        new HeaderSieve(
            names,
            name ->
                DroppedHeaders.beginsWith(name, DroppedHeaders.FORWARDED_PREFIX)
                    || DroppedHeaders.beginsWith(name, DroppedHeaders.CLOUD_METADATA_PREFIX)
                    || DroppedHeaders.beginsWith(name, "access-control-"));
  }

  /** Rewrites them in place. */
  public void rewrite(LastHttpContent last) {
    if (!last.trailingHeaders().isEmpty()) {
      sieve.sift(last.trailingHeaders(), Set.of());
    }
  }
}
