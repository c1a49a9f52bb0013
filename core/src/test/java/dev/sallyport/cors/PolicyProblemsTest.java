package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyProblemsTest {

  private static final String FOO = "https://foo.com";

  /** A policy in which a key has no value, as an empty place in YAML gives it. */
  private static Map<String, Object> nothing(String key) {
    Map<String, Object> form = new HashMap<>();
    form.put("allowOrigins", FOO);
    form.put(key, null);
    return form;
  }

  private static Arguments bad(Consumer<CorsPolicyBuilder> policy, String... messages) {
    return Arguments.of(messages[0], policy, List.of(messages));
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        bad(
            b -> {},
            "error no-origins: allowOrigins is empty, so that no page may read anything. List the origins of your pages, such as https://blog.foo.com."),
        bad(
            b -> PolicyForm.read(Map.of("allowOrigins", FOO, "allowOrigin", FOO), b),
            "error key-unknown: allowOrigin is not a key of a policy. Remove it, or write one of those that are documented."),
        bad(
            b -> PolicyForm.read(nothing("mode"), b),
            "error value-of-wrong-type: mode \"null\" is not a value. Write a value."),
        bad(
            b -> PolicyForm.read(Map.of("allowOrigins", FOO, "allowMethods", List.of(7)), b),
            "error value-of-wrong-type: method \"7\" is not a list of texts. Write a list of texts."),
        bad(
            b -> PolicyForm.read(Map.of("allowOrigins", FOO, "allowCredentials", "yes"), b),
            "error value-of-wrong-type: allowCredentials \"yes\" is not true or false. Write true or false."),
        bad(
            b -> PolicyForm.read(Map.of("allowOrigins", FOO, "enforce", "always"), b),
            "error value-of-wrong-type: enforce \"always\" is not one of browser, origin, cross-site. Write one of browser, origin, cross-site."),
        bad(
            b -> PolicyForm.read(Map.of("allowOrigins", FOO, "mode", "off"), b),
            "error value-of-wrong-type: mode \"off\" is not enforce or report-only. Write enforce or report-only."),
        bad(
            b -> PolicyForm.read(Map.of("allowOrigins", FOO, "publicOrigin", 7), b),
            "error value-of-wrong-type: publicOrigin \"7\" is not a text. Write a text."),
        bad(
            b -> PolicyForm.read(Map.of("allowOrigins", FOO, "maxAge", "ten"), b),
            "error value-of-wrong-type: maxAge \"ten\" is not a number of seconds, or a duration such as 10m. Write a number of seconds, or a duration such as 10m."),
        bad(
            b -> b.allowOrigins("https://foo.com/"),
            "error origin-invalid: origin pattern \"https://foo.com/\" is not valid: an origin ends after host and port, without a slash or path. Did you mean https://foo.com?"),
        bad(
            b -> b.allowOrigins("https://Foo.com"),
            "error origin-invalid: origin pattern \"https://Foo.com\" is not valid: the host has upper-case letters, which browsers lower. Did you mean https://foo.com?"),
        bad(
            b -> b.allowOrigins("foo.com"),
            "error origin-invalid: origin pattern \"foo.com\" is not valid: it has no scheme, such as https://. Did you mean https://foo.com?"),
        bad(
            b -> b.allowOrigins("https://foo.com:443"),
            "error origin-invalid: origin pattern \"https://foo.com:443\" is not valid: port 443 is the default of https and is left out. Did you mean https://foo.com?"),
        bad(
            b -> b.allowOrigins("https://bücher.de"),
            "error origin-invalid: origin pattern \"https://b\\u00fccher.de\" is not valid: the host is not ASCII; browsers send its punycode form. Did you mean https://xn--bcher-kva.de?"),
        bad(
            b -> b.allowOrigins("https://*"),
            "error origin-invalid: origin pattern \"https://*\" is not valid: \"*\" is allowed only as the left-most label or, next to a hyphen, as a part of it. Write it as https://foo.com, https://*.foo.com, https://foo.com:* or *."),
        bad(
            b -> b.allowOrigins("null"),
            "error null-origin: origin pattern \"null\" is the origin of every sandboxed frame, and any site can make one. List the page's real origin, or set dangerouslyAllowNullOrigin."),
        bad(
            b -> b.allowOrigins("*").allowCredentials(true),
            "error any-origin-with-credentials: origin pattern \"*\" means every site, and credentials are on: any page could read what your users may read. List the origins, or set allowCredentials to false."),
        bad(
            b -> b.allowOrigins("https://*.github.io").allowCredentials(true),
            "error public-suffix-with-credentials: origin pattern \"https://*.github.io\" covers a public suffix: anyone can register a name under it, and credentials are on. List the hosts, or set dangerouslyAllowPublicSuffixSubdomains."),
        bad(
            b -> b.allowOrigins("https://*.com").allowCredentials(true),
            "error public-suffix-with-credentials: origin pattern \"https://*.com\" covers a public suffix: anyone can register a name under it, and credentials are on. List the hosts, or set dangerouslyAllowPublicSuffixSubdomains."),
        bad(
            b -> b.allowOrigins("https://*.github.io"),
            "warning public-suffix: origin pattern \"https://*.github.io\" covers a public suffix: anyone can register a name under it. List the hosts if you do not mean all of them."),
        bad(
            b -> b.allowOrigins("http://foo.com").allowCredentials(true),
            "error insecure-origin-with-credentials: origin pattern \"http://foo.com\" is not encrypted: whoever is on the way can write into the page, and credentials are on. Use https, or set dangerouslyAllowInsecureOrigins."),
        bad(
            b -> b.allowOrigins(FOO, FOO),
            "warning origin-repeated: origin pattern \"https://foo.com\" is listed twice. Remove one."),
        bad(
            b -> b.allowOrigins("https://a.foo.com", "https://*.foo.com"),
            "warning origin-covered: origin pattern \"https://a.foo.com\" is included in https://*.foo.com already. Remove it."),
        bad(
            b -> b.allowOrigins("https://*.amazonaws.com").allowCredentials(true),
            "error public-suffix-with-credentials: origin pattern \"https://*.amazonaws.com\" covers the public suffix s3.amazonaws.com: anyone can register a name under it, and credentials are on. List the hosts, or set dangerouslyAllowPublicSuffixSubdomains."),
        bad(
            b -> b.allowOrigins("https://*.foo.com", "https://*.a.foo.com"),
            "warning origin-covered: origin pattern \"https://*.a.foo.com\" is included in https://*.foo.com already. Remove it."),
        bad(
            b ->
                b.allowOrigins("https://*.foo.com:*", "https://*.foo.com", "https://*.a.foo.com:*"),
            "warning origin-covered: origin pattern \"https://*.foo.com\" is included in https://*.foo.com:* already. Remove it.",
            "warning origin-covered: origin pattern \"https://*.a.foo.com:*\" is included in https://*.foo.com:* already. Remove it."),
        bad(
            b -> b.allowOrigins("https://*foo.com"),
            "error origin-invalid: origin pattern \"https://*foo.com\" is not valid: \"*\" is allowed only as the left-most label or, next to a hyphen, as a part of it. Did you mean https://*.foo.com?"),
        bad(
            b -> b.allowOrigins("https://pr-*.foo.com", "https://pr-a-*.foo.com"),
            "warning origin-covered: origin pattern \"https://pr-a-*.foo.com\" is included in https://pr-*.foo.com already. Remove it."),
        bad(
            b -> b.allowOrigins("https://app-*.vercel.app").allowCredentials(true),
            "error public-suffix-with-credentials: origin pattern \"https://app-*.vercel.app\" covers a public suffix: anyone can register a name under it, and credentials are on. List the hosts, or set dangerouslyAllowPublicSuffixSubdomains."),
        bad(
            b -> b.allowOrigins("!https://evil.foo.com"),
            "error no-origins: allowOrigins only excludes, so that no page may read anything. List the origins of your pages too, such as https://blog.foo.com.",
            "warning exclusion-unused: origin pattern \"!https://evil.foo.com\" excludes what no pattern allows. Remove it, or mend it if it was to exclude something."),
        bad(
            b -> b.allowOrigins("https://*.foo.com", "!https://evil.foo.com/"),
            "error origin-invalid: origin pattern \"!https://evil.foo.com/\" is not valid: an origin ends after host and port, without a slash or path. Did you mean !https://evil.foo.com?"),
        bad(
            b -> b.allowOrigins("https://*.foo.com", "!*"),
            "error origin-invalid: origin pattern \"!*\" is not valid: only an origin or a pattern with a host can be excluded. Write it as https://foo.com, https://*.foo.com, https://foo.com:* or *."),
        bad(
            b -> b.allowOrigins("https://*.foo.com", "!https://evil.bar.com"),
            "warning exclusion-unused: origin pattern \"!https://evil.bar.com\" excludes what no pattern allows. Remove it, or mend it if it was to exclude something."),
        bad(
            b -> b.allowOrigins("*", "!https://evil.foo.com"),
            "error exclusion-from-any: origin pattern \"!https://evil.foo.com\" excludes nobody beside *: whoever it means reads the answer under another origin. List the origins that you mean instead of *, or remove it."),
        bad(
            b -> b.allowOrigins("https://*.foo.com", FOO, "!https://foo.com:*"),
            "error origin-is-excluded: origin pattern \"https://foo.com\" never matches, because !https://foo.com:* excludes all of it. Remove one of the two."),
        bad(
            b ->
                b.allowOrigins("https://*.foo.com", "!https://*.u.foo.com", "!https://a.u.foo.com"),
            "warning origin-covered: origin pattern \"!https://a.u.foo.com\" is included in !https://*.u.foo.com already. Remove it."),
        bad(
            b -> b.allowOrigins("*", FOO),
            "warning origin-covered: origin pattern \"https://foo.com\" is included in * already. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).dangerouslyAllowInsecureOrigins(true),
            "warning switch-unused: dangerouslyAllowInsecureOrigins is set, and nothing in this policy needs it. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).dangerouslyAllowNullOrigin(true),
            "warning switch-unused: dangerouslyAllowNullOrigin is set, and nothing in this policy needs it. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).allowMethods("PUT, DELETE"),
            "error method-invalid: method \"PUT, DELETE\" is not one method name. Write each method as a value of its own, such as PUT."),
        bad(
            b -> b.allowOrigins(FOO).allowMethods("put"),
            "error method-not-normalized: method \"put\" never matches: methods are case-sensitive, and browsers send this one in upper case. Write PUT."),
        bad(
            b -> b.allowOrigins(FOO).allowMethods("patch"),
            "warning method-lower-case: method \"patch\" matches only pages that write it in exactly this case, because methods are case-sensitive. Write PATCH if that is meant."),
        bad(
            b -> b.allowOrigins(FOO).allowMethods("TRACE"),
            "error method-forbidden: method \"TRACE\" is a method that no page can send. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).allowMethods("*", "PUT"),
            "warning method-redundant: method \"PUT\" is included in * already. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).allowMethods("PUT", "PUT"),
            "warning method-redundant: method \"PUT\" is listed twice. Remove one."),
        bad(
            b -> b.allowOrigins(FOO).allowHeaders("x a"),
            "error header-invalid: request header \"x a\" is not one header name. Write each name as a value of its own, such as content-type."),
        bad(
            b -> b.allowOrigins(FOO).allowHeaders("Cookie"),
            "error header-forbidden: request header \"Cookie\" is a header that no page can set; the browser does. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).allowHeaders("Sec-Fetch-Site"),
            "error header-forbidden: request header \"Sec-Fetch-Site\" is a header that no page can set; the browser does. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).allowHeaders("Access-Control-Allow-Origin"),
            "error header-is-of-responses: request header \"Access-Control-Allow-Origin\" is a response header; this list is of headers that pages send. Remove it, or move it to exposeHeaders if scripts are to read it."),
        bad(
            b -> b.allowOrigins(FOO).allowHeaders("accept"),
            "warning header-redundant: request header \"accept\" is allowed without being listed, for all usual values. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).allowHeaders("*", "x-a"),
            "warning header-redundant: request header \"x-a\" is included in * already. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).exposeHeaders("Set-Cookie"),
            "error exposed-forbidden: response header \"Set-Cookie\" is a header that no script may read. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).exposeHeaders("Origin"),
            "error exposed-is-of-requests: response header \"Origin\" is a request header; this list is of response headers that scripts may read. Remove it, or move it to allowHeaders if pages are to send it."),
        bad(
            b -> b.allowOrigins(FOO).exposeHeaders("*").allowCredentials(true),
            "error expose-all-with-credentials: response header \"*\" is taken for a header of that name by browsers when credentials are on. List the headers."),
        bad(
            b -> b.allowOrigins(FOO).exposeHeaders("etag, age"),
            "error exposed-invalid: response header \"etag, age\" is not one header name. Write each name as a value of its own, such as etag."),
        bad(
            b -> b.allowOrigins(FOO).exposeHeaders("content-type"),
            "warning exposed-redundant: response header \"content-type\" is readable without being listed. Remove it."),
        bad(
            b -> b.allowOrigins(FOO).maxAge(Duration.ofSeconds(-1)),
            "error max-age-negative: maxAge \"-1s\" is negative. Write 0 to keep nothing."),
        bad(
            b -> b.allowOrigins(FOO).maxAge(Duration.ofMillis(1500)),
            "error max-age-fraction: maxAge \"1500ms\" is no whole number of seconds. Round it."),
        bad(
            b -> b.allowOrigins(FOO).maxAge(Duration.ofDays(2)),
            "error max-age-too-long: maxAge \"172800s\" is longer than any browser keeps a preflight's answer. Write 86400 (24h) at most."),
        bad(
            b -> b.allowOrigins(FOO).maxAge(Duration.ofDays(1)),
            "warning max-age-capped: maxAge \"86400s\" is kept whole by Firefox only; Chromium keeps an answer for 7200 seconds, WebKit for 600. Write 7200 (2h) at most."),
        bad(
            b -> b.allowOrigins(FOO).publicOrigin("https://foo.com/"),
            "error public-origin-invalid: publicOrigin \"https://foo.com/\" is not valid: an origin ends after host and port, without a slash or path. Did you mean https://foo.com?"),
        bad(
            b -> b.allowOrigins(FOO).publicOrigin("https://*.foo.com"),
            "error public-origin-invalid: publicOrigin \"https://*.foo.com\" is not one origin. Write the origin under which browsers know this server, such as https://www.foo.com."),
        bad(
            b ->
                b.allowOrigins("https://foo.com/", "null")
                    .allowMethods("put")
                    .allowHeaders("cookie")
                    .exposeHeaders("*")
                    .allowCredentials(true)
                    .maxAge(Duration.ofDays(9)),
            "error origin-invalid: origin pattern \"https://foo.com/\" is not valid: an origin ends after host and port, without a slash or path. Did you mean https://foo.com?",
            "error null-origin: origin pattern \"null\" is the origin of every sandboxed frame, and any site can make one. List the page's real origin, or set dangerouslyAllowNullOrigin.",
            "error method-not-normalized: method \"put\" never matches: methods are case-sensitive, and browsers send this one in upper case. Write PUT.",
            "error header-forbidden: request header \"cookie\" is a header that no page can set; the browser does. Remove it.",
            "error expose-all-with-credentials: response header \"*\" is taken for a header of that name by browsers when credentials are on. List the headers.",
            "error max-age-too-long: maxAge \"777600s\" is longer than any browser keeps a preflight's answer. Write 86400 (24h) at most."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void saysEverythingThatIsWrong(
      String name, Consumer<CorsPolicyBuilder> fill, List<String> messages) {
    CorsPolicyBuilder builder = CorsPolicy.builder();
    fill.accept(builder);
    assertThat(builder.problems())
        .extracting(
            p -> (p.isError() ? "error " : "warning ") + p.code().code() + ": " + p.message())
        .containsExactlyElementsOf(messages);
    if (messages.stream().anyMatch(message -> message.startsWith("error"))) {
      assertThatThrownBy(builder::build)
          .isInstanceOfSatisfying(
              InvalidPolicyException.class, e -> assertThat(e.problems()).hasSameSizeAs(messages));
    } else {
      assertThat(builder.build().warnings()).hasSameSizeAs(messages);
    }
  }

  @Test
  void everyKindOfProblemHasItsCase() {
    List<String> told =
        policies()
            .flatMap(each -> ((List<?>) each.get()[2]).stream())
            .map(String.class::cast)
            .toList();
    for (PolicyProblem.Code code : PolicyProblem.Code.values()) {
      assertThat(told)
          .as(code.code())
          .anyMatch(message -> message.contains(" " + code.code() + ": "));
    }
  }

  @Test
  void dangerHasItsSwitch() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://*.github.io", "http://foo.com", "null")
            .allowCredentials(true)
            .dangerouslyAllowPublicSuffixSubdomains(true)
            .dangerouslyAllowInsecureOrigins(true)
            .dangerouslyAllowNullOrigin(true)
            .build();
    assertThat(policy.warnings()).isEmpty();
  }

  @Test
  void aDenialNamesTheRuleThatCameNearest() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins(
                "https://blog.foo.com", "https://*.preview.foo.com", "http://localhost:3000")
            .build();
    assertThat(describe(policy, "http://blog.foo.com")).endsWith("nearest is https://blog.foo.com");
    assertThat(describe(policy, "https://blog.foo.com/"))
        .endsWith("nearest is https://blog.foo.com");
    assertThat(describe(policy, "https://BLOG.foo.com"))
        .endsWith("nearest is https://blog.foo.com");
    assertThat(describe(policy, "https://blog.foo.com:8443"))
        .endsWith("nearest is https://blog.foo.com");
    assertThat(describe(policy, "https://www.blog.foo.com"))
        .endsWith("nearest is https://blog.foo.com");
    assertThat(describe(policy, "https://preview.foo.com"))
        .endsWith("nearest is https://*.preview.foo.com");
    assertThat(describe(policy, "https://evil.com"))
        .isEqualTo(
            "origin-not-allowed: no pattern of the policy matches the origin \"https://evil.com\"");
    assertThat(describe(policy, "https://evil.com\r\nX: y"))
        .isEqualTo(
            "origin-invalid: the Origin header is not an origin as browsers write it \"https://evil.com\\u000d\\u000aX: y\"");
  }

  private static String describe(CorsPolicy policy, String origin) {
    Lines request = new Lines("GET", List.of(List.of("Origin", origin)));
    return policy.decide(request).describe(request);
  }
}
