package dev.sallyport.cors;

import java.util.Locale;

/**
 * What happens on the server to a request that the policy denies; its page cannot read the answer
 * in any case.
 */
public enum Enforcement {
  /** Nothing: the answer carries no CORS headers, and the browser keeps it from the page. */
  BROWSER,

  /** A request with an {@code Origin} that is not allowed is answered 403. */
  ORIGIN,

  /**
   * A request with an unsafe method that another site's page made is answered 403, as {@code
   * Sec-Fetch-Site} or {@code Origin} show. Browsers send such requests without asking first when
   * they look like a form's.
   */
  CROSS_SITE;

  /** As the configuration writes it: {@code cross-site}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
