package dev.sallyport.cors;

import dev.sallyport.cors.PolicyProblem.Code;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPatternException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything that is wrong with a policy, or that its author would want to know, before it is
 * built.
 */
final class PolicyCheck {
  /** Firefox's cap, the longest there is. */
  private static final Duration LONGEST_MAX_AGE = Duration.ofDays(1);

  /** Chromium's cap. */
  private static final Duration USUAL_MAX_AGE = Duration.ofHours(2);

  private final CorsPolicyBuilder policy;
  private final List<PolicyProblem> problems = new ArrayList<>();

  /** The patterns that can include another one. */
  private final Set<OriginPattern> wide = new HashSet<>();

  private final Set<OriginPattern> excluded = new HashSet<>();
  private final Set<String> invalid = new HashSet<>();
  private boolean insecure;
  private boolean publicSuffix;

  PolicyCheck(CorsPolicyBuilder policy) {
    this.policy = policy;
  }

  List<PolicyProblem> problems() {
    problems.addAll(policy.formProblems);
    checkOrigins();
    checkMethods();
    checkHeaders();
    checkExposedHeaders();
    checkMaxAge();
    checkPublicOrigin();
    return problems;
  }

  /** One element of a list field. */
  private record Element(String field, int index, String value) {}

  private void add(Code code, Element at, String why, String fix, @Nullable String replacement) {
    problems.add(new PolicyProblem(code, at.field, at.index, at.value, why, fix, replacement));
  }

  private void add(Code code, Element at, String why, String fix) {
    add(code, at, why, fix, null);
  }

  private void addWhole(Code code, String field, String value, String why, String fix) {
    problems.add(new PolicyProblem(code, field, -1, value, why, fix, null));
  }

  private void checkOrigins() {
    if (policy.allowOrigins.isEmpty() && policy.dynamicOrigins == null) {
      addWhole(
          Code.NO_ORIGINS,
          "allowOrigins",
          "",
          "is empty, so that no page may read anything",
          "List the origins of your pages, such as https://blog.foo.com");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < policy.allowOrigins.size(); i++) {
      Element at = new Element("allowOrigins", i, policy.allowOrigins.get(i));
      if (OriginPattern.isSecureOrigin(at.value) && seen.add(at.value)) {
        continue;
      }
      try {
        OriginPattern pattern = OriginPattern.parse(at.value);
        if (seen.add(at.value)) {
          checkDangers(at, pattern);
          note(pattern);
        } else {
          add(Code.ORIGIN_REPEATED, at, "is listed twice", "Remove one");
        }
      } catch (OriginPatternException e) {
        invalid.add(at.value);
        add(
            Code.ORIGIN_INVALID,
            at,
            "is not valid: " + e.why(),
            e.suggestion()
                .map(suggestion -> "Did you mean " + suggestion + "?")
                .orElse("Write it as https://foo.com, https://*.foo.com, https://foo.com:* or *"),
            e.suggestion().orElse(null));
      }
    }
    if (!excluded.isEmpty() && excluded.size() == seen.size() && policy.dynamicOrigins == null) {
      addWhole(
          Code.NO_ORIGINS,
          "allowOrigins",
          "",
          "only excludes, so that no page may read anything",
          "List the origins of your pages too, such as https://blog.foo.com");
    }
    if (!wide.isEmpty() || !excluded.isEmpty()) {
      checkRelations();
    }
    checkSwitches(seen.contains("null"));
  }

  /** Keeps of a pattern what is needed to say how others relate to it. */
  private void note(OriginPattern pattern) {
    insecure |= pattern.isInsecure();
    publicSuffix |= pattern.publicSuffix().isPresent();
    if (pattern instanceof OriginPattern.Except except) {
      excluded.add(except.excluded());
    } else if (!(pattern instanceof OriginPattern.Exact)) {
      wide.add(pattern);
    }
  }

  private void checkDangers(Element at, OriginPattern pattern) {
    if (pattern instanceof OriginPattern.Any && policy.allowCredentials) {
      add(
          Code.ANY_ORIGIN_WITH_CREDENTIALS,
          at,
          "means every site, and credentials are on: any page could read what your users may read",
          "List the origins, or set allowCredentials to false");
    }
    if (pattern instanceof OriginPattern.Null && !policy.dangerouslyAllowNullOrigin) {
      add(
          Code.NULL_ORIGIN,
          at,
          "is the origin of every sandboxed frame, and any site can make one",
          "List the page's real origin, or set dangerouslyAllowNullOrigin");
    }
    if (pattern instanceof OriginPattern.Wildcard wildcard) {
      wildcard.publicSuffix().ifPresent(suffix -> checkPublicSuffix(at, wildcard, suffix));
    }
    if (pattern.isInsecure()
        && policy.allowCredentials
        && !policy.dangerouslyAllowInsecureOrigins) {
      add(
          Code.INSECURE_ORIGIN_WITH_CREDENTIALS,
          at,
          "is not encrypted: whoever is on the way can write into the page, and credentials are on",
          "Use https, or set dangerouslyAllowInsecureOrigins");
    }
  }

  private void checkPublicSuffix(Element at, OriginPattern.Wildcard pattern, String suffix) {
    String which =
        suffix.equals(pattern.domain()) ? "a public suffix" : "the public suffix " + suffix;
    String why = "covers " + which + ": anyone can register a name under it";
    if (!policy.allowCredentials) {
      add(Code.PUBLIC_SUFFIX, at, why, "List the hosts if you do not mean all of them");
    } else if (!policy.dangerouslyAllowPublicSuffixSubdomains) {
      add(
          Code.PUBLIC_SUFFIX_WITH_CREDENTIALS,
          at,
          why + ", and credentials are on",
          "List the hosts, or set dangerouslyAllowPublicSuffixSubdomains");
    }
  }

  /** What patterns are to each other: included, excluded, or excluding nothing. */
  private void checkRelations() {
    List<OriginPattern> all = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (int i = 0; i < policy.allowOrigins.size(); i++) {
      Element at = new Element("allowOrigins", i, policy.allowOrigins.get(i));
      if (!invalid.contains(at.value) && told.add(at.value)) {
        OriginPattern pattern = OriginPattern.parse(at.value);
        checkRelations(at, pattern);
        if (!excluded.isEmpty()) {
          all.add(pattern);
        }
      }
    }
    if (!excluded.isEmpty()) {
      checkExclusions(new PatternSides(all));
    }
  }

  /**
   * A pattern that another one includes is harmless, but its author thinks that it does something.
   */
  private void checkRelations(Element at, OriginPattern pattern) {
    if (pattern instanceof OriginPattern.Except except) {
      PatternSides.wider(except.excluded(), excluded)
          .ifPresent(
              other ->
                  add(
                      Code.ORIGIN_COVERED,
                      at,
                      "is included in !" + other + " already",
                      "Remove it"));
      return;
    }
    Optional<OriginPattern> excluder = PatternSides.covering(pattern, excluded);
    if (excluder.isPresent()) {
      add(
          Code.ORIGIN_IS_EXCLUDED,
          at,
          "never matches, because !" + excluder.get() + " excludes all of it",
          "Remove one of the two");
      return;
    }
    PatternSides.wider(pattern, wide)
        .ifPresent(
            other ->
                add(Code.ORIGIN_COVERED, at, "is included in " + other + " already", "Remove it"));
  }

  private void checkExclusions(PatternSides sides) {
    Set<String> told = new HashSet<>();
    for (int i = 0; i < policy.allowOrigins.size(); i++) {
      Element at = new Element("allowOrigins", i, policy.allowOrigins.get(i));
      if (invalid.contains(at.value)
          || !told.add(at.value)
          || !(OriginPattern.parse(at.value) instanceof OriginPattern.Except except)) {
        continue;
      }
      if (wide.contains(new OriginPattern.Any())) {
        add(
            Code.EXCLUSION_FROM_ANY,
            at,
            "excludes nobody beside *: whoever it means reads the answer under another origin",
            "List the origins that you mean instead of *, or remove it");
      } else if (policy.dynamicOrigins == null && !sides.mayMeet(except.excluded())) {
        add(
            Code.EXCLUSION_UNUSED,
            at,
            "excludes what no pattern allows",
            "Remove it, or mend it if it was to exclude something");
      }
    }
  }

  /** A dangerous switch that changes nothing hides the day on which it begins to. */
  private void checkSwitches(boolean allowsNull) {
    unused(
        policy.dangerouslyAllowInsecureOrigins
            && !((insecure || policy.dynamicOrigins != null) && policy.allowCredentials),
        CorsPolicyBuilder.INSECURE_ORIGINS);
    unused(
        policy.dangerouslyAllowPublicSuffixSubdomains && !(publicSuffix && policy.allowCredentials),
        CorsPolicyBuilder.PUBLIC_SUFFIX_SUBDOMAINS);
    unused(policy.dangerouslyAllowNullOrigin && !allowsNull, CorsPolicyBuilder.NULL_ORIGIN);
  }

  private void unused(boolean unused, String field) {
    if (unused) {
      addWhole(
          Code.SWITCH_UNUSED,
          field,
          "",
          "is set, and nothing in this policy needs it",
          "Remove it");
    }
  }

  private void checkMethods() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < policy.allowMethods.size(); i++) {
      Element at = new Element("allowMethods", i, policy.allowMethods.get(i));
      String upper = at.value.toUpperCase(Locale.ROOT);
      if (!HttpTokens.isToken(at.value)) {
        add(
            Code.METHOD_INVALID,
            at,
            "is not one method name",
            "Write each method as a value of its own, such as PUT");
      } else if (FetchNames.isForbiddenMethod(at.value)) {
        add(Code.METHOD_FORBIDDEN, at, "is a method that no page can send", "Remove it");
      } else if (FetchNames.isNormalizedMethod(at.value) && !upper.equals(at.value)) {
        add(
            Code.METHOD_NOT_NORMALIZED,
            at,
            "never matches: methods are case-sensitive, and browsers send this one in upper case",
            "Write " + upper,
            upper);
      } else if (!upper.equals(at.value)) {
        add(
            Code.METHOD_LOWER_CASE,
            at,
            "matches only pages that write it in exactly this case, because methods are case-sensitive",
            "Write " + upper + " if that is meant",
            upper);
      }
      if (!seen.add(at.value)) {
        add(Code.METHOD_REDUNDANT, at, "is listed twice", "Remove one");
      } else if (!at.value.equals("*") && policy.allowMethods.contains("*")) {
        add(Code.METHOD_REDUNDANT, at, "is included in * already", "Remove it");
      }
    }
  }

  private void checkHeaders() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < policy.allowHeaders.size(); i++) {
      Element at = new Element("allowHeaders", i, policy.allowHeaders.get(i));
      String name = at.value.toLowerCase(Locale.ROOT);
      if (!HttpTokens.isToken(name)) {
        add(
            Code.HEADER_INVALID,
            at,
            "is not one header name",
            "Write each name as a value of its own, such as content-type");
      } else if (FetchNames.isForbiddenRequestHeader(name)) {
        add(
            Code.HEADER_FORBIDDEN,
            at,
            "is a header that no page can set; the browser does",
            "Remove it");
      } else if (FetchNames.isResponseOnly(name)) {
        add(
            Code.HEADER_IS_OF_RESPONSES,
            at,
            "is a response header; this list is of headers that pages send",
            "Remove it, or move it to exposeHeaders if scripts are to read it");
      } else if (!seen.add(name)) {
        add(Code.HEADER_REDUNDANT, at, "is listed twice", "Remove one");
      } else if (FetchNames.isSafelistedRequestHeader(name)) {
        add(
            Code.HEADER_REDUNDANT,
            at,
            "is allowed without being listed, for all usual values",
            "Remove it");
      } else if (policy.allowHeaders.contains("*")
          && !name.equals("*")
          && !FetchNames.isCorsNonWildcardRequestHeader(name)) {
        add(Code.HEADER_REDUNDANT, at, "is included in * already", "Remove it");
      }
    }
  }

  private void checkExposedHeaders() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < policy.exposeHeaders.size(); i++) {
      Element at = new Element("exposeHeaders", i, policy.exposeHeaders.get(i));
      String name = at.value.toLowerCase(Locale.ROOT);
      if (!HttpTokens.isToken(name)) {
        add(
            Code.EXPOSED_INVALID,
            at,
            "is not one header name",
            "Write each name as a value of its own, such as etag");
      } else if (FetchNames.isForbiddenResponseHeader(name)) {
        add(Code.EXPOSED_FORBIDDEN, at, "is a header that no script may read", "Remove it");
      } else if (FetchNames.isRequestOnly(name)) {
        add(
            Code.EXPOSED_IS_OF_REQUESTS,
            at,
            "is a request header; this list is of response headers that scripts may read",
            "Remove it, or move it to allowHeaders if pages are to send it");
      } else if (name.equals("*") && policy.allowCredentials) {
        add(
            Code.EXPOSE_ALL_WITH_CREDENTIALS,
            at,
            "is taken for a header of that name by browsers when credentials are on",
            "List the headers");
      } else if (!seen.add(name)) {
        add(Code.EXPOSED_REDUNDANT, at, "is listed twice", "Remove one");
      } else if (FetchNames.isSafelistedResponseHeader(name)) {
        add(Code.EXPOSED_REDUNDANT, at, "is readable without being listed", "Remove it");
      } else if (policy.exposeHeaders.contains("*") && !name.equals("*")) {
        add(Code.EXPOSED_REDUNDANT, at, "is included in * already", "Remove it");
      }
    }
  }

  private void checkMaxAge() {
    Duration maxAge = policy.maxAge;
    if (maxAge == null) {
      return;
    }
    String value = maxAge.toNanosPart() == 0 ? maxAge.toSeconds() + "s" : maxAge.toMillis() + "ms";
    if (maxAge.isNegative()) {
      addWhole(Code.MAX_AGE_NEGATIVE, "maxAge", value, "is negative", "Write 0 to keep nothing");
    } else if (maxAge.toNanosPart() != 0) {
      addWhole(Code.MAX_AGE_FRACTION, "maxAge", value, "is no whole number of seconds", "Round it");
    } else if (maxAge.compareTo(LONGEST_MAX_AGE) > 0) {
      addWhole(
          Code.MAX_AGE_TOO_LONG,
          "maxAge",
          value,
          "is longer than any browser keeps a preflight's answer",
          "Write 86400 (24h) at most");
    } else if (maxAge.compareTo(USUAL_MAX_AGE) > 0) {
      addWhole(
          Code.MAX_AGE_CAPPED,
          "maxAge",
          value,
          "is kept whole by Firefox only; Chromium keeps an answer for 7200 seconds, WebKit for 600",
          "Write 7200 (2h) at most");
    }
  }

  private void checkPublicOrigin() {
    String origin = policy.publicOrigin;
    if (origin == null) {
      return;
    }
    Element at = new Element("publicOrigin", -1, origin);
    String why = "is not one origin";
    String suggestion = null;
    try {
      if (OriginPattern.parse(origin) instanceof OriginPattern.Exact) {
        return;
      }
    } catch (OriginPatternException e) {
      why = "is not valid: " + e.why();
      suggestion = e.suggestion().orElse(null);
    }
    add(
        Code.PUBLIC_ORIGIN_INVALID,
        at,
        why,
        suggestion == null
            ? "Write the origin under which browsers know this server, such as https://www.foo.com"
            : "Did you mean " + suggestion + "?",
        suggestion);
  }
}
