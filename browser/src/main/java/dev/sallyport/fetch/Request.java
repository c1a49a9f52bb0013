package dev.sallyport.fetch;

import dev.sallyport.origin.Origin;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request while it is fetched; redirects change it.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request">Fetch, request</a>
 */
final class Request {
  /**
   * How far the answer is trusted with the page.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-request-response-tainting">Fetch, response
   *     tainting</a>
   */
  enum ResponseTainting {
    BASIC,
    CORS,
    OPAQUE
  }

  final Origin origin;
  final RequestMode mode;
  final CredentialsMode credentials;
  final RedirectMode redirect;

  /** By what the script asked. */
  final Api api;

  /** Whether it is preflighted even when its method and headers are safelisted. */
  final boolean useCorsPreflight;

  private final List<Url> urls = new ArrayList<>();

  /** The URLs' origins, made once. */
  private final List<Origin> origins = new ArrayList<>();

  final HeaderList headers;

  /** The names that the page gave, for engines that announce these on later hops. */
  final HeaderList originalHeaders;

  String method;
  ReferrerPolicy referrerPolicy;
  ResponseTainting tainting = ResponseTainting.BASIC;
  int redirectCount;

  /** The names that the last redirect removed, for engines that leave out only these. */
  Set<String> lastRemoved = Set.of();

  /** What will fail the request when the preflight of the next hop has passed; null for nothing. */
  @Nullable Failure lateFailure;

  /** Whether a preflight was sent for an earlier hop. */
  boolean preflighted;

  /** The {@code Origin} of the last hop, for engines that keep it; null when it had none. */
  @Nullable String lastOrigin;

  Request(
      Api api,
      Origin origin,
      Url url,
      String method,
      HeaderList headers,
      RequestMode mode,
      CredentialsMode credentials,
      RedirectMode redirect,
      ReferrerPolicy referrerPolicy,
      boolean useCorsPreflight) {
    this.api = api;
    this.origin = origin;
    add(url);
    this.method = method;
    this.headers = headers;
    this.originalHeaders = headers.copy();
    this.mode = mode;
    this.credentials = credentials;
    this.redirect = redirect;
    this.referrerPolicy = referrerPolicy;
    this.useCorsPreflight = useCorsPreflight;
  }

  /** Whether it goes where a redirect within one origin led. */
  boolean isRedirectedWithinOrigin() {
    int hops = urls.size();
    return hops > 1 && origins.get(hops - 1).isSameOrigin(origins.get(hops - 2));
  }

  /** Whether a redirect led from one origin to another. */
  boolean hasCrossedOrigins() {
    for (int i = 1; i < urls.size(); i++) {
      if (!origins.get(i).isSameOrigin(origins.get(i - 1))) {
        return true;
      }
    }
    return false;
  }

  /** Goes on to {@code url}. */
  void add(Url url) {
    urls.add(url);
    origins.add(url.origin());
  }

  /** The origin of where it went first. */
  Origin firstOrigin() {
    return origins.get(0);
  }

  /** The origin of where it goes now. */
  Origin currentOrigin() {
    return origins.get(origins.size() - 1);
  }

  /** Where it goes now. */
  Url currentUrl() {
    return urls.get(urls.size() - 1);
  }

  boolean isSameOrigin() {
    return origin.isSameOrigin(currentOrigin());
  }

  /**
   * Whether a redirect from one foreign origin to another came between, so that nobody can tell
   * whose request it is any more.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-request-redirect-taint">Fetch,
   *     redirect-taint</a>
   */
  boolean hasRedirectTaint() {
    for (int i = 1; i < urls.size(); i++) {
      Origin last = origins.get(i - 1);
      if (!origins.get(i).isSameOrigin(last) && !origin.isSameOrigin(last)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The origin as it is sent.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#serializing-a-request-origin">Fetch, serializing a
   *     request origin</a>
   */
  String serializeOrigin() {
    // 2. and 3.
    return hasRedirectTaint() ? "null" : origin.serialize();
  }
}
