package dev.sallyport.cors;

import java.util.Locale;

/**
 * From where a resource may be embedded: the value of {@code Cross-Origin-Resource-Policy}.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header">Fetch,
 *     Cross-Origin-Resource-Policy</a>
 */
public enum ResourcePolicy {
  /** By pages of the same origin only. */
  SAME_ORIGIN,
  /** By pages of the same site only. */
  SAME_SITE,
  /** By every page. */
  CROSS_ORIGIN;

  /** As the header writes it: {@code same-site}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
