package dev.sallyport.gateway.route;

import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.http.Fault;
import dev.sallyport.gateway.http.MalformedException;
import dev.sallyport.gateway.http.RequestTarget;
import dev.sallyport.gateway.limits.QuotaStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the route of a request: the most specific one, wherever it stands in the file.
 *
 * <p>A route that names the request's host comes before those that name none; then a longer path
 * before a shorter; then one that names the method before one that takes all.
 */
public final class Router {
  private static final Comparator<ServedRoute> MOST_SPECIFIC_FIRST =
      Comparator.<ServedRoute>comparingInt(served -> -served.route().path().length())
          .thenComparing(served -> served.route().methods().isEmpty());

  private final QuotaStore quotas;
  private final List<ServedRoute> inOrderOfFile;
  private final Map<String, List<ServedRoute>> ofHost = new HashMap<>();
  private final List<ServedRoute> ofAnyHost;

  /** A router of these routes, whose counts {@code quotas} keeps. */
  public Router(List<Route> routes, QuotaStore quotas) {
    this(routes, quotas, Map.of());
  }

  private Router(List<Route> routes, QuotaStore quotas, Map<Claim, ServedRoute> before) {
    this.quotas = quotas;
    this.inOrderOfFile =
        routes.stream()
            .map(route -> new ServedRoute(route, quotas, before.get(Claim.of(route))))
            .toList();
    this.ofAnyHost = sorted(Optional.empty());
    for (Route route : routes) {
      route.host().ifPresent(host -> ofHost.put(host, sorted(route.host())));
    }
  }

  /** A router of these routes, after this one: what did not change of a route is taken over. */
  public Router next(List<Route> routes) {
    Map<Claim, ServedRoute> before = new HashMap<>();
    inOrderOfFile.forEach(served -> before.put(Claim.of(served.route()), served));
    return new Router(routes, quotas, before);
  }

  /** Which requests a route claims; no two routes of a configuration claim the same. */
  private record Claim(Optional<String> host, String path, Set<String> methods) {
    static Claim of(Route route) {
      return new Claim(route.host(), route.path(), route.methods());
    }
  }

  private List<ServedRoute> sorted(Optional<String> host) {
    return inOrderOfFile.stream()
        .filter(served -> served.route().host().equals(host))
        .sorted(MOST_SPECIFIC_FIRST)
        .toList();
  }

  /** Whether any route could serve requests for {@code host}. */
  public boolean knows(String host) {
    return !ofAnyHost.isEmpty() || ofHost.containsKey(host);
  }

  /** The routes that could serve requests for {@code host}, in the order of the file. */
  public List<ServedRoute> candidates(String host) {
    if (ofHost.isEmpty()) {
      return inOrderOfFile;
    }
    List<ServedRoute> candidates = new ArrayList<>();
    for (ServedRoute served : inOrderOfFile) {
      if (served.route().host().isEmpty() || served.route().host().get().equals(host)) {
        candidates.add(served);
      }
    }
    return candidates;
  }

  /** All routes, in the order of the file. */
  public List<ServedRoute> all() {
    return inOrderOfFile;
  }

  /**
   * The route of a request; empty when none takes it.
   *
   * @param method the request's, or that which a preflight asks for
   * @throws MalformedException when a server that reads the path otherwise would put it into
   *     another route
   */
  public Optional<ServedRoute> find(String host, RequestTarget target, String method) {
    String path = target.canonicalPath();
    Optional<ServedRoute> found = find(host, path, method);
    String collapsed = target.collapsedPath();
    if (!collapsed.equals(path) && !find(host, collapsed, method).equals(found)) {
      throw new MalformedException(
          Fault.PATH,
          "The path has empty segments or parameters that would put it into another route.");
    }
    return found;
  }

  private Optional<ServedRoute> find(String host, String path, String method) {
    List<ServedRoute> ofThisHost = ofHost.getOrDefault(host, List.of());
    Optional<ServedRoute> found = first(ofThisHost, path, method);
    return found.isPresent() ? found : first(ofAnyHost, path, method);
  }

  private static Optional<ServedRoute> first(List<ServedRoute> routes, String path, String method) {
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i).route();
      if (covers(route.path(), path)
          && (route.methods().isEmpty() || route.methods().contains(method))) {
        return Optional.of(routes.get(i));
      }
    }
    return Optional.empty();
  }

  /** Whether {@code path} is {@code prefix} or below it. */
  private static boolean covers(String prefix, String path) {
    return prefix.equals("/")
        || path.startsWith(prefix)
            && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
