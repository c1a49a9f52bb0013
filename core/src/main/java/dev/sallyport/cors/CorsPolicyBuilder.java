package dev.sallyport.cors;

import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.TupleOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a policy allows and checks it when the policy is built.
 *
 * <p>Nothing is checked before {@link #build}, so that every problem is told at once. Calling a
 * method that takes several values again adds to them.
 */
public final class CorsPolicyBuilder {
  static final String INSECURE_ORIGINS = "dangerouslyAllowInsecureOrigins";
  static final String PUBLIC_SUFFIX_SUBDOMAINS = "dangerouslyAllowPublicSuffixSubdomains";
  static final String NULL_ORIGIN = "dangerouslyAllowNullOrigin";

  final List<String> allowOrigins = new ArrayList<>();
  final List<String> allowMethods = new ArrayList<>();
  final List<String> allowHeaders = new ArrayList<>();
  final List<String> exposeHeaders = new ArrayList<>();
  boolean allowCredentials;
  @Nullable Duration maxAge;
  Enforcement enforcement = Enforcement.BROWSER;
  boolean reportOnly;
  @Nullable String publicOrigin;
  boolean timingAllowOrigin;
  @Nullable ResourcePolicy resourcePolicy;
  @Nullable DynamicOrigins dynamicOrigins;
  boolean dangerouslyAllowInsecureOrigins;
  boolean dangerouslyAllowPublicSuffixSubdomains;
  boolean dangerouslyAllowNullOrigin;

  /** What could not be read where the policy came in the configuration's form. */
  final List<PolicyProblem> formProblems = new ArrayList<>();

  CorsPolicyBuilder() {}

  /**
   * Adds origins whose pages may read answers.
   *
   * <table>
   * <caption>Values</caption>
   * <tr><th>accepted</th><th>rejected</th></tr>
   * <tr><td>{@code https://foo.com}, {@code https://*.foo.com}, {@code http://localhost:*},
   *     {@code capacitor://localhost}, {@code *}</td>
   *     <td>{@code https://foo.com/}, {@code foo.com}, {@code https://Foo.com}, {@code https://foo.com:443},
   *     {@code https://*foo.com}, {@code https://bücher.de}, {@code http*://foo.com}</td></tr>
   * <tr><td>{@code https://*.github.io} without credentials, with a warning</td>
   *     <td>{@code https://*.github.io} with credentials, unless
   *     {@link #dangerouslyAllowPublicSuffixSubdomains}</td></tr>
   * <tr><td>{@code http://foo.com} without credentials; {@code http://localhost:3000}</td>
   *     <td>{@code http://foo.com} with credentials, unless {@link #dangerouslyAllowInsecureOrigins}</td></tr>
   * <tr><td>{@code https://pr-*.preview.foo.com}</td><td>{@code https://pr*.preview.foo.com}</td></tr>
   * <tr><td>{@code !https://evil.preview.foo.com} beside {@code https://*.preview.foo.com}</td>
   *     <td>{@code !https://evil.com} beside {@code *}</td></tr>
   * <tr><td></td><td>{@code null}, unless {@link #dangerouslyAllowNullOrigin}; {@code *} with credentials,
   *     always</td></tr>
   * </table>
   *
   * @see OriginPattern
   */
  public CorsPolicyBuilder allowOrigins(String... patterns) {
    return allowOrigins(Arrays.asList(patterns));
  }

  /** Adds origins, as {@link #allowOrigins(String...)} does. */
  public CorsPolicyBuilder allowOrigins(Collection<String> patterns) {
    allowOrigins.addAll(patterns);
    return this;
  }

  /**
   * Asks {@code source} for origins that no pattern matches, where the origins are not known when
   * the policy is built: a service whose customers register their own domains. What is excluded is
   * not asked for, and neither is {@code null}.
   */
  public CorsPolicyBuilder allowOriginsFrom(DynamicOrigins source) {
    this.dynamicOrigins = source;
    return this;
  }

  /**
   * Adds methods that pages may use beside GET, HEAD and POST, which are always allowed.
   *
   * <table>
   * <caption>Values</caption>
   * <tr><th>accepted</th><th>rejected</th></tr>
   * <tr><td>{@code PUT}, {@code PATCH}, {@code PURGE}, {@code *}</td>
   *     <td>{@code put} (browsers send {@code PUT}), {@code CONNECT}, {@code TRACE}, {@code TRACK} (browsers never send
   *     them), {@code PUT, DELETE} as one value</td></tr>
   * </table>
   *
   * @see <a href="https://fetch.spec.whatwg.org/#http-access-control-allow-methods">Fetch,
   *     Access-Control-Allow-Methods</a>
   */
  public CorsPolicyBuilder allowMethods(String... methods) {
    return allowMethods(Arrays.asList(methods));
  }

  /** Adds methods, as {@link #allowMethods(String...)} does. */
  public CorsPolicyBuilder allowMethods(Collection<String> methods) {
    allowMethods.addAll(methods);
    return this;
  }

  /**
   * Adds request headers that pages may set.
   *
   * <table>
   * <caption>Values, in any case</caption>
   * <tr><th>accepted</th><th>rejected</th></tr>
   * <tr><td>{@code content-type}, {@code x-token}, {@code authorization}, {@code *} (all but
   *     {@code authorization}, which has to be listed beside it)</td>
   *     <td>{@code cookie}, {@code host}, {@code sec-fetch-site} (no page can set them),
   *     {@code access-control-allow-origin} (a response header)</td></tr>
   * </table>
   *
   * @see <a href="https://fetch.spec.whatwg.org/#http-access-control-allow-headers">Fetch,
   *     Access-Control-Allow-Headers</a>
   */
  public CorsPolicyBuilder allowHeaders(String... names) {
    return allowHeaders(Arrays.asList(names));
  }

  /** Adds request headers, as {@link #allowHeaders(String...)} does. */
  public CorsPolicyBuilder allowHeaders(Collection<String> names) {
    allowHeaders.addAll(names);
    return this;
  }

  /**
   * Adds response headers that scripts may read beside the safelisted ones.
   *
   * <table>
   * <caption>Values, in any case</caption>
   * <tr><th>accepted</th><th>rejected</th></tr>
   * <tr><td>{@code etag}, {@code x-request-id}, {@code *} without credentials</td>
   *     <td>{@code set-cookie} (no script may read it), {@code origin} (a request header), {@code *} with
   *     credentials</td></tr>
   * </table>
   *
   * @see <a href="https://fetch.spec.whatwg.org/#http-access-control-expose-headers">Fetch,
   *     Access-Control-Expose-Headers</a>
   */
  public CorsPolicyBuilder exposeHeaders(String... names) {
    return exposeHeaders(Arrays.asList(names));
  }

  /** Adds response headers, as {@link #exposeHeaders(String...)} does. */
  public CorsPolicyBuilder exposeHeaders(Collection<String> names) {
    exposeHeaders.addAll(names);
    return this;
  }

  /**
   * Whether pages may read answers to requests that carry cookies or client certificates; not by
   * default.
   */
  public CorsPolicyBuilder allowCredentials(boolean allow) {
    this.allowCredentials = allow;
    return this;
  }

  /**
   * For how long browsers may keep the answer to a preflight; whole seconds from 0 to 86,400.
   *
   * <p>Not set, they keep it for 5 seconds. WebKit keeps none longer than 600 seconds, Chromium
   * 7,200, Firefox 86,400.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#http-access-control-max-age">Fetch,
   *     Access-Control-Max-Age</a>
   */
  public CorsPolicyBuilder maxAge(Duration maxAge) {
    this.maxAge = maxAge;
    return this;
  }

  /**
   * What happens on the server to a request that is denied; {@link Enforcement#BROWSER} by default.
   */
  public CorsPolicyBuilder enforce(Enforcement enforcement) {
    this.enforcement = enforcement;
    return this;
  }

  /** Whether to decide and record only, changing no answer; not by default. */
  public CorsPolicyBuilder reportOnly(boolean reportOnly) {
    this.reportOnly = reportOnly;
    return this;
  }

  /**
   * The origin under which browsers know this server, so that its own pages are told from others
   * where the browser does not say {@code Sec-Fetch-Site}: over plain HTTP, and in old browsers.
   *
   * @param origin as in an {@code Origin} header: {@code https://www.foo.com}
   */
  public CorsPolicyBuilder publicOrigin(String origin) {
    this.publicOrigin = origin;
    return this;
  }

  /** Whether allowed pages may also see how long loading took; not by default. */
  public CorsPolicyBuilder timingAllowOrigin(boolean allow) {
    this.timingAllowOrigin = allow;
    return this;
  }

  /** From where answers may be embedded; without it the header is not written. */
  public CorsPolicyBuilder crossOriginResourcePolicy(ResourcePolicy policy) {
    this.resourcePolicy = policy;
    return this;
  }

  /**
   * Allows credentials for origins like {@code http://foo.com}: whoever sits on the way can write
   * into such a page and read with its users' cookies.
   */
  public CorsPolicyBuilder dangerouslyAllowInsecureOrigins(boolean allow) {
    this.dangerouslyAllowInsecureOrigins = allow;
    return this;
  }

  /**
   * Allows credentials for patterns like {@code https://*.github.io}, under which anybody can
   * register a name.
   */
  public CorsPolicyBuilder dangerouslyAllowPublicSuffixSubdomains(boolean allow) {
    this.dangerouslyAllowPublicSuffixSubdomains = allow;
    return this;
  }

  /** Allows {@code null}: every site can make a frame whose origin is that. */
  public CorsPolicyBuilder dangerouslyAllowNullOrigin(boolean allow) {
    this.dangerouslyAllowNullOrigin = allow;
    return this;
  }

  /**
   * Everything that is wrong with the policy or that its author would want to know, in the order of
   * the fields.
   */
  public List<PolicyProblem> problems() {
    return new PolicyCheck(this).problems();
  }

  /**
   * Builds the policy.
   *
   * @throws InvalidPolicyException when there is any {@linkplain PolicyProblem#isError error}; it
   *     carries all problems
   */
  public CorsPolicy build() {
    List<PolicyProblem> problems = problems();
    if (problems.stream().anyMatch(PolicyProblem::isError)) {
      throw new InvalidPolicyException(problems);
    }
    return new CorsPolicy(this, problems);
  }

  /** The switches that are set, by their names in the configuration. */
  List<String> dangers() {
    List<String> dangers = new ArrayList<>();
    if (dangerouslyAllowInsecureOrigins) {
      dangers.add(INSECURE_ORIGINS);
    }
    if (dangerouslyAllowPublicSuffixSubdomains) {
      dangers.add(PUBLIC_SUFFIX_SUBDOMAINS);
    }
    if (dangerouslyAllowNullOrigin) {
      dangers.add(NULL_ORIGIN);
    }
    return List.copyOf(dangers);
  }

  @Nullable TupleOrigin parsedPublicOrigin() {
    return publicOrigin != null
            && OriginPattern.parse(publicOrigin) instanceof OriginPattern.Exact exact
        ? exact.origin()
        : null;
  }
}
