package dev.sallyport.origin;

/**
 * An origin that equals nothing but itself: of a sandboxed frame, a {@code data:} URL, or a
 * redirect through a third origin. Two that both serialize to {@code null} are still different.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque">HTML,
 *     opaque origin</a>
 */
public final class OpaqueOrigin implements Origin {

  @Override
  public String serialize() {
    return "null";
  }

  @Override
  public boolean isSameOrigin(Origin other) {
    return this == other;
  }

  @Override
  public boolean isSameSite(Origin other) {
    return this == other;
  }

  @Override
  public boolean isSchemelesslySameSite(Origin other) {
    return this == other;
  }

  @Override
  public boolean isPotentiallyTrustworthy() {
    return false;
  }

  @Override
  public String toString() {
    return "opaque origin";
  }
}
