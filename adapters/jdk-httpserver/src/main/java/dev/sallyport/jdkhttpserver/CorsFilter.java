package dev.sallyport.jdkhttpserver;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A filter that puts a CORS policy in front of the handler of a context of the JDK's HTTP server.
 *
 * <p>It answers preflights, and what the policy's enforcement refuses, without calling the handler:
 * 204 for a preflight whose origin is allowed, else 403. Every other answer leaves with the
 * policy's headers, whatever the handler set of them, because they are written when the answer's
 * head is sent. A handler that throws before that has the server close the connection without an
 * answer: there is nothing that a page could read.
 *
 * <p>The handler sees an exchange that stands in front of the server's own; under an {@code
 * HttpsServer} it is no {@code HttpsExchange}. Under a context with an authenticator the handler
 * sees the server's own exchange: the policy's headers are written before it runs, it has to leave
 * them alone, and {@link #DECISION} is not there.
 *
 * <p>Where the policy asks a source of origins, the exchange's thread waits for it, as long as the
 * source's time-out at most and only for origins that are not known yet.
 */
public final class CorsFilter extends Filter {
  /** The attribute of the handler's exchange that holds the {@link CorsDecision}. */
  public static final String DECISION = "dev.sallyport.cors.decision";

  private final Supplier<? extends CorsPolicy> policies;

  /** A filter with one policy. */
  public CorsFilter(CorsPolicy policy) {
    this(() -> policy);
  }

  /** A filter whose policy can change: {@code policies} is asked once for each request. */
  public CorsFilter(Supplier<? extends CorsPolicy> policies) {
    this.policies = policies;
  }

  @Override
  public String description() {
    return "Answers preflights and writes CORS headers by a policy";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    CorsDecision decision = policies.get().decide(new Request(exchange));
    CorsExchange decided = new CorsExchange(exchange, decision);
    if (decision.isAnswered()) {
      decided.sendResponseHeaders(decision.status(), -1);
      decided.close();
    } else if (exchange.getHttpContext().getAuthenticator() != null) {
      // The server asks for the password behind this filter, and takes no exchange but its own.
      write(decision, exchange.getResponseHeaders());
      chain.doFilter(exchange);
    } else {
      chain.doFilter(decided);
    }
  }

  private record Request(HttpExchange exchange) implements CorsRequest {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public @Nullable String header(String name, int line) {
      List<String> lines = exchange.getRequestHeaders().get(name);
      return lines != null && line < lines.size() ? lines.get(line) : null;
    }
  }

  /** Writes a decision into the headers of an answer, instead of what is there of it. */
  static void write(CorsDecision decision, Headers headers) {
    headers.keySet().removeIf(decision::owns);
    decision.writeTo(
        new CorsResponse() {
          @Override
          public void setHeader(String name, String value) {
            headers.set(name, value);
          }

          @Override
          public void addVary(String fieldName) {
            List<String> lines = headers.getOrDefault(CorsHeaders.VARY, List.of());
            if (!Vary.covers(lines.iterator(), fieldName)) {
              headers.add(CorsHeaders.VARY, fieldName);
            }
          }
        });
  }
}
