package dev.sallyport.cors;

import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_HEADERS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_METHODS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_REQUEST_METHOD;
import static dev.sallyport.cors.CorsHeaders.SEC_FETCH_SITE;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginSet;
import dev.sallyport.origin.TupleOrigin;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
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

  private final Rulings rulings;

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

    this.variesByOrigin = !allowsAll(allowOrigins);
    this.rulings = new Rulings(this, methods.answer(), headers.answer());
    this.grants = OriginSet.compile(allowOrigins, rulings.misses(), rulings);
  }

  private static boolean allowsAll(List<String> patterns) {
    return patterns.contains("*") && patterns.stream().noneMatch(each -> each.startsWith("!"));
  }

  private static List<String> lowerCase(Collection<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
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
        : allow(request, origin, rulings.ofOrigin(origin));
  }

  private CorsDecision decideNow(CorsRequest request) {
    String origin = request.header(CorsHeaders.ORIGIN, 0);
    if (origin == null) {
      return enforcement == Enforcement.CROSS_SITE && isUnsafeFromAnotherSite(request, null)
          ? rulings.refused(Reason.CROSS_SITE)
          : rulings.notCors();
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
    if (Requests.isPreflight(request)) {
      return decidePreflight(request, granted);
    }
    return !variesByOrigin && isHijack(request, origin)
        ? rulings.refused(Reason.WEBSOCKET_WITH_CREDENTIALS)
        : granted;
  }

  private CorsDecision deny(CorsRequest request, String origin, Reason reason) {
    if (Requests.isPreflight(request)) {
      return rulings.deniedPreflight(reason);
    }
    if (reason != Reason.ORIGIN_REPEATED && isSameOrigin(request, origin)) {
      return rulings.sameOrigin();
    }
    boolean refuses =
        switch (enforcement) {
          case BROWSER -> false;
          case ORIGIN -> true;
          case CROSS_SITE -> isUnsafeFromAnotherSite(request, origin);
        };
    return refuses || Requests.isWebSocketHandshake(request)
        ? rulings.refused(reason)
        : rulings.denied(reason);
  }

  /**
   * Whether the page is of the server's own origin, as the browser says or as {@code Origin} shows
   * against the configured one. {@code Host} is not asked: behind a proxy it names another origin
   * than the browser's.
   */
  private boolean isSameOrigin(CorsRequest request, String origin) {
    return "same-origin".equals(Requests.only(request, SEC_FETCH_SITE))
        || publicOrigin != null && publicOrigin.serialize().equals(origin);
  }

  private CorsDecision decidePreflight(CorsRequest request, CorsDecision granted) {
    String method = Requests.only(request, ACCESS_CONTROL_REQUEST_METHOD);
    Reason reason = Reason.METHOD_INVALID;
    if (method != null && HttpTokens.isToken(method)) {
      reason =
          methods.allowsMethod(method)
              ? RequestedHeaders.read(request, headers)
              : Reason.METHOD_NOT_ALLOWED;
    }
    return granted.preflight(rulings.preflight(reason), echoed(request, method, reason));
  }

  /** What is answered of the names asked for, where the wildcard means nothing to a browser. */
  private List<String> echoed(CorsRequest request, @Nullable String method, Reason reason) {
    if (!methods.echoes() && !headers.echoes() || reason == Reason.METHOD_INVALID) {
      return List.of();
    }
    HeaderPairs written = new HeaderPairs();
    if (methods.echoes() && reason != Reason.METHOD_NOT_ALLOWED) {
      written.add(ACCESS_CONTROL_ALLOW_METHODS, method == null ? "" : method);
    }
    if (headers.echoes() && (reason == Reason.ALLOWED || reason == Reason.HEADER_NOT_ALLOWED)) {
      written.add(ACCESS_CONTROL_ALLOW_HEADERS, allowedNames(request));
    }
    return written.list();
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
    String site = Requests.only(request, SEC_FETCH_SITE);
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
    return Requests.isWebSocketHandshake(request)
        && Requests.hasCredentials(request)
        && !isSameOrigin(request, origin);
  }

  /** What the reason of a decision is about, for the log: an origin, a method, a header's name. */
  String subject(CorsDecision decision, CorsRequest request) {
    String subject =
        switch (decision.reason()) {
          case NO_ORIGIN, SAME_ORIGIN, CROSS_SITE, REQUEST_HEADERS_INVALID -> null;
          case METHOD_NOT_ALLOWED -> Requests.only(request, ACCESS_CONTROL_REQUEST_METHOD);
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
