package dev.sallyport.bench;

import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import java.util.ArrayList;
import java.util.List;
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

  /** A response that keeps what is written. */
  static final class Response implements CorsResponse {
    final List<String> lines = new ArrayList<>();

    @Override
    public void setHeader(String name, String value) {
      lines.add(name);
      lines.add(value);
    }

    @Override
    public void addVary(String fieldName) {
      lines.add("vary");
      lines.add(fieldName);
    }
  }
}
