package dev.sallyport.embed;

import dev.sallyport.fetch.Header;
import dev.sallyport.origin.Origin;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The policies that the {@code Content-Security-Policy} lines of an answer enforce; of their
 * directives, those that hold a list of sources.
 *
 * @see <a href="https://w3c.github.io/webappsec-csp/#csp-header">CSP, header</a>
 */
public final class ContentSecurityPolicy {
  private final List<Map<String, List<String>>> policies;

  private ContentSecurityPolicy(List<Map<String, List<String>>> policies) {
    this.policies = policies;
  }

  /** Those of an answer. */
  public static ContentSecurityPolicy of(List<Header> headers) {
    return parse(Headers.all(headers, "content-security-policy"));
  }

  /**
   * Those of the header's values.
   *
   * @see <a href="https://w3c.github.io/webappsec-csp/#parse-serialized-policy">CSP, parse a
   *     serialized CSP</a>
   */
  public static ContentSecurityPolicy parse(List<String> values) {
    List<Map<String, List<String>>> policies = new ArrayList<>();
    for (String value : values) {
      for (String policy : value.split(",", -1)) {
        Map<String, List<String>> directives = directives(policy);
        if (!directives.isEmpty()) {
          policies.add(directives);
        }
      }
    }
    return new ContentSecurityPolicy(policies);
  }

  /** The first of several with the same name counts. */
  private static Map<String, List<String>> directives(String policy) {
    Map<String, List<String>> directives = new LinkedHashMap<>();
    for (String directive : policy.split(";", -1)) {
      List<String> words =
          Arrays.stream(directive.split("[ \t\n\f\r]+", -1)).filter(w -> !w.isEmpty()).toList();
      if (!words.isEmpty()) {
        directives.putIfAbsent(
            words.get(0).toLowerCase(Locale.ROOT), words.subList(1, words.size()));
      }
    }
    return directives;
  }

  /** Whether one of the policies has this directive. */
  public boolean has(String directive) {
    return policies.stream().anyMatch(policy -> policy.containsKey(directive));
  }

  /**
   * The first directive that does not let {@code url} through, as it stands in the policy; empty
   * when all do. {@code default-src} stands in for a directive of the kind {@code …-src} that a
   * policy has not.
   *
   * @param directive {@code connect-src}, {@code frame-ancestors} …
   * @param self what {@code 'self'} is: the origin of the answer that has the policy
   */
  public Optional<String> refusedBy(String directive, Url url, Origin self) {
    for (Map<String, List<String>> policy : policies) {
      String name =
          policy.containsKey(directive) || !directive.endsWith("-src") ? directive : "default-src";
      List<String> sources = policy.get(name);
      if (sources != null && sources.stream().noneMatch(source -> matches(source, url, self))) {
        return Optional.of((name + " " + String.join(" ", sources)).strip());
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a source of a list lets a URL through.
   *
   * @see <a href="https://w3c.github.io/webappsec-csp/#match-url-to-source-expression">CSP, does
   *     url match expression</a>
   */
  private static boolean matches(String source, Url url, Origin self) {
    String expression = source.toLowerCase(Locale.ROOT);
    if (expression.equals("*")) {
      return switch (url.scheme()) {
        case "http", "https", "ws", "wss" -> true;
        default -> schemeOf(self).equals(url.scheme());
      };
    }
    if (expression.equals("'self'")) {
      return url.origin().isSameOrigin(self) || isSelfButSafer(url, self);
    }
    if (expression.startsWith("'")) {
      return false;
    }
    if (expression.matches("[a-z][a-z0-9+.-]*:")) {
      return schemeMatches(expression.substring(0, expression.length() - 1), url.scheme());
    }
    return HostSource.parse(source).filter(host -> host.matches(url, schemeOf(self))).isPresent();
  }

  private static String schemeOf(Origin self) {
    return self.serialize().replaceFirst(":.*", "");
  }

  /** The own host over https where the page came by http, or as a WebSocket. */
  private static boolean isSelfButSafer(Url url, Origin self) {
    return !self.serialize().equals("null")
        && HostSource.parse(self.serialize())
            .filter(host -> host.matches(url, schemeOf(self)))
            .isPresent();
  }

  /**
   * Whether a scheme in a policy lets another one through.
   *
   * @see <a href="https://w3c.github.io/webappsec-csp/#match-schemes">CSP, scheme-part matches</a>
   */
  static boolean schemeMatches(String a, String b) {
    return a.equals(b)
        || a.equals("http") && b.equals("https")
        || a.equals("ws") && (b.equals("wss") || b.equals("http") || b.equals("https"))
        || a.equals("wss") && b.equals("https");
  }

  /**
   * A host source: {@code https://*.foo.com:8443/path}, each but the host optional.
   *
   * @see <a href="https://w3c.github.io/webappsec-csp/#grammardef-host-source">CSP, host-source</a>
   */
  private record HostSource(String scheme, String host, String port, String path) {

    static Optional<HostSource> parse(String source) {
      Matcher matcher =
          Pattern.compile(
                  "(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(\\*|(?:\\*\\.)?[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*|\\[[0-9a-fA-F:.]+])(?::(\\d+|\\*))?(/[^?#]*)?")
              .matcher(source);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      return Optional.of(
          new HostSource(
              lower(matcher.group(1)),
              lower(matcher.group(2)),
              lower(matcher.group(3)),
              matcher.group(4) == null ? "" : matcher.group(4)));
    }

    private static String lower(@Nullable String text) {
      return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    boolean matches(Url url, String selfScheme) {
      String wanted = scheme.isEmpty() ? selfScheme : scheme;
      return (schemeMatches(wanted, url.scheme()) || isSocketOf(wanted, url.scheme()))
          && hostMatches(url.host().orElse(""))
          && portMatches(url)
          && pathMatches(url.path());
    }

    private static boolean isSocketOf(String wanted, String scheme) {
      return wanted.equals("http") && (scheme.equals("ws") || scheme.equals("wss"))
          || wanted.equals("https") && scheme.equals("wss");
    }

    private boolean hostMatches(String of) {
      if (host.equals("*")) {
        return !of.isEmpty();
      }
      return host.startsWith("*.") ? of.endsWith(host.substring(1)) : host.equals(of);
    }

    private boolean portMatches(Url url) {
      OptionalInt actual = url.effectivePort();
      if (port.equals("*")) {
        return true;
      }
      if (port.isEmpty()) {
        return url.port().isEmpty();
      }
      return actual.isPresent()
          && (port.equals(Integer.toString(actual.getAsInt()))
              || port.equals("80") && actual.getAsInt() == 443);
    }

    private boolean pathMatches(String of) {
      return path.isEmpty()
          || path.equals("/")
          || (path.endsWith("/") ? of.startsWith(path) : of.equals(path));
    }
  }
}
