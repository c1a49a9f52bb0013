package dev.sallyport.cors;

import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_HEADERS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_METHODS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_ORIGIN;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_EXPOSE_HEADERS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_MAX_AGE;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_REQUEST_METHOD;
import static dev.sallyport.cors.CorsHeaders.CROSS_ORIGIN_RESOURCE_POLICY;
import static dev.sallyport.cors.CorsHeaders.SEC_FETCH_SITE;
import static dev.sallyport.cors.CorsHeaders.TIMING_ALLOW_ORIGIN;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginSet;
import dev.sallyport.origin.TupleOrigin;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private static final int MOST_LINES = 64;

  private final List<String> allowOrigins;
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
  private final @Nullable DynamicOrigins dynamicOrigins;

  private final OriginSet<CorsDecision> grants;
  private final boolean variesByOrigin;

  private final Ruling actualAllowed;
  private final Map<Reason, Ruling> preflights = new EnumMap<>(Reason.class);
  private final CorsDecision notCors;
  private final CorsDecision sameOrigin;
  private final Map<Reason, CorsDecision> deniedPreflights = new EnumMap<>(Reason.class);
  private final Map<Reason, CorsDecision> denied = new EnumMap<>(Reason.class);
  private final Map<Reason, CorsDecision> refused = new EnumMap<>(Reason.class);

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
    this.allowOrigins = checked.allowOrigins.stream().distinct().toList();
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
    this.dynamicOrigins = checked.dynamicOrigins;

    List<String> allowed = actualHeaders();
    this.actualAllowed =
        new Ruling(this, Outcome.ACTUAL_ALLOWED, Reason.ALLOWED, false, true, allowed);
    this.variesByOrigin = !allowsAll(allowOrigins);
    List<String> forAll = variesByOrigin ? resourcePolicyHeader() : withOrigin("*", allowed);
    this.notCors = granting(Outcome.NOT_CORS, Reason.NO_ORIGIN, false, forAll);
    this.sameOrigin = granting(Outcome.SAME_ORIGIN, Reason.SAME_ORIGIN, false, forAll);
    for (Reason reason : Reason.values()) {
      boolean passed = reason == Reason.ALLOWED;
      Outcome outcome =
          passed ? Outcome.PREFLIGHT_ALLOWED : Outcome.PREFLIGHT_FAILS_AFTER_CORS_CHECK;
      preflights.put(
          reason, new Ruling(this, outcome, reason, false, true, preflightHeaders(passed)));
      deniedPreflights.put(
          reason, granting(Outcome.PREFLIGHT_FAILS_CORS_CHECK, reason, false, List.of()));
      denied.put(reason, granting(Outcome.ACTUAL_DENIED, reason, false, forAll));
      refused.put(reason, granting(Outcome.ACTUAL_DENIED, reason, true, forAll));
    }
    this.grants =
        OriginSet.compile(
            allowOrigins,
            new OriginSet.Misses<>(
                of(denied, Reason.ORIGIN_NOT_ALLOWED),
                of(denied, Reason.ORIGIN_EXCLUDED),
                of(denied, Reason.ORIGIN_NULL),
                of(denied, Reason.ORIGIN_INVALID)),
            new OriginSet.Answers<>() {
              @Override
              public CorsDecision of(OriginPattern pattern, String origin) {
                return new CorsDecision(actualAllowed, origin, pattern, List.of());
              }

              @Override
              public CorsDecision ofOrigin(String origin) {
                return grant(origin);
              }
            });
  }

  private static boolean allowsAll(List<String> patterns) {
    return patterns.contains("*") && patterns.stream().noneMatch(each -> each.startsWith("!"));
  }

  private static List<String> lowerCase(Collection<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  /** A decision that grants no origin anything beyond what {@code headers} grant all. */
  private CorsDecision granting(
      Outcome outcome, Reason reason, boolean refused, List<String> headers) {
    return new CorsDecision(new Ruling(this, outcome, reason, refused, false, headers));
  }

  /** The decision on an origin that is allowed by itself. */
  private CorsDecision grant(String origin) {
    return new CorsDecision(actualAllowed, origin, null, List.of());
  }

  private List<String> actualHeaders() {
    List<String> written = new ArrayList<>();
    addIfAny(written, ACCESS_CONTROL_ALLOW_CREDENTIALS, allowCredentials ? "true" : "");
    addIfAny(written, ACCESS_CONTROL_EXPOSE_HEADERS, String.join(",", exposeHeaders));
    written.addAll(resourcePolicyHeader());
    return List.copyOf(written);
  }

  private List<String> resourcePolicyHeader() {
    return resourcePolicy == null
        ? List.of()
        : List.of(CROSS_ORIGIN_RESOURCE_POLICY, resourcePolicy.keyword());
  }

  private List<String> withOrigin(String origin, List<String> others) {
    List<String> written = new ArrayList<>(others);
    addIfAny(written, ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    addIfAny(written, TIMING_ALLOW_ORIGIN, timingAllowOrigin ? origin : "");
    return List.copyOf(written);
  }

  private List<String> preflightHeaders(boolean passed) {
    List<String> written = new ArrayList<>();
    addIfAny(written, ACCESS_CONTROL_ALLOW_CREDENTIALS, allowCredentials ? "true" : "");
    addIfAny(written, ACCESS_CONTROL_ALLOW_METHODS, methods.answer());
    addIfAny(written, ACCESS_CONTROL_ALLOW_HEADERS, headers.answer());
    if (maxAge != null && passed) {
      addIfAny(written, ACCESS_CONTROL_MAX_AGE, Long.toString(maxAge.toSeconds()));
    }
    return List.copyOf(written);
  }

  private static void addIfAny(List<String> headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.add(name);
      headers.add(value);
    }
  }

  /**
   * Decides {@code request}; never throws, whatever it holds.
   *
   * <p>Where the policy has {@linkplain CorsPolicyBuilder#allowOriginsFrom a source of origins} and
   * the source has to be asked, this waits for it, as long as its time-out at most.
   */
  public CorsDecision decide(CorsRequest request) {
    return dynamicOrigins == null
        ? decideNow(request)
        : decideAsync(request).toCompletableFuture().join();
  }

  /**
   * Decides {@code request} without waiting; the request must be readable until the stage
   * completes, which it has done already where no source of origins has to be asked.
   */
  public CompletionStage<CorsDecision> decideAsync(CorsRequest request) {
    DynamicOrigins source = dynamicOrigins;
    String origin = source == null ? null : request.header(CorsHeaders.ORIGIN, 0);
    if (source == null
        || origin == null
        || request.header(CorsHeaders.ORIGIN, 1) != null
        || grants.find(origin).reason() != Reason.ORIGIN_NOT_ALLOWED
        || isSameOrigin(request, origin)) {
      return CompletableFuture.completedStage(decideNow(request));
    }
    return source.ask(origin).thenApply(answer -> decide(request, origin, answer));
  }

  /** Decides by what the source of origins said of the one origin of {@code request}. */
  private CorsDecision decide(CorsRequest request, String origin, DynamicOrigins.Answer answer) {
    if (answer != DynamicOrigins.Answer.ALLOWED) {
      return deny(
          request,
          origin,
          answer == DynamicOrigins.Answer.DENIED
              ? Reason.ORIGIN_NOT_ALLOWED
              : Reason.ORIGIN_NOT_CONFIRMED);
    }
    boolean insecure =
        allowCredentials
            && !OriginPattern.isSecureOrigin(origin)
            && OriginPattern.parse(origin).isInsecure()
            && !dangers.contains(CorsPolicyBuilder.INSECURE_ORIGINS);
    return insecure
        ? deny(request, origin, Reason.ORIGIN_INSECURE)
        : allow(request, origin, grant(origin));
  }

  private CorsDecision decideNow(CorsRequest request) {
    String origin = request.header(CorsHeaders.ORIGIN, 0);
    if (origin == null) {
      return enforcement == Enforcement.CROSS_SITE && isUnsafeFromAnotherSite(request, null)
          ? refuse(Reason.CROSS_SITE)
          : notCors;
    }
    // Two Origin lines are no origin; but under "*" every request is answered alike, so that a
    // cache may keep the answer.
    if (variesByOrigin && request.header(CorsHeaders.ORIGIN, 1) != null) {
      return deny(request, origin, Reason.ORIGIN_REPEATED);
    }
    CorsDecision found = grants.find(origin);
    return found.outcome() == Outcome.ACTUAL_ALLOWED
        ? allow(request, origin, found)
        : deny(request, origin, found.reason());
  }

  private CorsDecision allow(CorsRequest request, String origin, CorsDecision granted) {
    if (isPreflight(request)) {
      return decidePreflight(request, granted);
    }
    return !variesByOrigin && isHijack(request, origin)
        ? refuse(Reason.WEBSOCKET_WITH_CREDENTIALS)
        : granted;
  }

  private CorsDecision deny(CorsRequest request, String origin, Reason reason) {
    if (isPreflight(request)) {
      return of(deniedPreflights, reason);
    }
    if (reason != Reason.ORIGIN_REPEATED && isSameOrigin(request, origin)) {
      return sameOrigin;
    }
    boolean refuses =
        switch (enforcement) {
          case BROWSER -> false;
          case ORIGIN -> true;
          case CROSS_SITE -> isUnsafeFromAnotherSite(request, origin);
        };
    return refuses || isWebSocketHandshake(request) ? refuse(reason) : of(denied, reason);
  }

  private CorsDecision refuse(Reason reason) {
    return of(refused, reason);
  }

  /** Every reason has one, made with the policy. */
  private static <T> T of(Map<Reason, T> made, Reason reason) {
    return Objects.requireNonNull(made.get(reason));
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
    return "same-origin".equals(only(request, SEC_FETCH_SITE))
        || publicOrigin != null && publicOrigin.serialize().equals(origin);
  }

  private CorsDecision decidePreflight(CorsRequest request, CorsDecision granted) {
    String method = only(request, ACCESS_CONTROL_REQUEST_METHOD);
    Reason reason = Reason.METHOD_INVALID;
    if (method != null && HttpTokens.isToken(method)) {
      reason =
          methods.allowsMethod(method)
              ? RequestedHeaders.read(request, headers)
              : Reason.METHOD_NOT_ALLOWED;
    }
    return granted.preflight(of(preflights, reason), echoed(request, method, reason));
  }

  /** What is answered of the names asked for, where the wildcard means nothing to a browser. */
  private List<String> echoed(CorsRequest request, @Nullable String method, Reason reason) {
    if (!methods.echoes() && !headers.echoes() || reason == Reason.METHOD_INVALID) {
      return List.of();
    }
    List<String> written = new ArrayList<>();
    if (methods.echoes() && reason != Reason.METHOD_NOT_ALLOWED) {
      addIfAny(written, ACCESS_CONTROL_ALLOW_METHODS, method == null ? "" : method);
    }
    if (headers.echoes() && (reason == Reason.ALLOWED || reason == Reason.HEADER_NOT_ALLOWED)) {
      addIfAny(written, ACCESS_CONTROL_ALLOW_HEADERS, allowedNames(request));
    }
    return written;
  }

  private String allowedNames(CorsRequest request) {
    Set<String> names = new LinkedHashSet<>();
    Reason read =
        RequestedHeaders.read(
            request,
            (text, start, end) -> {
              if (headers.accepts(text, start, end)) {
                names.add(text.substring(start, end).toLowerCase(Locale.ROOT));
              }
              return true;
            });
    return read == Reason.ALLOWED ? String.join(",", names) : "";
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
    String site = only(request, SEC_FETCH_SITE);
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
   * Whether a page that nobody named opens a WebSocket with its user's cookies: browsers send them
   * with every handshake, and check no answer.
   */
  private boolean isHijack(CorsRequest request, String origin) {
    return isWebSocketHandshake(request)
        && (request.header("cookie", 0) != null || request.header("authorization", 0) != null)
        && !isSameOrigin(request, origin);
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
    String value = request.header(name, 0);
    return value == null || request.header(name, 1) == null ? value : null;
  }

  /** What the reason of a decision is about, for the log: an origin, a method, a header's name. */
  String subject(CorsDecision decision, CorsRequest request) {
    String subject =
        switch (decision.reason()) {
          case NO_ORIGIN, SAME_ORIGIN, CROSS_SITE, REQUEST_HEADERS_INVALID -> null;
          case METHOD_NOT_ALLOWED -> only(request, ACCESS_CONTROL_REQUEST_METHOD);
          case METHOD_INVALID -> request.header(ACCESS_CONTROL_REQUEST_METHOD, 0);
          case HEADER_NOT_ALLOWED -> firstRefused(request);
          default -> request.header(CorsHeaders.ORIGIN, 0);
        };
    return subject == null ? "" : subject;
  }

  private String firstRefused(CorsRequest request) {
    List<String> refusedNames = new ArrayList<>();
    RequestedHeaders.read(
        request,
        (text, start, end) ->
            headers.accepts(text, start, end)
                || !refusedNames.add(text.substring(start, end).toLowerCase(Locale.ROOT)));
    return refusedNames.isEmpty() ? "" : refusedNames.get(0);
  }

  /** The pattern that a denied origin was excluded by, or comes nearest to, for the log. */
  Optional<OriginPattern> nearest(Reason reason, CorsRequest request) {
    String origin = request.header(CorsHeaders.ORIGIN, 0);
    if (origin == null) {
      return Optional.empty();
    }
    return switch (reason) {
      case ORIGIN_EXCLUDED -> grants.exclusion(origin);
      case ORIGIN_NOT_ALLOWED, ORIGIN_INVALID ->
          NearestPattern.find(origin, candidate -> grants.find(candidate).rule())
              .or(
                  () ->
                      allowOrigins.size() == 1
                          ? Optional.of(OriginPattern.parse(allowOrigins.get(0)))
                          : Optional.empty());
      default -> Optional.empty();
    };
  }

  /**
   * Whether this policy allows all that {@code other} allows: every request that {@code other} lets
   * a page read, or lets pass, this one does too.
   *
   * <p>It never says so wrongly. It may say no although it is so where an exclusion and a pattern
   * each stand for a part of the same label, or where all ports of a host are listed one by one.
   */
  public boolean covers(CorsPolicy other) {
    return diff(other).isEmpty();
  }

  /** What {@code other} additionally allows; empty when this policy covers it. */
  public List<PolicyDifference> diff(CorsPolicy other) {
    return new PolicyComparison(this, other).differences();
  }

  /** A policy is equal to one that says the same in the configuration's form. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CorsPolicy policy
        && toForm().equals(policy.toForm())
        && Objects.equals(dynamicOrigins, policy.dynamicOrigins);
  }

  @Override
  public int hashCode() {
    return toForm().hashCode();
  }

  /** The policy in the configuration's form. */
  @Override
  public String toString() {
    return toForm().toString();
  }

  /**
   * Whether the answer to one origin differs from that to another, so that it carries {@code Vary:
   * Origin}.
   */
  public boolean variesByOrigin() {
    return variesByOrigin;
  }

  /** The origins that are allowed and those that are excluded, in the order given, each once. */
  public List<OriginPattern> allowOrigins() {
    // A million patterns are kept as texts, and parsed when somebody looks at one.
    return new AbstractList<>() {
      @Override
      public OriginPattern get(int index) {
        return OriginPattern.parse(allowOrigins.get(index));
      }

      @Override
      public int size() {
        return allowOrigins.size();
      }
    };
  }

  /** What is asked for origins that no pattern matches; empty when nothing is. */
  public Optional<DynamicOrigins> dynamicOrigins() {
    return Optional.ofNullable(dynamicOrigins);
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
