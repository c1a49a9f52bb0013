package dev.sallyport.servlet;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A response whose CORS headers are the policy's from the first moment to the last: what the
 * application writes of them is left out, and what it resets is written again.
 */
final class CorsResponseWrapper extends HttpServletResponseWrapper {
  private final CorsDecision decision;

  CorsResponseWrapper(HttpServletResponse response, CorsDecision decision) {
    super(response);
    this.decision = decision;
    write(decision, response);
  }

  /** Writes the policy's headers, which may be there already. */
  static void write(CorsDecision decision, HttpServletResponse response) {
    decision.writeTo(new Unguarded(response));
  }

  private HttpServletResponse response() {
    return (HttpServletResponse) getResponse();
  }

  /** A name of null is the container's to refuse or to leave out. */
  private boolean isThePolicys(@Nullable String name) {
    return name != null && decision.owns(name);
  }

  @Override
  public void setHeader(String name, String value) {
    if (isThePolicys(name)) {
      return;
    }
    super.setHeader(name, value);
    if (CorsHeaders.VARY.equalsIgnoreCase(name)) {
      write(decision, response());
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (CorsHeaders.VARY.equalsIgnoreCase(name) && value != null) {
      addVary(name, value);
    } else if (!isThePolicys(name)) {
      super.addHeader(name, value);
    }
  }

  /** Adds those of the names that are not there yet. */
  private void addVary(String name, String value) {
    String missing =
        Stream.of(value.split(","))
            .map(String::strip)
            .filter(element -> !element.isEmpty())
            .filter(element -> !Vary.covers(response().getHeaders(name).iterator(), element))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      super.addHeader(name, missing);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!isThePolicys(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isThePolicys(name)) {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (!isThePolicys(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (!isThePolicys(name)) {
      super.addDateHeader(name, date);
    }
  }

  @Override
  public void reset() {
    super.reset();
    write(decision, response());
  }

  /** The response underneath, which takes the policy's own headers. */
  private record Unguarded(HttpServletResponse response) implements CorsResponse {
    @Override
    public void setHeader(String name, String value) {
      response.setHeader(name, value);
    }

    @Override
    public void addVary(String fieldName) {
      Iterator<String> lines = response.getHeaders(CorsHeaders.VARY).iterator();
      if (!Vary.covers(lines, fieldName)) {
        response.addHeader(CorsHeaders.VARY, fieldName);
      }
    }
  }
}
