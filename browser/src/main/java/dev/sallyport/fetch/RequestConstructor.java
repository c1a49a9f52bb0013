package dev.sallyport.fetch;

import dev.sallyport.cors.FetchNames;
import dev.sallyport.cors.HttpTokens;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request of what a script gives. The order in which {@code XMLHttpRequest} looks at it is
 * another, and what comes of it the same.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#dom-request">Fetch, the Request constructor</a>
 */
final class RequestConstructor {
  private static final String ANCHOR = "dom-request";
  private static final List<String> METHOD_OVERRIDES =
      List.of("x-http-method", "x-http-method-override", "x-method-override");

  private final Url page;
  private final PageRequest given;
  private final Fetching fetching;

  /** The error, once there is one. */
  private @Nullable Response error;

  RequestConstructor(Url page, PageRequest given, Fetching fetching) {
    this.page = page;
    this.given = given;
    this.fetching = fetching;
  }

  /** The network error, where {@link #construct} made no request. */
  Response error() {
    if (error == null) {
      throw new IllegalStateException("there was no error");
    }
    return error;
  }

  /** The request; null when the constructor throws, for which there is {@link #error}. */
  @Nullable Request construct() {
    // 6. to 8.
    Optional<Url> url = Url.tryParse(given.url(), page);
    if (url.isEmpty()) {
      return refuse(Reason.URL_INVALID, page, given.url());
    }
    if (url.get().includesCredentials() && given.api() == Api.FETCH) {
      return refuse(Reason.URL_WITH_CREDENTIALS, url.get(), given.url());
    }
    return construct(url.get());
  }

  private @Nullable Request construct(Url url) {
    // 16. and 17.
    if (given.mode() == RequestMode.NAVIGATE || given.mode() == RequestMode.WEBSOCKET) {
      return refuse(Reason.MODE_NOT_FOR_SCRIPTS, url, given.mode().keyword());
    }
    Optional<ReferrerPolicy> policy = ReferrerPolicy.of(given.referrerPolicy());
    if (policy.isEmpty()) {
      return refuse(Reason.REFERRER_POLICY_INVALID, url, given.referrerPolicy());
    }
    // 25.
    if (!HttpTokens.isToken(given.method())) {
      return refuse(Reason.METHOD_INVALID, url, given.method());
    }
    if (FetchNames.isForbiddenMethod(given.method())) {
      return refuse(Reason.METHOD_FORBIDDEN, url, given.method());
    }
    String method = normalize(given.method());
    // 32.
    boolean noCors = given.mode() == RequestMode.NO_CORS;
    if (noCors && !FetchNames.SAFELISTED_METHODS.contains(method)) {
      return refuse(Reason.METHOD_NOT_SAFELISTED, url, method);
    }
    // 33.
    HeaderList headers = new HeaderList();
    for (Header header : given.headers()) {
      if (!append(header, url, headers, noCors)) {
        return null;
      }
    }
    fetching.step(
        "Request constructor",
        ANCHOR,
        method
            + " "
            + url.href()
            + " in mode "
            + given.mode().keyword()
            + ", credentials mode "
            + given.credentials().keyword());
    return new Request(
        given.api(),
        page.origin(),
        url,
        method,
        headers,
        given.mode(),
        given.credentials(),
        given.redirect(),
        policy.get(),
        given.api() == Api.XHR_UPLOAD && isUploadHeeded(method));
  }

  private boolean isUploadHeeded(String method) {
    // DEVIATION UPLOAD_NEEDS_BODY
    return !fetching.does(Deviation.UPLOAD_NEEDS_BODY)
        || !method.equals("GET") && !method.equals("HEAD");
  }

  /** See <a href="https://fetch.spec.whatwg.org/#concept-method-normalize">normalize</a>. */
  static String normalize(String method) {
    return FetchNames.isNormalizedMethod(method) ? method.toUpperCase(Locale.ROOT) : method;
  }

  /**
   * Appends a header as {@code Headers} do; false when they throw.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-headers-append">Fetch, append to
   *     Headers</a>
   */
  private boolean append(Header header, Url url, HeaderList to, boolean noCors) {
    // 1.
    String value = HeaderValues.trim(header.value());
    // 2. Validate.
    if (!HttpTokens.isToken(header.name())) {
      refuse(Reason.HEADER_NAME_INVALID, url, header.name());
      return false;
    }
    if (!HeaderValues.isHeaderValue(value)) {
      refuse(Reason.HEADER_VALUE_INVALID, url, header.name());
      return false;
    }
    String name = header.lowerCaseName();
    if (isForbiddenRequestHeader(name, value)) {
      skip(header, "no script may set it");
      return true;
    }
    if (noCors) {
      appendInNoCors(header, name, value, to);
    } else if (given.api() == Api.FETCH) {
      // 4.
      to.append(header.name(), value);
    } else {
      to.combine(header.name(), value);
    }
    return true;
  }

  /** Steps 3 to 5 of append, where the guard is {@code request-no-cors}. */
  private void appendInNoCors(Header header, String name, String value, HeaderList to) {
    // 3.
    String before = to.get(name);
    String combined = before == null ? value : before + ", " + value;
    boolean safelisted =
        switch (name) {
          case "accept", "accept-language", "content-language", "content-type" ->
              HeaderValues.isCorsSafelistedRequestHeader(name, combined);
          default -> false;
        };
    if (safelisted) {
      // 4.
      to.append(header.name(), value);
    } else {
      skip(header, "the mode no-cors allows safelisted headers only");
    }
    // 5. Privileged: whatever a page sets beside it, a range of the browser's own is gone.
    to.delete("range");
  }

  private void skip(Header header, String why) {
    fetching.step(
        "append to Headers", "concept-headers-append", header.name() + " is left out: " + why);
  }

  /**
   * Whether only the browser sets the header.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#forbidden-request-header">Fetch, forbidden
   *     request-header</a>
   */
  private boolean isForbiddenRequestHeader(String name, String value) {
    if (FetchNames.isForbiddenRequestHeader(name)) {
      return true;
    }
    if (METHOD_OVERRIDES.contains(name)) {
      // DEVIATION METHOD_OVERRIDE_SPLIT_IN_QUOTES
      List<String> methods =
          fetching.does(Deviation.METHOD_OVERRIDE_SPLIT_IN_QUOTES)
              ? List.of(value.split(",", -1))
              : HeaderValues.getDecodeAndSplit(value);
      for (String method : methods) {
        if (FetchNames.isForbiddenMethod(HeaderValues.trim(method))) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable Request refuse(Reason reason, Url url, String found) {
    fetching.step("Request constructor", ANCHOR, "throws: " + reason.summary() + ": " + found);
    error = Fetching.networkError(reason, url, found);
    return null;
  }
}
