package dev.sallyport.servlet;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.InvalidPolicyException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A servlet filter that puts a CORS policy in front of an application.
 *
 * <p>It answers preflights, and what the policy's enforcement refuses, without calling the
 * application: 204 for a preflight whose origin is allowed, else 403. Every other answer carries
 * the policy's headers, whether the application resets it, sends an error, redirects, answers later
 * on another thread or throws. (Jetty takes {@code Vary} out of the error pages that it makes
 * itself, and forbids caches to keep them.) Under a policy that only reports, the application has
 * the request and the response as they came.
 *
 * <p>Map it to the dispatches {@code REQUEST}, {@code ASYNC} and {@code ERROR}, in front of what
 * authenticates, and let it support asynchronous requests. In Jetty put the {@code
 * WebSocketUpgradeFilter} behind it, by its class's name; left alone, Jetty shakes hands with
 * WebSockets before any filter is asked.
 *
 * <p>A request is decided once, and whichever filter finds it decided (on another dispatch, or
 * behind another one) keeps to that; but a decision that only reports leaves it to a filter behind
 * to make its own.
 *
 * <p>Where the policy asks a source of origins, the request's thread waits for it, as long as the
 * source's time-out at most and only for origins that are not known yet. To wait without a thread
 * would make every such request an asynchronous one, which needs the support of each filter and
 * servlet behind.
 */
public final class CorsFilter implements Filter {
  /** The request attribute that holds the {@link CorsDecision}. */
  public static final String DECISION = "dev.sallyport.cors.decision";

  private static final Set<String> LISTS =
      Set.of("allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders");

  private @Nullable Supplier<? extends CorsPolicy> policies;

  /**
   * A filter whose policy stands in its init parameters, for {@code web.xml}: the keys of the
   * configuration, lists separated by commas or white space.
   */
  public CorsFilter() {}

  /** A filter with one policy. */
  public CorsFilter(CorsPolicy policy) {
    this(() -> policy);
  }

  /** A filter whose policy can change: {@code policies} is asked once for each request. */
  public CorsFilter(Supplier<? extends CorsPolicy> policies) {
    this.policies = policies;
  }

  /**
   * @throws ServletException when the policy in the init parameters cannot be built; the message
   *     says everything that is wrong with it
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    if (policies != null) {
      return;
    }
    try {
      CorsPolicy policy = CorsPolicy.builder(form(config)).build();
      policies = () -> policy;
      policy.warnings().forEach(warning -> config.getServletContext().log(warning.message()));
    } catch (InvalidPolicyException e) {
      throw new ServletException(
          "the CORS policy of the filter "
              + config.getFilterName()
              + " is not valid:\n"
              + e.getMessage(),
          e);
    }
  }

  /** The init parameters in the configuration's form. */
  private static Map<String, Object> form(FilterConfig config) {
    Map<String, Object> form = new LinkedHashMap<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      String value = config.getInitParameter(name).strip();
      List<String> words =
          Stream.of(value.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
      boolean isFlag = value.equals("true") || value.equals("false");
      form.put(name, LISTS.contains(name) ? words : isFlag ? Boolean.valueOf(value) : value);
    }
    return form;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      filter(http, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CorsDecision decision = earlierDecision(request);
    if (decision == null) {
      decision = policy().decide(new ServletCorsRequest(request));
      request.setAttribute(DECISION, decision);
      if (decision.isAnswered()) {
        CorsResponseWrapper.write(decision, response);
        response.setStatus(decision.status());
        return;
      }
    }
    if (!isEnforced(decision) || response instanceof CorsResponseWrapper) {
      chain.doFilter(request, response);
    } else {
      CorsResponseWrapper answer = new CorsResponseWrapper(response, decision);
      chain.doFilter(new Request(request, answer), answer);
    }
  }

  /** What was decided before and is to be kept to; null when it is to be decided here. */
  private static @Nullable CorsDecision earlierDecision(HttpServletRequest request) {
    return request.getAttribute(DECISION) instanceof CorsDecision decision
            && (isEnforced(decision) || request.getDispatcherType() != DispatcherType.REQUEST)
        ? decision
        : null;
  }

  /** Whether the decision's policy does not only report: only then has it headers of its own. */
  private static boolean isEnforced(CorsDecision decision) {
    return decision.owns(CorsHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
  }

  /** A request whose asynchronous answer is guarded too, where the application does not name it. */
  private static final class Request extends HttpServletRequestWrapper {
    private final HttpServletResponse answer;

    Request(HttpServletRequest request, HttpServletResponse answer) {
      super(request);
      this.answer = answer;
    }

    @Override
    public AsyncContext startAsync() {
      return super.startAsync(this, answer);
    }
  }

  /** The policy of this moment. */
  CorsPolicy policy() {
    return Objects.requireNonNull(policies, "the filter was not initialized").get();
  }
}
