package dev.sallyport.cors;

import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_HEADERS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_METHODS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_ORIGIN;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_EXPOSE_HEADERS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_MAX_AGE;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_REQUEST_METHOD;
import static dev.sallyport.cors.CorsHeaders.CROSS_ORIGIN_RESOURCE_POLICY;
import static dev.sallyport.cors.CorsHeaders.TIMING_ALLOW_ORIGIN;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginSet;
import dev.sallyport.origin.TupleOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may read a server's answers, and how they may ask: a policy that was checked when it
 * was built, never changes, and decides every request.
 *
 * <p>A request falls into one of four kinds, told apart by {@link #decide}:
 *
 * <ol>
 *   <li>without {@code Origin}: not one that CORS is about;
 *   <li>{@code OPTIONS} with {@code Origin} and {@code Access-Control-Request-Method}: a
 *       CORS-preflight request. Any other {@code OPTIONS} is the application's;
 *   <li>of the server's own origin, which browsers also send with {@code Origin} when the method is
 *       not GET or HEAD;
 *   <li>all others: actual requests.
 * </ol>
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * @see CorsPolicyBuilder
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public final class CorsPolicy {

  /** More lines of one header are not read. */
  static final int MOST_LINES = 64;

  /** What is made for an origin that is allowed, once for each exact pattern. */
  private record Grant(CorsDecision actual, List<String> preflightHeaders) {}

  private final List<OriginPattern> allowOrigins;
  private final AllowList methods;
  private final AllowList headers;
  private final List<String> exposeHeaders;
  private final boolean allowCredentials;
  private final @Nullable Duration maxAge;
  private final Enforcement enforcement;
  private final boolean reportOnly;
  private final @Nullable TupleOrigin publicOrigin;
  private final boolean timingAllowOrigin;
  private final @Nullable ResourcePolicy resourcePolicy;
  private final List<String> dangers;
  private final List<PolicyProblem> warnings;

  private final OriginSet<Grant> grants;
  private final List<String> headersForAll;
  private final CorsDecision notCors;
  private final CorsDecision sameOrigin;

  /** Starts a policy that allows nothing yet. */
  public static CorsPolicyBuilder builder() {
    return new CorsPolicyBuilder();
  }

  /**
   * Starts a policy from the form that the configuration gives it: its {@code cors} key, read from
   * YAML or JSON into text, numbers, truth values and lists. What cannot be read is among the
   * builder's {@linkplain CorsPolicyBuilder#problems problems}.
   *
   * @see #toForm
   */
  public static CorsPolicyBuilder builder(Map<String, ?> form) {
    CorsPolicyBuilder builder = new CorsPolicyBuilder();
    PolicyForm.read(form, builder);
    return builder;
  }

  /**
   * The policy in the form that the configuration gives it; {@code
   * builder(policy.toForm()).build()} is an equal policy.
   */
  public Map<String, Object> toForm() {
    return PolicyForm.write(this);
  }

  CorsPolicy(CorsPolicyBuilder checked, List<PolicyProblem> warnings) {
    this.allowOrigins = checked.originPatterns();
    this.allowCredentials = checked.allowCredentials;
    this.methods = AllowList.ofMethods(checked.allowMethods, allowCredentials);
    this.headers = AllowList.ofHeaders(checked.allowHeaders, allowCredentials);
    this.exposeHeaders = lowerCase(checked.exposeHeaders);
    this.maxAge = checked.maxAge;
    this.enforcement = checked.enforcement;
    this.reportOnly = checked.reportOnly;
    this.publicOrigin = checked.parsedPublicOrigin();
    this.timingAllowOrigin = checked.timingAllowOrigin;
    this.resourcePolicy = checked.resourcePolicy;
    this.dangers = checked.dangers();
    this.warnings = List.copyOf(warnings);

    this.grants = new OriginSet<>(allowOrigins, this::grant);
    this.headersForAll = headersForAll();
    this.notCors = decision(Outcome.NOT_CORS, Reason.NO_ORIGIN, headersForAll);
    this.sameOrigin = decision(Outcome.SAME_ORIGIN, Reason.SAME_ORIGIN, headersForAll);
  }

  private static List<String> lowerCase(Collection<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  private CorsDecision decision(Outcome outcome, Reason reason, List<String> headers) {
    return new CorsDecision(this, outcome, reason, false, headers, "", null);
  }

  /** Decides {@code request}; never throws, whatever it holds. */
  public CorsDecision decide(CorsRequest request) {
    String origin = request.header(CorsHeaders.ORIGIN, 0);
    if (origin == null) {
      return enforcement == Enforcement.CROSS_SITE && isUnsafeFromAnotherSite(request, null)
          ? refuseCrossSite()
          : notCors;
    }
    // Two Origin lines are no origin; but under "*" every request is answered alike, so that a
    // cache may keep the answer.
    boolean repeated = request.header(CorsHeaders.ORIGIN, 1) != null && !grants.containsAll();
    Optional<OriginSet.Match<Grant>> match = repeated ? Optional.empty() : grants.find(origin);
    if (isPreflight(request)) {
      return match.isPresent()
          ? decidePreflight(request, match.get())
          : denyPreflight(origin, repeated);
    }
    if (match.isPresent()) {
      return match.get().answer().actual();
    }
    if (!repeated && isSameOrigin(request, origin)) {
      return sameOrigin;
    }
    return deny(request, origin, repeated);
  }

  /**
   * Decides {@code request} without waiting; the request must be readable until the stage
   * completes, which it has done already where the policy's origins are all known.
   */
  public CompletionStage<CorsDecision> decideAsync(CorsRequest request) {
    return CompletableFuture.completedStage(decide(request));
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-preflight-request">CORS-preflight request</a>.
   */
  private static boolean isPreflight(CorsRequest request) {
    return request.method().equals("OPTIONS")
        && request.header(ACCESS_CONTROL_REQUEST_METHOD, 0) != null;
  }

  /**
   * Whether the page is of the server's own origin, as the browser says or as {@code Origin} shows
   * against the configured one. {@code Host} is not asked: behind a proxy it names another origin
   * than the browser's.
   */
  private boolean isSameOrigin(CorsRequest request, String origin) {
    return "same-origin".equals(only(request, "sec-fetch-site"))
        || publicOrigin != null && publicOrigin.serialize().equals(origin);
  }

  private CorsDecision decidePreflight(CorsRequest request, OriginSet.Match<Grant> match) {
    String method = only(request, ACCESS_CONTROL_REQUEST_METHOD);
    Optional<Set<String>> names = RequestedHeaders.parse(request);
    if (method == null || !HttpTokens.isToken(method)) {
      return preflight(Reason.METHOD_INVALID, "", match, null, Set.of());
    }
    if (!methods.allows(method)) {
      return preflight(Reason.METHOD_NOT_ALLOWED, method, match, null, Set.of());
    }
    if (names.isEmpty()) {
      return preflight(Reason.REQUEST_HEADERS_INVALID, "", match, method, Set.of());
    }
    for (String name : names.get()) {
      if (!headers.allows(name)) {
        return preflight(Reason.HEADER_NOT_ALLOWED, name, match, method, names.get());
      }
    }
    return preflight(Reason.ALLOWED, "", match, method, names.get());
  }

  private CorsDecision preflight(
      Reason reason,
      String subject,
      OriginSet.Match<Grant> match,
      @Nullable String method,
      Set<String> names) {
    List<String> written = new ArrayList<>(match.answer().preflightHeaders());
    addIfAny(
        written,
        ACCESS_CONTROL_ALLOW_METHODS,
        methods.answer(method == null ? Set.of() : Set.of(method)));
    addIfAny(written, ACCESS_CONTROL_ALLOW_HEADERS, headers.answer(names));
    if (maxAge != null && reason == Reason.ALLOWED) {
      addIfAny(written, ACCESS_CONTROL_MAX_AGE, Long.toString(maxAge.toSeconds()));
    }
    Outcome outcome =
        reason == Reason.ALLOWED
            ? Outcome.PREFLIGHT_ALLOWED
            : Outcome.PREFLIGHT_FAILS_AFTER_CORS_CHECK;
    return new CorsDecision(
        this, outcome, reason, false, List.copyOf(written), subject, match.pattern());
  }

  private static void addIfAny(List<String> headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.add(name);
      headers.add(value);
    }
  }

  private CorsDecision denyPreflight(String origin, boolean repeated) {
    return new CorsDecision(
        this,
        Outcome.PREFLIGHT_FAILS_CORS_CHECK,
        whyDenied(origin, repeated),
        false,
        List.of(),
        origin,
        null);
  }

  private CorsDecision deny(CorsRequest request, String origin, boolean repeated) {
    boolean refused =
        switch (enforcement) {
          case BROWSER -> false;
          case ORIGIN -> true;
          case CROSS_SITE -> isUnsafeFromAnotherSite(request, origin);
        };
    return new CorsDecision(
        this,
        Outcome.ACTUAL_DENIED,
        whyDenied(origin, repeated),
        refused || isWebSocketHandshake(request),
        headersForAll,
        origin,
        null);
  }

  private CorsDecision refuseCrossSite() {
    return new CorsDecision(
        this, Outcome.ACTUAL_DENIED, Reason.CROSS_SITE, true, headersForAll, "", null);
  }

  private static Reason whyDenied(String origin, boolean repeated) {
    if (repeated) {
      return Reason.ORIGIN_REPEATED;
    }
    return Origin.tryParse(origin)
        .map(
            parsed ->
                parsed instanceof TupleOrigin ? Reason.ORIGIN_NOT_ALLOWED : Reason.ORIGIN_NULL)
        .orElse(Reason.ORIGIN_INVALID);
  }

  /**
   * Whether a page of another site made the request and it may change something. The browser's own
   * word counts first; a browser that does not give it, or a plain-text connection on which it does
   * not, still sends {@code Origin}.
   */
  private boolean isUnsafeFromAnotherSite(CorsRequest request, @Nullable String origin) {
    if (FetchNames.isSafeMethod(request.method())) {
      return false;
    }
    String site = only(request, "sec-fetch-site");
    if (site != null) {
      return site.equals("cross-site");
    }
    return origin != null && !isSameSiteAsPublicOrigin(origin);
  }

  private boolean isSameSiteAsPublicOrigin(String origin) {
    TupleOrigin mine = publicOrigin;
    return mine != null && Origin.tryParse(origin).filter(mine::isSameSite).isPresent();
  }

  /**
   * A browser checks no answer to a WebSocket handshake, so that the server has to.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, section 10.2</a>
   */
  private static boolean isWebSocketHandshake(CorsRequest request) {
    for (int line = 0; line < MOST_LINES; line++) {
      String value = request.header("upgrade", line);
      if (value == null) {
        return false;
      }
      if (Vary.covers(List.of(value).iterator(), "websocket")) {
        return true;
      }
    }
    return false;
  }

  /** The value of a header that has one line; null when it has none or several. */
  private static @Nullable String only(CorsRequest request, String name) {
    return request.header(name, 1) == null ? request.header(name, 0) : null;
  }

  private Grant grant(OriginPattern pattern, String origin) {
    List<String> common = new ArrayList<>();
    common.add(ACCESS_CONTROL_ALLOW_ORIGIN);
    common.add(origin);
    if (allowCredentials) {
      common.add(ACCESS_CONTROL_ALLOW_CREDENTIALS);
      common.add("true");
    }
    List<String> preflight = List.copyOf(common);
    addIfAny(common, ACCESS_CONTROL_EXPOSE_HEADERS, String.join(",", exposeHeaders));
    if (timingAllowOrigin) {
      common.add(TIMING_ALLOW_ORIGIN);
      common.add(origin);
    }
    addResourcePolicy(common);
    CorsDecision actual =
        new CorsDecision(
            this,
            Outcome.ACTUAL_ALLOWED,
            Reason.ALLOWED,
            false,
            List.copyOf(common),
            origin,
            pattern);
    return new Grant(actual, preflight);
  }

  private void addResourcePolicy(List<String> headers) {
    if (resourcePolicy != null) {
      headers.add(CROSS_ORIGIN_RESOURCE_POLICY);
      headers.add(resourcePolicy.keyword());
    }
  }

  /**
   * What every answer carries; under {@code *} without credentials, all that an allowed origin's
   * does.
   */
  private List<String> headersForAll() {
    if (grants.containsAll()) {
      return grants.find("*").map(match -> match.answer().actual().headers()).orElseThrow();
    }
    List<String> always = new ArrayList<>();
    addResourcePolicy(always);
    return List.copyOf(always);
  }

  /**
   * The pattern that a denied origin comes nearest to, for the log; empty when nothing comes near.
   */
  Optional<OriginPattern> nearestTo(String origin) {
    return NearestPattern.find(
            origin, candidate -> grants.find(candidate).map(OriginSet.Match::pattern))
        .or(() -> allowOrigins.size() == 1 ? Optional.of(allowOrigins.get(0)) : Optional.empty());
  }

  /**
   * Whether the answer to one origin differs from that to another, so that it carries {@code Vary:
   * Origin}.
   */
  public boolean variesByOrigin() {
    return !grants.containsAll();
  }

  /** The origins that are allowed, in the order they were given, each once. */
  public List<OriginPattern> allowOrigins() {
    return allowOrigins;
  }

  /** The methods that are allowed beside GET, HEAD and POST, or {@code *}. */
  public List<String> allowMethods() {
    return methods.names();
  }

  /** The request headers that are allowed, in lower case, or {@code *}. */
  public List<String> allowHeaders() {
    return headers.names();
  }

  /** The response headers that a script may read, in lower case, or {@code *}. */
  public List<String> exposeHeaders() {
    return exposeHeaders;
  }

  /** Whether a page may read answers to requests that carry cookies. */
  public boolean allowCredentials() {
    return allowCredentials;
  }

  /** How long browsers may keep a preflight's answer; empty: their own default, five seconds. */
  public Optional<Duration> maxAge() {
    return Optional.ofNullable(maxAge);
  }

  /** What happens on the server to denied requests. */
  public Enforcement enforcement() {
    return enforcement;
  }

  /**
   * Whether decisions are made and recorded only: no answer carries headers, and nothing is
   * answered here.
   */
  public boolean isReportOnly() {
    return reportOnly;
  }

  /** The origin under which browsers know the server; empty when it was not configured. */
  public Optional<TupleOrigin> publicOrigin() {
    return Optional.ofNullable(publicOrigin);
  }

  /** Whether allowed pages may see how long loading took. */
  public boolean timingAllowOrigin() {
    return timingAllowOrigin;
  }

  /** From where answers may be embedded; empty when the header is not written. */
  public Optional<ResourcePolicy> crossOriginResourcePolicy() {
    return Optional.ofNullable(resourcePolicy);
  }

  /** The names of the {@code dangerously…} switches that are set. */
  public List<String> dangers() {
    return dangers;
  }

  /** What was found when the policy was built and did not keep it from being built. */
  public List<PolicyProblem> warnings() {
    return warnings;
  }
}
