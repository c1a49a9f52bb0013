package dev.sallyport.gateway.config;

import java.util.List;

/**
 * The keys that each mapping of the configuration knows. This is their one table: what reads them,
 * what suggests them and what tests the JSON Schema all ask it.
 */
enum Keys {
  FILE(
      "at the top of the file",
      "listen",
      "admin",
      "accessLog",
      "workers",
      "transport",
      "limits",
      "trustedProxies",
      "origins",
      "routes",
      "relay",
      "egress"),
  LISTENER("in a listener", "address", "tls"),
  TLS("in tls", "certificate", "privateKey"),
  ADMIN("in admin", "address", "hosts"),
  ACCESS_LOG("in accessLog", "format", "to"),
  CONNECTION_LIMITS(
      "in limits at the top of the file",
      "requestHead",
      "headTimeout",
      "leastBodyRate",
      "idleTimeout",
      "writeTimeout",
      "webSocketIdleTimeout",
      "connections",
      "connectionsPerClient",
      "grace"),
  ROUTE(
      "in a route",
      "path",
      "host",
      "methods",
      "upstream",
      "cors",
      "request",
      "response",
      "redirects",
      "followTo",
      "cookies",
      "timeout",
      "limits"),
  UPSTREAM("in upstream", "url", "protocol", "tls"),
  UPSTREAM_TLS("in tls of an upstream", "trust", "certificate", "privateKey"),
  CORS(
      "in cors",
      "allowOrigins",
      "allowMethods",
      "allowHeaders",
      "exposeHeaders",
      "allowCredentials",
      "maxAge",
      "enforce",
      "mode",
      "publicOrigin",
      "timingAllowOrigin",
      "crossOriginResourcePolicy",
      "dangerouslyAllowInsecureOrigins",
      "dangerouslyAllowPublicSuffixSubdomains",
      "dangerouslyAllowNullOrigin"),
  REQUEST(
      "in request", "setHeaders", "setQuery", "basicAuth", "removeHeaders", "forward", "announce"),
  BASIC_AUTH("in basicAuth", "username", "password"),
  RESPONSE("in response", "setHeaders", "removeHeaders", "forward"),
  ROUTE_LIMITS("in limits of a route", "requestBody", "perClient", "perOrigin"),
  RELAY(
      "in relay",
      "path",
      "host",
      "targets",
      "cors",
      "request",
      "response",
      "redirects",
      "timeout",
      "limits",
      "dangerouslyAllowAnyTarget"),
  EGRESS("in egress", "allow");

  private final String where;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of, which nobody can change
  private final List<String> names;

  Keys(String where, String... names) {
    this.where = where;
    this.names = List.of(names);
  }

  /** Where the mapping stands, as a message says it: {@code in a route}. */
  String where() {
    return where;
  }

  List<String> names() {
    return names;
  }
}
