package dev.sallyport.gateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to say of a key that a mapping does not know. */
final class UnknownKey {
  /**
   * What other gateways, servers and libraries call the same thing, written plainly; of several
   * keys, the first that the mapping knows is meant.
   */
  private static final Map<String, List<String>> SYNONYMS =
      Map.ofEntries(
          means("origin", "allowOrigins", "origins", "upstream"),
          means("origins", "allowOrigins", "upstream"),
          means("alloworigin", "allowOrigins"),
          means("allowedorigins", "allowOrigins"),
          means("allowedoriginpatterns", "allowOrigins"),
          means("alloworiginregex", "allowOrigins"),
          means("domains", "allowOrigins", "origins"),
          means("method", "methods", "allowMethods"),
          means("methods", "allowMethods"),
          means("allowedmethods", "allowMethods"),
          means("verbs", "methods", "allowMethods"),
          means("headers", "allowHeaders", "setHeaders", "request"),
          means("allowedheaders", "allowHeaders"),
          means("requestheaders", "setHeaders", "request"),
          means("responseheaders", "setHeaders", "response"),
          means("expose", "exposeHeaders"),
          means("exposedheaders", "exposeHeaders"),
          means("credentials", "allowCredentials"),
          means("withcredentials", "allowCredentials"),
          means("supportscredentials", "allowCredentials"),
          means("maxageseconds", "maxAge"),
          means("preflightmaxage", "maxAge"),
          means("enforcement", "enforce"),
          means("reportonly", "mode"),
          means("corp", "crossOriginResourcePolicy"),
          means("resourcepolicy", "crossOriginResourcePolicy"),
          means("tao", "timingAllowOrigin"),
          means("target", "upstream", "targets"),
          means("targets", "upstream"),
          means("backend", "upstream"),
          means("proxypass", "upstream"),
          means("proxy", "upstream"),
          means("to", "upstream"),
          means("url", "upstream"),
          means("uri", "upstream"),
          means("server", "upstream", "listen"),
          means("service", "upstream"),
          means("destination", "upstream"),
          means("prefix", "path"),
          means("pathprefix", "path"),
          means("location", "path"),
          means("match", "path"),
          means("hostname", "host"),
          means("servername", "host"),
          means("domain", "host"),
          means("bind", "listen", "address"),
          means("address", "listen"),
          means("addr", "address", "listen"),
          means("port", "listen", "address"),
          means("listeners", "listen"),
          means("threads", "workers"),
          means("eventloops", "workers"),
          means("cert", "certificate"),
          means("certfile", "certificate"),
          means("sslcertificate", "certificate"),
          means("key", "privateKey"),
          means("keyfile", "privateKey"),
          means("sslcertificatekey", "privateKey"),
          means("ssl", "tls"),
          means("https", "tls"),
          means("followredirects", "redirects"),
          means("proxyredirect", "redirects"),
          means("requesttimeout", "timeout"),
          means("readtimeout", "timeout"),
          means("proxyreadtimeout", "timeout"),
          means("ratelimit", "limits", "perClient"),
          means("quota", "limits", "perClient"),
          means("clientmaxbodysize", "requestBody", "limits"),
          means("maxbodysize", "requestBody", "limits"),
          means("maxheadersize", "requestHead"),
          means("maxconnections", "connections"),
          means("shutdowntimeout", "grace"),
          means("addheaders", "setHeaders"),
          means("proxysetheader", "setHeaders", "request"),
          means("hideheaders", "removeHeaders"),
          means("stripheaders", "removeHeaders"),
          means("forwardheaders", "forward"),
          means("passheaders", "forward"),
          means("policy", "cors"),
          means("console", "admin"),
          means("metrics", "admin"),
          means("locations", "routes"),
          means("rules", "routes"),
          means("servers", "routes"));

  private UnknownKey() {}

  static Map<String, List<String>> synonyms() {
    return SYNONYMS;
  }

  private static Map.Entry<String, List<String>> means(String written, String... keys) {
    return Map.entry(written, List.of(keys));
  }

  /**
   * The message: what is not known where, and what was probably meant.
   *
   * @param hint whether to look for what was meant
   */
  static String message(String written, String quoted, Keys mapping, boolean hint) {
    if (written.equals("<<")) {
      return "\"<<\" merges mappings, which YAML 1.2 does not know. Write the keys out, or name a whole value"
          + " with &name and use it as *name.";
    }
    return "unknown key \""
        + quoted
        + "\" "
        + mapping.where()
        + ". "
        + (hint ? hint(written, mapping) : known(mapping));
  }

  private static String hint(String written, Keys mapping) {
    return meant(written, mapping)
        .map(key -> "Did you mean " + key + "?")
        .or(() -> elsewhere(written))
        .orElseGet(() -> known(mapping));
  }

  private static String known(Keys mapping) {
    return "Known here: " + String.join(", ", mapping.names()) + ".";
  }

  private static Optional<String> meant(String written, Keys mapping) {
    return SYNONYMS.getOrDefault(Spelling.plain(written), List.of()).stream()
        .filter(mapping.names()::contains)
        .findFirst()
        .or(() -> Spelling.nearest(written, mapping.names()));
  }

  /** A key that is right, at the wrong depth. */
  private static Optional<String> elsewhere(String written) {
    String plain = Spelling.plain(written);
    for (Keys other : Keys.values()) {
      for (String name : other.names()) {
        if (Spelling.plain(name).equals(plain)) {
          return Optional.of(name + " belongs " + places(name) + ".");
        }
      }
    }
    return SYNONYMS.getOrDefault(plain, List.of()).stream()
        .findFirst()
        .map(name -> "Did you mean " + name + ", " + places(name) + "?");
  }

  private static String places(String name) {
    return String.join(
        " or ",
        Arrays.stream(Keys.values())
            .filter(keys -> keys.names().contains(name))
            .map(Keys::where)
            .toList());
  }
}
