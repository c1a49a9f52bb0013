package dev.sallyport.url;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A URL while it is being parsed; {@link Url} is what becomes of it.
 *
 * @see <a href="https://url.spec.whatwg.org/#url-representation">URL, URL representation</a>
 */
final class UrlRecord {
  final StringBuilder username = new StringBuilder();
  final StringBuilder password = new StringBuilder();

  /** Null as in the standard, which is not the empty host. */
  @Nullable Host host;

  int port = SpecialScheme.NO_PORT;
  private String scheme = "";
  private boolean special;
  private List<String> path = new ArrayList<>();
  private @Nullable StringBuilder opaquePath;
  private @Nullable StringBuilder query;
  private @Nullable StringBuilder fragment;

  void setScheme(String scheme) {
    this.scheme = scheme;
    special = SpecialScheme.isSpecial(scheme);
  }

  String scheme() {
    return scheme;
  }

  /**
   * Whether the scheme is a special one.
   *
   * @see <a href="https://url.spec.whatwg.org/#is-special">URL, is special</a>
   */
  boolean isSpecial() {
    return special;
  }

  boolean isFile() {
    return scheme.equals("file");
  }

  /** The segments; meaningless when the path is {@linkplain #opaquePath opaque}. */
  List<String> path() {
    return path;
  }

  /** The opaque path, or null when the path is a list of segments. */
  @Nullable StringBuilder opaquePath() {
    return opaquePath;
  }

  /** Sets the path to the empty string, which makes it opaque. */
  void startOpaquePath() {
    opaquePath = new StringBuilder();
  }

  void clearPath() {
    path.clear();
  }

  void clonePath(Url base) {
    path = new ArrayList<>(base.segments());
    String opaque = base.opaquePath();
    opaquePath = opaque == null ? null : new StringBuilder(opaque);
  }

  @Nullable StringBuilder query() {
    return query;
  }

  void startQuery() {
    query = new StringBuilder();
  }

  void cloneQuery(Url base) {
    query = base.query().map(StringBuilder::new).orElse(null);
  }

  void removeQuery() {
    query = null;
  }

  @Nullable StringBuilder fragment() {
    return fragment;
  }

  void startFragment() {
    fragment = new StringBuilder();
  }

  /** Takes user, password, host and port from {@code base}. */
  void cloneAuthority(Url base) {
    username.append(base.username());
    password.append(base.password());
    host = base.hostOrNull();
    port = base.port().orElse(SpecialScheme.NO_PORT);
  }

  /**
   * Takes the last segment off the path, but never a drive letter.
   *
   * @see <a href="https://url.spec.whatwg.org/#shorten-a-urls-path">URL, shorten a URL's path</a>
   */
  void shorten() {
    // 3.
    if (isFile() && path.size() == 1 && DriveLetters.isNormalized(path.get(0))) {
      return;
    }
    // 4.
    if (!path.isEmpty()) {
      path.remove(path.size() - 1);
    }
  }
}
