package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.call.Call;
import dev.sallyport.gateway.config.Upstream;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns the address of something behind a route into the route's own address for it.
 *
 * <table>
 * <caption>For the route /photos to https://photos.bar.com/api</caption>
 * <tr><th>the upstream's</th><th>the page's</th></tr>
 * <tr><td>{@code https://photos.bar.com/api/2?x}, {@code //photos.bar.com/api/2?x}, {@code /api/2?x}</td>
 *     <td>{@code /photos/2?x}</td></tr>
 * <tr><td>{@code /login}, {@code https://bar.com/api/2}, {@code 2}, {@code ../2}, {@code /api/../2}</td>
 *     <td>unchanged</td></tr>
 * </table>
 */
final class LocationRewriter implements Locations {
  private final Upstream upstream;
  private final String prefix;

  /** Of the route to {@code upstream} whose path is {@code path}. */
  LocationRewriter(Upstream upstream, String path) {
    this.upstream = upstream;
    this.prefix = path.equals("/") ? "" : path;
  }

  @Override
  public Optional<String> rewrite(String location, Call call) {
    return rewrite(location);
  }

  /** The page's address for {@code location}; empty when it stays as it is. */
  Optional<String> rewrite(String location) {
    Optional<String> path = pathAtUpstream(location);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String base = upstream.path();
    String found = path.get();
    boolean within =
        found.startsWith(base)
            && (found.length() == base.length() || "/?#".indexOf(found.charAt(base.length())) >= 0);
    if (!within || hasDotSegment(found)) {
      return Optional.empty();
    }
    String rest = prefix + found.substring(base.length());
    String rewritten = rest.startsWith("/") ? rest : "/" + rest;
    // Two slashes at its beginning would make what follows a host.
    boolean leaves = rewritten.length() > 1 && "/\\".indexOf(rewritten.charAt(1)) >= 0;
    return leaves ? Optional.empty() : Optional.of(rewritten);
  }

  /** What of {@code location} stands behind the upstream's origin; empty when it is elsewhere. */
  private Optional<String> pathAtUpstream(String location) {
    if (location.startsWith("//")) {
      return pathBehindAuthority(location.substring(2));
    }
    if (location.startsWith("/")) {
      return Optional.of(location);
    }
    String scheme = upstream.tls() ? "https://" : "http://";
    return location.regionMatches(true, 0, scheme, 0, scheme.length())
        ? pathBehindAuthority(location.substring(scheme.length()))
        : Optional.empty();
  }

  private Optional<String> pathBehindAuthority(String rest) {
    int end = 0;
    while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    if (!isUpstream(rest.substring(0, end).toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    String path = rest.substring(end);
    return Optional.of(path.startsWith("/") ? path : "/" + path);
  }

  private boolean isUpstream(String authority) {
    String host = upstream.host().toLowerCase(Locale.ROOT);
    int defaultPort = upstream.tls() ? 443 : 80;
    return authority.equals(host + ":" + upstream.dialledPort())
        || upstream.dialledPort() == defaultPort && authority.equals(host);
  }

  private static boolean hasDotSegment(String path) {
    int end = path.length();
    for (char stop : new char[] {'?', '#'}) {
      int at = path.indexOf(stop);
      end = at >= 0 && at < end ? at : end;
    }
    for (String segment : path.substring(0, end).split("[/\\\\]", -1)) {
      String dots = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (dots.equals(".") || dots.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
