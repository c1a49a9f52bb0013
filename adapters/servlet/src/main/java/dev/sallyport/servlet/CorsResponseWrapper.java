package dev.sallyport.servlet;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Iterator;

/**
 * A response whose CORS headers are the policy's from the first moment to the last: what the
 * application writes of them is left out, and what it resets is written again.
 */
final class CorsResponseWrapper extends HttpServletResponseWrapper {
  private final CorsDecision decision;

  CorsResponseWrapper(HttpServletResponse response, CorsDecision decision) {
    super(response);
    this.decision = decision;
    write();
  }

  /** Writes the policy's headers, which may be there already. */
  private void write() {
    decision.writeTo(new Unguarded(response()));
  }

  private HttpServletResponse response() {
    return (HttpServletResponse) getResponse();
  }

  @Override
  public void setHeader(String name, String value) {
    if (decision.owns(name)) {
      return;
    }
    super.setHeader(name, value);
    if (name.equalsIgnoreCase(CorsHeaders.VARY)) {
      write();
    }
  }

  @Override
  public void addHeader(String name, String value) {
    boolean isThere =
        name.equalsIgnoreCase(CorsHeaders.VARY)
            && value != null
            && Vary.covers(response().getHeaders(CorsHeaders.VARY).iterator(), value.strip());
    if (!decision.owns(name) && !isThere) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!decision.owns(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!decision.owns(name)) {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (!decision.owns(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (!decision.owns(name)) {
      super.addDateHeader(name, date);
    }
  }

  @Override
  public void reset() {
    super.reset();
    write();
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
