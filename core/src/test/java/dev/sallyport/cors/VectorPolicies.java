package dev.sallyport.cors;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Builds the policy that a vector names in the configuration's form. */
final class VectorPolicies {
  private VectorPolicies() {}

  static CorsPolicy build(Map<String, Object> form) {
    CorsPolicyBuilder builder = CorsPolicy.builder();
    form.forEach((key, value) -> apply(builder, key, value));
    return builder.build();
  }

  private static void apply(CorsPolicyBuilder builder, String key, Object value) {
    switch (key) {
      case "allowOrigins" -> builder.allowOrigins(strings(value));
      case "allowMethods" -> builder.allowMethods(strings(value));
      case "allowHeaders" -> builder.allowHeaders(strings(value));
      case "exposeHeaders" -> builder.exposeHeaders(strings(value));
      case "allowCredentials" -> builder.allowCredentials((boolean) value);
      case "maxAge" -> builder.maxAge(Duration.ofSeconds((int) value));
      case "enforce" -> builder.enforce(enforcement((String) value));
      case "mode" -> builder.reportOnly(value.equals("report-only"));
      case "publicOrigin" -> builder.publicOrigin((String) value);
      case "timingAllowOrigin" -> builder.timingAllowOrigin((boolean) value);
      case "crossOriginResourcePolicy" ->
          builder.crossOriginResourcePolicy(resourcePolicy((String) value));
      case "dangerouslyAllowNullOrigin" -> builder.dangerouslyAllowNullOrigin((boolean) value);
      default -> throw new IllegalArgumentException("a vector's policy has the unknown key " + key);
    }
  }

  private static List<String> strings(Object value) {
    return ((List<?>) value).stream().map(String.class::cast).toList();
  }

  private static Enforcement enforcement(String keyword) {
    return List.of(Enforcement.values()).stream()
        .filter(each -> each.keyword().equals(keyword))
        .findFirst()
        .orElseThrow();
  }

  private static ResourcePolicy resourcePolicy(String keyword) {
    return List.of(ResourcePolicy.values()).stream()
        .filter(each -> each.keyword().equals(keyword))
        .findFirst()
        .orElseThrow();
  }
}
