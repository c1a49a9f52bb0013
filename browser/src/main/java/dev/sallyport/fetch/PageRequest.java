package dev.sallyport.fetch;

import java.util.ArrayList;
import java.util.List;

/**
 * What a script gives to the {@code Request} constructor, or to an {@code XMLHttpRequest}; without
 * a body.
 *
 * @param api by what it asks
 * @param url relative to the page's, or absolute
 * @param method in the case in which the script writes it
 * @param headers in order, repetitions and forbidden names included
 * @param mode what a script can ask for: {@code cors}, {@code no-cors} or {@code same-origin}
 * @param referrerPolicy empty for the page's own
 * @see <a href="https://fetch.spec.whatwg.org/#dom-request">Fetch, the Request constructor</a>
 */
public record PageRequest(
    Api api,
    String url,
    String method,
    List<Header> headers,
    RequestMode mode,
    CredentialsMode credentials,
    RedirectMode redirect,
    String referrerPolicy) {

  /** What {@code fetch(url)} asks for. */
  public static PageRequest get(String url) {
    return new PageRequest(
        Api.FETCH,
        url,
        "GET",
        List.of(),
        RequestMode.CORS,
        CredentialsMode.SAME_ORIGIN,
        RedirectMode.FOLLOW,
        "");
  }

  public PageRequest {
    headers = List.copyOf(headers);
    if (api != Api.FETCH) {
      // It has withCredentials, and no choice of the others.
      mode = RequestMode.CORS;
      credentials =
          credentials == CredentialsMode.INCLUDE ? credentials : CredentialsMode.SAME_ORIGIN;
      redirect = RedirectMode.FOLLOW;
      referrerPolicy = "";
    }
  }

  /** The same by something else. */
  public PageRequest by(Api other) {
    return new PageRequest(
        other, url, method, headers, mode, credentials, redirect, referrerPolicy);
  }

  /** The same with another method. */
  public PageRequest withMethod(String other) {
    return new PageRequest(api, url, other, headers, mode, credentials, redirect, referrerPolicy);
  }

  /** The same with one header more. */
  public PageRequest withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new PageRequest(api, url, method, more, mode, credentials, redirect, referrerPolicy);
  }

  /** The same in another mode. */
  public PageRequest withMode(RequestMode other) {
    return new PageRequest(api, url, method, headers, other, credentials, redirect, referrerPolicy);
  }

  /** The same in another credentials mode. */
  public PageRequest withCredentials(CredentialsMode other) {
    return new PageRequest(api, url, method, headers, mode, other, redirect, referrerPolicy);
  }

  /** The same in another redirect mode. */
  public PageRequest withRedirect(RedirectMode other) {
    return new PageRequest(api, url, method, headers, mode, credentials, other, referrerPolicy);
  }

  /** The same under another referrer policy. */
  public PageRequest withReferrerPolicy(String other) {
    return new PageRequest(api, url, method, headers, mode, credentials, redirect, other);
  }
}
