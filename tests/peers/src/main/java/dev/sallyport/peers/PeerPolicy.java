package dev.sallyport.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a policy other libraries can be told at all.
 *
 * @param origins the patterns
 * @param methods beside GET, HEAD and POST
 * @param headers the request headers
 * @param exposed the response headers
 * @param credentials whether credentials are allowed
 * @param maxAge in seconds; empty when not set
 */
public record PeerPolicy(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    boolean credentials,
    Optional<Integer> maxAge) {

  private static final Set<String> KNOWN =
      Set.of(
          "allowOrigins",
          "allowMethods",
          "allowHeaders",
          "exposeHeaders",
          "allowCredentials",
          "maxAge",
          "dangerouslyAllowNullOrigin",
          "dangerouslyAllowInsecureOrigins");

  /** The policy of a shared case; empty when it says more than other libraries know of. */
  public static Optional<PeerPolicy> of(Map<String, Object> form) {
    boolean plain =
        form.entrySet().stream()
            .allMatch(
                entry ->
                    KNOWN.contains(entry.getKey())
                        || entry.getKey().equals("enforce") && entry.getValue().equals("browser"));
    return plain
        ? Optional.of(
            new PeerPolicy(
                list(form, "allowOrigins"),
                list(form, "allowMethods"),
                list(form, "allowHeaders"),
                list(form, "exposeHeaders"),
                Boolean.TRUE.equals(form.get("allowCredentials")),
                Optional.ofNullable((Integer) form.get("maxAge"))))
        : Optional.empty();
  }

  private static List<String> list(Map<String, Object> form, String key) {
    return form.get(key) instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /** Whether every origin is one by itself, or {@code *}. */
  public boolean isExact() {
    return origins.stream().allMatch(each -> each.equals("*") || !isPattern(each));
  }

  /** Whether a pattern stands for more than one origin. */
  public static boolean isPattern(String origin) {
    return origin.contains("*") && !origin.equals("*");
  }

  /** Whether some origin is excluded. */
  public boolean excludes() {
    return origins.stream().anyMatch(each -> each.startsWith("!"));
  }

  /** The methods, GET, HEAD and POST among them. */
  public List<String> allMethods() {
    List<String> all = new ArrayList<>(List.of("GET", "HEAD", "POST"));
    methods.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return all;
  }

  /** A pattern as a regular expression, as somebody writes it who knows how. */
  public static String regex(String pattern) {
    String literal = "\\Q" + pattern + "\\E";
    return literal
        .replace("*.", "\\E([a-z0-9_-]+\\.)+\\Q")
        .replace(":*", "\\E(:[0-9]+)?\\Q")
        .replace("*", "\\E[a-z0-9_-]+\\Q")
        .replace("\\Q\\E", "");
  }
}
