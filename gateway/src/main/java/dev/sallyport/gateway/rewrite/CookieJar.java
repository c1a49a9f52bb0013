package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Route.Cookies;
import dev.sallyport.gateway.config.Upstream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one route's upstream, kept in the page's browser apart from those of all others.
 *
 * <p>Browsers would keep every upstream's cookies for the gateway's host, and send all of them to
 * each. So their names begin with what only this route and upstream have, and only those come to
 * the upstream, with the names that it gave.
 *
 * <table>
 * <caption>For the route /photos to https://photos.bar.com/api</caption>
 * <tr><th>the upstream's</th><th>the browser's</th></tr>
 * <tr><td>{@code sid=1; Path=/; Domain=bar.com; SameSite=Lax}</td>
 *     <td>{@code 8c1f09d2.sid=1; Path=/photos; Secure; HttpOnly; SameSite=None; Partitioned}</td></tr>
 * <tr><td>{@code sid=1; Path=/api/a; Max-Age=60}</td>
 *     <td>{@code 8c1f09d2.sid=1; Max-Age=60; Path=/photos/a; Secure; …}</td></tr>
 * <tr><td>{@code sid=1; Path=/admin}, {@code sid}, {@code =1}</td><td>none: never sent, or no cookie</td></tr>
 * </table>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-5.2">RFC 6265, section 5.2</a>
 * @see <a href="https://github.com/privacycg/CHIPS">CHIPS, cookies having independent partitioned
 *     state</a>
 */
final class CookieJar {
  /** Pages of other sites send it, in a jar of their own site, and no script sees it. */
  private static final String FOR_OTHER_SITES = "; Secure; HttpOnly; SameSite=None; Partitioned";

  private static final int DIGITS = 8;

  private final String prefix;
  private final String routePath;
  private final String upstreamPath;

  CookieJar(Route route, Upstream upstream) {
    this.prefix = prefix(route.host().orElse("") + " " + route.path() + " " + upstream);
    this.routePath = route.path();
    this.upstreamPath = upstream.path();
  }

  /** That of a route; null where cookies are not its business. */
  static @Nullable CookieJar of(Route route) {
    return route.cookies() == Cookies.REWRITE && route.destination() instanceof Upstream upstream
        ? new CookieJar(route, upstream)
        : null;
  }

  private static String prefix(String of) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS) + ".";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Leaves in a request the cookies of this jar, under the names that the upstream gave. */
  void open(HttpHeaders request) {
    List<String> lines = request.getAll(HttpHeaderNames.COOKIE);
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder own = new StringBuilder();
    for (String line : lines) {
      for (String pair : line.split(";", -1)) {
        String cookie = pair.strip();
        if (cookie.startsWith(prefix)) {
          own.append(own.isEmpty() ? "" : "; ").append(cookie, prefix.length(), cookie.length());
        }
      }
    }
    if (own.isEmpty()) {
      request.remove(HttpHeaderNames.COOKIE);
    } else {
      request.set(HttpHeaderNames.COOKIE, own.toString());
    }
  }

  /** Puts what an answer sets into this jar. */
  void close(HttpHeaders answer) {
    List<String> lines = answer.getAll(HttpHeaderNames.SET_COOKIE);
    if (lines.isEmpty()) {
      return;
    }
    List<String> kept = new ArrayList<>();
    lines.forEach(line -> kept(line).ifPresent(kept::add));
    answer.remove(HttpHeaderNames.SET_COOKIE);
    answer.add(HttpHeaderNames.SET_COOKIE, kept);
  }

  private Optional<String> kept(String line) {
    String[] parts = line.split(";", -1);
    String pair = parts[0].strip();
    int equals = pair.indexOf('=');
    if (equals <= 0) {
      return Optional.empty();
    }
    String age = "";
    String path = "/";
    for (int i = 1; i < parts.length; i++) {
      String attribute = parts[i].strip();
      String name = attribute.toLowerCase(Locale.ROOT);
      if (name.startsWith("max-age=") || name.startsWith("expires=")) {
        age += "; " + attribute;
      } else if (name.startsWith("path=/")) {
        path = attribute.substring("path=".length());
      }
    }
    String lasting = age;
    return pathOfPage(path).map(at -> prefix + pair + lasting + "; Path=" + at + FOR_OTHER_SITES);
  }

  /** Where the browser sends what the upstream wants at {@code path}; empty when nowhere. */
  private Optional<String> pathOfPage(String path) {
    if (covers(path, upstreamPath.isEmpty() ? "/" : upstreamPath)) {
      return Optional.of(routePath);
    }
    if (!covers(upstreamPath, path)) {
      return Optional.empty();
    }
    String rest = path.substring(upstreamPath.length());
    return Optional.of((routePath.equals("/") ? "" : routePath) + rest);
  }

  /**
   * Whether a cookie at {@code path} is sent with requests to {@code other}.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-5.1.4">RFC 6265, path-match</a>
   */
  private static boolean covers(String path, String other) {
    return other.equals(path)
        || other.startsWith(path) && (path.endsWith("/") || other.startsWith(path + "/"));
  }
}
