package dev.sallyport.cors;

import dev.sallyport.origin.OriginPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Finds what one policy allows beyond another. */
final class PolicyComparison {
  private final CorsPolicy before;
  private final CorsPolicy after;
  private final List<PolicyDifference> differences = new ArrayList<>();

  PolicyComparison(CorsPolicy before, CorsPolicy after) {
    this.before = before;
    this.after = after;
  }

  List<PolicyDifference> differences() {
    compareOrigins();
    compareNames(
        "allowMethods",
        after.allowMethods(),
        before.allowMethods(),
        (name, all) -> all && !FetchNames.isForbiddenMethod(name),
        FetchNames.SAFELISTED_METHODS,
        "pages may use the method");
    compareNames(
        "allowHeaders",
        after.allowHeaders(),
        before.allowHeaders(),
        (name, all) -> all && !FetchNames.isCorsNonWildcardRequestHeader(name),
        Set.of(),
        "pages may send the header");
    compareNames(
        "exposeHeaders",
        after.exposeHeaders(),
        before.exposeHeaders(),
        (name, all) -> all,
        FetchNames.SAFELISTED_RESPONSE_HEADERS,
        "scripts may read the header");
    if (after.allowCredentials() && !before.allowCredentials()) {
      add("allowCredentials", "true", "pages may read what cookies give access to");
    }
    // Browsers keep an answer for five seconds when it does not say how long.
    Duration longest = before.maxAge().orElse(Duration.ofSeconds(5));
    Duration now = after.maxAge().orElse(Duration.ofSeconds(5));
    if (now.compareTo(longest) > 0) {
      add("maxAge", now.toSeconds() + "s", "browsers keep the answer to a preflight for longer");
    }
    compareEnforcement();
    compareBesideCors();
    return differences;
  }

  private void add(String field, String value, String meaning) {
    differences.add(new PolicyDifference(field, value, meaning));
  }

  private void compareOrigins() {
    PatternSides old = new PatternSides(before.allowOrigins());
    PatternSides current = new PatternSides(after.allowOrigins());
    for (OriginPattern pattern : current.allowed()) {
      if (!old.allows(pattern)) {
        add("allowOrigins", pattern.toString(), "pages of these origins may read answers");
      }
    }
    for (OriginPattern excluded : old.excluded()) {
      if (!current.excludes(excluded) && current.mayMeet(excluded)) {
        add("allowOrigins", "!" + excluded, "pages of these origins are no longer excluded");
      }
    }
    if (after.dynamicOrigins().isPresent()
        && !Objects.equals(after.dynamicOrigins(), before.dynamicOrigins())) {
      add("allowOriginsFrom", "", "pages of origins that another source knows may read answers");
    }
  }

  private void compareNames(
      String field,
      List<String> now,
      List<String> then,
      BiPredicate<String, Boolean> byWildcard,
      Collection<String> always,
      String meaning) {
    boolean all = then.contains("*");
    for (String name : now) {
      if (!then.contains(name) && !always.contains(name) && !byWildcard.test(name, all)) {
        add(field, name, meaning);
      }
    }
  }

  private void compareEnforcement() {
    if (after.isReportOnly() && !before.isReportOnly()) {
      add("mode", "report-only", "nothing is enforced, and preflights reach the application");
    }
    Enforcement then = before.enforcement();
    Enforcement now = after.enforcement();
    // Origin and cross-site each refuse what the other lets pass.
    if (now != then && then != Enforcement.BROWSER) {
      add("enforce", now.keyword(), "requests that " + then.keyword() + " refuses may pass");
    }
    Optional<String> publicOrigin = after.publicOrigin().map(Object::toString);
    if (publicOrigin.isPresent()
        && !publicOrigin.equals(before.publicOrigin().map(Object::toString))) {
      add("publicOrigin", publicOrigin.get(), "pages of this origin count as the server's own");
    }
  }

  private void compareBesideCors() {
    if (after.timingAllowOrigin() && !before.timingAllowOrigin()) {
      add("timingAllowOrigin", "true", "pages may see how long loading took");
    }
    if (openness(after) > openness(before)) {
      add(
          "crossOriginResourcePolicy",
          after.crossOriginResourcePolicy().map(ResourcePolicy::keyword).orElse(""),
          "pages of more origins may embed answers");
    }
  }

  /** Without the header every page may embed an answer but those that ask for the header. */
  private static int openness(CorsPolicy policy) {
    return policy
        .crossOriginResourcePolicy()
        .map(
            resource ->
                switch (resource) {
                  case SAME_ORIGIN -> 0;
                  case SAME_SITE -> 1;
                  case CROSS_ORIGIN -> 3;
                })
        .orElse(2);
  }
}
