package dev.sallyport.cors;

import dev.sallyport.cors.PolicyProblem.Code;
import dev.sallyport.origin.OriginPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A policy as the configuration writes it: the names and values of its {@code cors} key, in text,
 * numbers, truth values and lists.
 */
final class PolicyForm {
  private static final String REPORT_ONLY = "report-only";

  private final CorsPolicyBuilder builder;
  private final List<PolicyProblem> problems;

  private PolicyForm(CorsPolicyBuilder builder) {
    this.builder = builder;
    this.problems = builder.formProblems;
  }

  /**
   * Puts what {@code form} says into {@code builder}, and what it says wrongly into its problems.
   */
  static void read(Map<String, ?> form, CorsPolicyBuilder builder) {
    PolicyForm reader = new PolicyForm(builder);
    form.forEach(reader::read);
  }

  private void read(String key, @Nullable Object value) {
    if (value == null) {
      wrong(key, "null", "a value");
      return;
    }
    switch (key) {
      case "allowOrigins" -> list(key, value, builder::allowOrigins);
      case "allowMethods" -> list(key, value, builder::allowMethods);
      case "allowHeaders" -> list(key, value, builder::allowHeaders);
      case "exposeHeaders" -> list(key, value, builder::exposeHeaders);
      case "allowCredentials" -> flag(key, value, builder::allowCredentials);
      case "maxAge" -> maxAge(value);
      case "enforce" ->
          choice(key, value, Enforcement.values(), Enforcement::keyword, builder::enforce);
      case "mode" -> mode(value);
      case "publicOrigin" -> text(key, value, builder::publicOrigin);
      case "timingAllowOrigin" -> flag(key, value, builder::timingAllowOrigin);
      case "crossOriginResourcePolicy" ->
          choice(
              key,
              value,
              ResourcePolicy.values(),
              ResourcePolicy::keyword,
              builder::crossOriginResourcePolicy);
      case "dangerouslyAllowInsecureOrigins" ->
          flag(key, value, builder::dangerouslyAllowInsecureOrigins);
      case "dangerouslyAllowPublicSuffixSubdomains" ->
          flag(key, value, builder::dangerouslyAllowPublicSuffixSubdomains);
      case "dangerouslyAllowNullOrigin" -> flag(key, value, builder::dangerouslyAllowNullOrigin);
      default ->
          problems.add(
              new PolicyProblem(
                  Code.KEY_UNKNOWN,
                  key,
                  -1,
                  "",
                  "is not a key of a policy",
                  "Remove it, or write one of those that are documented",
                  null));
    }
  }

  private void wrong(String key, @Nullable Object value, String expected) {
    problems.add(
        new PolicyProblem(
            Code.VALUE_OF_WRONG_TYPE,
            key,
            -1,
            String.valueOf(value),
            "is not " + expected,
            "Write " + expected,
            null));
  }

  private void list(String key, Object value, Consumer<List<String>> to) {
    List<String> texts = new ArrayList<>();
    for (@Nullable Object element : value instanceof List<?> list ? list : List.of(value)) {
      if (element instanceof String text) {
        texts.add(text);
      } else {
        wrong(key, element, "a list of texts");
      }
    }
    to.accept(texts);
  }

  private void flag(String key, Object value, Consumer<Boolean> to) {
    if (value instanceof Boolean flag) {
      to.accept(flag);
    } else {
      wrong(key, value, "true or false");
    }
  }

  private void text(String key, Object value, Consumer<String> to) {
    if (value instanceof String text) {
      to.accept(text);
    } else {
      wrong(key, value, "a text");
    }
  }

  private <E> void choice(
      String key, Object value, E[] all, Function<E, String> keyword, Consumer<E> to) {
    for (E each : all) {
      if (keyword.apply(each).equals(value)) {
        to.accept(each);
        return;
      }
    }
    wrong(key, value, "one of " + String.join(", ", List.of(all).stream().map(keyword).toList()));
  }

  private void mode(Object value) {
    if (value.equals(REPORT_ONLY) || value.equals("enforce")) {
      builder.reportOnly(value.equals(REPORT_ONLY));
    } else {
      wrong("mode", value, "enforce or report-only");
    }
  }

  private void maxAge(Object value) {
    Duration duration =
        value instanceof Integer || value instanceof Long
            ? Duration.ofSeconds(((Number) value).longValue())
            : value instanceof String text ? duration(text) : null;
    if (duration == null) {
      wrong("maxAge", value, "a number of seconds, or a duration such as 10m");
    } else {
      builder.maxAge(duration);
    }
  }

  /** {@code 90}, {@code 90s}, {@code 10m}, {@code 2h}, {@code 1d}; null when it is none. */
  private static @Nullable Duration duration(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) < '0' || text.charAt(end - 1) > '9')) {
      end--;
    }
    String digits = text.substring(0, end);
    if (digits.isEmpty()
        || digits.length() > 9
        || !digits.chars().allMatch(c -> c <= '9' && c >= '0')) {
      return null;
    }
    long number = Long.parseLong(digits);
    return switch (text.substring(end)) {
      case "ms" -> Duration.ofMillis(number);
      case "", "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> null;
    };
  }

  /** What {@code policy} is in the configuration; keys that say what is so anyway are left out. */
  static Map<String, Object> write(CorsPolicy policy) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("allowOrigins", policy.allowOrigins().stream().map(OriginPattern::toString).toList());
    putUnless(form, "allowMethods", policy.allowMethods(), List.of());
    putUnless(form, "allowHeaders", policy.allowHeaders(), List.of());
    putUnless(form, "exposeHeaders", policy.exposeHeaders(), List.of());
    putUnless(form, "allowCredentials", policy.allowCredentials(), false);
    policy.maxAge().ifPresent(maxAge -> form.put("maxAge", maxAge.toSeconds()));
    form.put("enforce", policy.enforcement().keyword());
    putUnless(form, "mode", policy.isReportOnly() ? REPORT_ONLY : "", "");
    policy.publicOrigin().ifPresent(origin -> form.put("publicOrigin", origin.serialize()));
    putUnless(form, "timingAllowOrigin", policy.timingAllowOrigin(), false);
    policy
        .crossOriginResourcePolicy()
        .ifPresent(resource -> form.put("crossOriginResourcePolicy", resource.keyword()));
    for (String danger : policy.dangers()) {
      form.put(danger, true);
    }
    return form;
  }

  private static void putUnless(
      Map<String, Object> form, String key, Object value, Object otherwise) {
    if (!value.equals(otherwise)) {
      form.put(key, value);
    }
  }
}
