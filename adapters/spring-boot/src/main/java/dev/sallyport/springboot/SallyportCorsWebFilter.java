package dev.sallyport.springboot;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A WebFlux filter that puts a CORS policy in front of an application.
 *
 * <p>It answers preflights, and what the policy's enforcement refuses; every other answer leaves
 * with the policy's headers, whatever the application or an error handler set of them, because they
 * are written when the answer is committed. No thread waits where the policy asks a source of
 * origins.
 */
public final class SallyportCorsWebFilter implements WebFilter, Ordered {
  /** The attribute of the exchange that holds the {@link CorsDecision}. */
  public static final String DECISION = "dev.sallyport.cors.decision";

  private final Supplier<? extends CorsPolicy> policies;

  /** A filter whose policy can change: {@code policies} is asked once for each request. */
  public SallyportCorsWebFilter(Supplier<? extends CorsPolicy> policies) {
    this.policies = policies;
  }

  @Override
  public int getOrder() {
    return CorsAutoConfiguration.ORDER;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    CompletableFuture<CorsDecision> decision =
        policies.get().decideAsync(new Request(exchange.getRequest())).toCompletableFuture();
    // The application does not run on the thread of the source of origins, nor on that of its
    // time-out.
    Mono<CorsDecision> known =
        decision.isDone()
            ? Mono.fromFuture(decision)
            : Mono.fromFuture(decision).publishOn(Schedulers.parallel());
    return known.flatMap(each -> filter(exchange, chain, each));
  }

  private static Mono<Void> filter(
      ServerWebExchange exchange, WebFilterChain chain, CorsDecision decision) {
    ServerHttpResponse response = exchange.getResponse();
    exchange.getAttributes().put(DECISION, decision);
    response.beforeCommit(() -> Mono.fromRunnable(() -> write(decision, response.getHeaders())));
    if (!decision.isAnswered()) {
      // Spring's own annotations leave a request alone whose answer names an origin already.
      write(decision, response.getHeaders());
      return chain.filter(exchange);
    }
    response.setStatusCode(HttpStatusCode.valueOf(decision.status()));
    return response.setComplete();
  }

  private static void write(CorsDecision decision, HttpHeaders headers) {
    List.copyOf(headers.headerNames()).stream().filter(decision::owns).forEach(headers::remove);
    decision.writeTo(new Response(headers));
  }

  private record Request(ServerHttpRequest request) implements CorsRequest {
    @Override
    public String method() {
      return request.getMethod().name();
    }

    @Override
    public @Nullable String header(String name, int line) {
      List<String> lines = request.getHeaders().get(name);
      return lines != null && line < lines.size() ? lines.get(line) : null;
    }
  }

  private record Response(HttpHeaders headers) implements CorsResponse {
    @Override
    public void setHeader(String name, String value) {
      headers.set(name, value);
    }

    @Override
    public void addVary(String fieldName) {
      List<String> lines = headers.getOrEmpty(CorsHeaders.VARY);
      if (!Vary.covers(lines.iterator(), fieldName)) {
        headers.add(CorsHeaders.VARY, fieldName);
      }
    }
  }
}
