package dev.sallyport.bench;

import dev.sallyport.cors.CorsRequest;
import org.jspecify.annotations.Nullable;

/** The messages that the engine's benchmarks show it: as little as a message can be. */
final class Messages {
  private Messages() {}

  /** A request with at most one line of each header that is asked for. */
  static final class Request implements CorsRequest {
    private final String method;
    @Nullable String origin;
    private final @Nullable String requestMethod;
    private final @Nullable String requestHeaders;

    Request(String method, @Nullable String requestMethod, @Nullable String requestHeaders) {
      this.method = method;
      this.requestMethod = requestMethod;
      this.requestHeaders = requestHeaders;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public @Nullable String header(String name, int line) {
      if (line > 0) {
        return null;
      }
      return switch (name) {
        case "origin" -> origin;
        case "access-control-request-method" -> requestMethod;
        case "access-control-request-headers" -> requestHeaders;
        default -> null;
      };
    }
  }
}
