package dev.sallyport.bench;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import dev.sallyport.peers.JettyPeer;
import dev.sallyport.peers.PeerPolicy;
import dev.sallyport.peers.PlainRequest;
import dev.sallyport.peers.PlainResponse;
import dev.sallyport.peers.ServletPeer;
import dev.sallyport.peers.VertxPeer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.impl.RoutingContextDecorator;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The other libraries and ours, each called with a request of its own kind that is nothing but a
 * method and headers, and an empty response.
 */
final class PeerCalls {
  private PeerCalls() {}

  /** One request of {@code origin}, and what comes out of it. */
  interface Call {
    Object of(String origin) throws Exception;
  }

  private static List<List<String>> lines(boolean preflight) {
    List<List<String>> lines = new ArrayList<>(List.of(List.of("Origin", "")));
    if (preflight) {
      lines.add(List.of("Access-Control-Request-Method", "PUT"));
      lines.add(List.of("Access-Control-Request-Headers", "authorization,content-type,x-token"));
    }
    return lines;
  }

  private static String method(boolean preflight) {
    return preflight ? "OPTIONS" : "GET";
  }

  /** Nothing but the making of a servlet's request and response: what all servlet filters share. */
  static Call nothing(boolean preflight) {
    PlainRequest request = new PlainRequest(method(preflight), lines(preflight));
    return origin -> {
      request.renew("origin", origin);
      return new PlainResponse();
    };
  }

  /** A servlet filter. */
  static Call servlet(ServletPeer peer, PeerPolicy policy, boolean preflight) throws Exception {
    Filter filter = peer.filter(policy).orElseThrow();
    FilterChain application = (request, response) -> {};
    PlainRequest request = new PlainRequest(method(preflight), lines(preflight));
    return origin -> {
      request.renew("origin", origin);
      PlainResponse response = new PlainResponse();
      filter.doFilter(request, response, application);
      return response;
    };
  }

  /** Jetty's handler, with requests and responses of Jetty's own kind. */
  static Call jetty(PeerPolicy policy, boolean preflight) throws Exception {
    CrossOriginHandler handler = JettyPeer.handler(policy);
    handler.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            return true;
          }
        });
    handler.start();
    HttpFields.Mutable headers = HttpFields.build();
    lines(preflight).forEach(line -> headers.add(line.get(0), line.get(1)));
    Request request = jettyRequest(method(preflight), headers);
    return origin -> {
      headers.put(HttpHeader.ORIGIN, origin);
      JettyResponse response = new JettyResponse(request);
      handler.handle(request, response, Callback.NOOP);
      return response;
    };
  }

  private static Request jettyRequest(String method, HttpFields headers) {
    return new Request.Wrapper(nothing(Request.class)) {
      @Override
      public String getMethod() {
        return method;
      }

      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  /** Our engine, with requests and responses of Jetty's kind. */
  static Call oursOnJetty(CorsPolicy policy, boolean preflight) {
    HttpFields.Mutable headers = HttpFields.build();
    lines(preflight).forEach(line -> headers.add(line.get(0), line.get(1)));
    Request request = jettyRequest(method(preflight), headers);
    return origin -> {
      headers.put(HttpHeader.ORIGIN, origin);
      JettyResponse response = new JettyResponse(request);
      CorsDecision decision = policy.decide(new JettyView(request));
      decision.writeTo(new JettyView.Answer(response));
      if (decision.isAnswered()) {
        response.setStatus(decision.status());
      }
      return response;
    };
  }

  private record JettyView(Request request) implements CorsRequest {
    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public @Nullable String header(String name, int line) {
      int left = line;
      for (HttpField field : request.getHeaders()) {
        if (field.is(name) && left-- == 0) {
          return field.getValue();
        }
      }
      return null;
    }

    private record Answer(Response response) implements CorsResponse {
      private static final Map<String, HttpHeader> HEADERS =
          Stream.of(HttpHeader.values())
              .collect(Collectors.toMap(each -> each.lowerCaseName(), each -> each));

      @Override
      public void setHeader(String name, String value) {
        HttpHeader known = HEADERS.get(name);
        if (known == null) {
          response.getHeaders().put(name, value);
        } else {
          response.getHeaders().put(known, value);
        }
      }

      @Override
      public void addVary(String fieldName) {
        if (!Vary.covers(
            response.getHeaders().getValuesList(CorsHeaders.VARY).iterator(), fieldName)) {
          response.getHeaders().add(HttpHeader.VARY, fieldName);
        }
      }
    }
  }

  private static final class JettyResponse extends Response.Wrapper {
    private static final Response NOTHING = nothing(Response.class);
    private final HttpFields.Mutable headers = HttpFields.build();
    private int status;

    JettyResponse(Request request) {
      super(request, NOTHING);
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      return headers;
    }

    @Override
    public int getStatus() {
      return status;
    }

    @Override
    public void setStatus(int code) {
      status = code;
    }
  }

  /**
   * Vert.x Web's handler, with headers of Vert.x's own kind; its request and response are dynamic
   * proxies, which cost it some ten nanoseconds a call.
   */
  static Call vertx(PeerPolicy policy, boolean preflight) {
    CorsHandler handler = VertxPeer.handler(policy);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    lines(preflight).forEach(line -> headers.add(line.get(0), line.get(1)));
    HttpMethod method = preflight ? HttpMethod.OPTIONS : HttpMethod.GET;
    InvocationHandler asked =
        (proxy, called, arguments) ->
            switch (called.getName()) {
              case "headers" -> headers;
              case "method" -> method;
              case "getHeader" -> headers.get((CharSequence) arguments[0]);
              default -> throw new UnsupportedOperationException(called.getName());
            };
    HttpServerRequest request =
        (HttpServerRequest)
            Proxy.newProxyInstance(
                PeerCalls.class.getClassLoader(), new Class<?>[] {HttpServerRequest.class}, asked);
    return origin -> {
      headers.set("Origin", origin);
      VertxContext context = new VertxContext(request);
      handler.handle(context);
      return context;
    };
  }

  @SuppressWarnings("unchecked") // A method that is inherited has another type in the interface.
  private static final class VertxContext extends RoutingContextDecorator {
    private static final RoutingContextInternal NOTHING =
        (RoutingContextInternal)
            Proxy.newProxyInstance(
                PeerCalls.class.getClassLoader(),
                new Class<?>[] {RoutingContextInternal.class},
                (proxy, method, arguments) -> proxy);

    private static final Route ROUTE = nothing(Route.class);

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    VertxContext(HttpServerRequest request) {
      super(ROUTE, NOTHING);
      this.request = request;
      MultiMap headers = MultiMap.caseInsensitiveMultiMap();
      InvocationHandler answers =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "headers" -> headers;
                case "putHeader" -> {
                  headers.set((CharSequence) arguments[0], (CharSequence) arguments[1]);
                  yield proxy;
                }
                case "end" -> Future.succeededFuture();
                default -> proxy;
              };
      this.response =
          (HttpServerResponse)
              Proxy.newProxyInstance(
                  PeerCalls.class.getClassLoader(),
                  new Class<?>[] {HttpServerResponse.class},
                  answers);
    }

    @Override
    public HttpServerRequest request() {
      return request;
    }

    @Override
    public HttpServerResponse response() {
      return response;
    }

    @Override
    public void next() {}

    @Override
    public void fail(int statusCode, Throwable fault) {}

    @Override
    public RoutingContextInternal visitHandler(int id) {
      return this;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T nothing(Class<T> type) {
    return (T)
        Proxy.newProxyInstance(
            PeerCalls.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
