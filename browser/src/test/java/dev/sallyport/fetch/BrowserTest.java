package dev.sallyport.fetch;

import static dev.sallyport.fetch.Scripted.ALLOW;
import static dev.sallyport.fetch.Scripted.ANY;
import static dev.sallyport.fetch.Scripted.API;
import static dev.sallyport.fetch.Scripted.CREDENTIALS;
import static dev.sallyport.fetch.Scripted.OWN;
import static dev.sallyport.fetch.Scripted.PAGE;
import static dev.sallyport.fetch.Scripted.actual;
import static dev.sallyport.fetch.Scripted.answer;
import static dev.sallyport.fetch.Scripted.get;
import static dev.sallyport.fetch.Scripted.include;
import static dev.sallyport.fetch.Scripted.preflight;
import static dev.sallyport.fetch.Scripted.put;
import static dev.sallyport.fetch.Scripted.said;
import static dev.sallyport.fetch.Scripted.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.url.Url;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of requests by the standard: a request, the answers in turn, and the outcome. */
class BrowserTest {
  private static Arguments row(
      String name,
      PageRequest request,
      String outcome,
      String wire,
      RecordedExchange... exchanges) {
    return Arguments.of(name, request, outcome, wire, List.of(exchanges));
  }

  static Stream<Arguments> cases() {
    String me = "https://blog.foo.com";
    String sent = "GET " + me;
    return Stream.of(
        // The CORS check.
        row("no Allow-Origin", get(API), "missing-allow-origin", sent, actual(200)),
        row("the origin", get(API), "cors 200 []", sent, actual(200, ALLOW)),
        row("any origin", get(API), "cors 200 []", sent, actual(200, ANY)),
        row("an error is read, too", get(API), "cors 500 []", sent, actual(500, ANY)),
        row(
            "another origin",
            get(API),
            "allow-origin-mismatch",
            sent,
            actual(200, "Access-Control-Allow-Origin: https://shop.foo.com")),
        row(
            "http for https",
            get(API),
            "allow-origin-mismatch",
            sent,
            actual(200, "Access-Control-Allow-Origin: http://blog.foo.com")),
        row(
            "null",
            get(API),
            "allow-origin-mismatch",
            sent,
            actual(200, "Access-Control-Allow-Origin: null")),
        row("a slash", get(API), "allow-origin-mismatch", sent, actual(200, ALLOW + "/")),
        row(
            "no scheme",
            get(API),
            "invalid-allow-origin",
            sent,
            actual(200, "Access-Control-Allow-Origin: blog.foo.com")),
        row(
            "empty",
            get(API),
            "invalid-allow-origin",
            sent,
            actual(200, "Access-Control-Allow-Origin:")),
        row(
            "a list",
            get(API),
            "multiple-allow-origin",
            sent,
            actual(200, ALLOW + ", https://shop.foo.com")),
        row("two lines", get(API), "multiple-allow-origin", sent, actual(200, ALLOW, ALLOW)),
        row(
            "blanks around it",
            get(API),
            "cors 200 []",
            sent,
            actual(200, "Access-Control-Allow-Origin:  https://blog.foo.com ")),
        row(
            "upper case",
            get(API),
            "allow-origin-mismatch",
            sent,
            actual(200, "Access-Control-Allow-Origin: HTTPS://BLOG.FOO.COM")),
        // Credentials.
        row(
            "* with credentials",
            include(get(API)),
            "wildcard-with-credentials",
            sent,
            actual(200, ANY, CREDENTIALS)),
        row(
            "no Allow-Credentials",
            include(get(API)),
            "credentials-not-allowed",
            sent,
            actual(200, ALLOW)),
        row(
            "TRUE",
            include(get(API)),
            "credentials-not-allowed",
            sent,
            actual(200, ALLOW, "Access-Control-Allow-Credentials: TRUE")),
        row(
            "true twice",
            include(get(API)),
            "credentials-not-allowed",
            sent,
            actual(200, ALLOW, CREDENTIALS, CREDENTIALS)),
        row("credentials", include(get(API)), "cors 200 []", sent, actual(200, ALLOW, CREDENTIALS)),
        row(
            "omit and *",
            get(API).withCredentials(CredentialsMode.OMIT),
            "cors 200 []",
            sent,
            actual(200, ANY)),
        // What a script sees.
        row(
            "safelisted headers",
            get(API),
            "cors 200 [content-type, expires]",
            sent,
            actual(200, ANY, "Content-Type: a", "Expires: b", "ETag: c")),
        row(
            "exposed",
            get(API),
            "cors 200 [etag]",
            sent,
            actual(200, ANY, "ETag: c", "X-A: d", "Access-Control-Expose-Headers: ETAG, x-none")),
        row(
            "expose *",
            get(API),
            "cors 200 [etag, access-control-expose-headers, access-control-allow-origin]",
            sent,
            actual(200, "ETag: c", "Set-Cookie: a=b", "Access-Control-Expose-Headers: *", ANY)),
        row(
            "expose * with credentials",
            include(get(API)),
            "cors 200 []",
            sent,
            actual(200, ALLOW, CREDENTIALS, "ETag: c", "Access-Control-Expose-Headers: *")),
        row(
            "cookies never",
            get(API),
            "cors 200 []",
            sent,
            actual(200, ANY, "Set-Cookie: a=b", "Access-Control-Expose-Headers: set-cookie")),
        row(
            "an invalid list exposes nothing",
            get(API),
            "cors 200 []",
            sent,
            actual(
                200,
                ANY,
                "ETag: c",
                "Access-Control-Expose-Headers: etag",
                "Access-Control-Expose-Headers: a b")),
        row(
            "the own origin, but for cookies",
            get(OWN),
            "basic 200 [etag, x-a]",
            "GET -",
            actual(200, "ETag: c", "X-A: d", "Set-Cookie: a=b")),
        // Modes.
        row("no-cors", get(API).withMode(RequestMode.NO_CORS), "opaque 0 []", "GET -", actual(403)),
        row(
            "no-cors POST",
            get(API).withMode(RequestMode.NO_CORS).withMethod("POST"),
            "opaque 0 []",
            "POST " + me,
            actual(200)),
        row("no-cors PUT", put(API).withMode(RequestMode.NO_CORS), "method-not-safelisted", ""),
        row(
            "no-cors, redirect error",
            get(API).withMode(RequestMode.NO_CORS).withRedirect(RedirectMode.ERROR),
            "no-cors-redirect-mode",
            ""),
        row(
            "same-origin mode elsewhere",
            get(API).withMode(RequestMode.SAME_ORIGIN),
            "disallowed-by-mode",
            ""),
        row("navigate", get(API).withMode(RequestMode.NAVIGATE), "mode-not-for-scripts", ""),
        row(
            "kept for its origin",
            get(API).withMode(RequestMode.NO_CORS),
            "resource-policy-same-origin",
            "GET -",
            actual(200, "Cross-Origin-Resource-Policy: same-origin")),
        row(
            "kept for its site",
            get(API).withMode(RequestMode.NO_CORS),
            "resource-policy-same-site",
            "GET -",
            actual(200, "Cross-Origin-Resource-Policy: same-site")),
        row(
            "of the same site",
            get("https://api.foo.com/").withMode(RequestMode.NO_CORS),
            "opaque 0 []",
            "GET -",
            actual(200, "Cross-Origin-Resource-Policy: same-site")),
        row(
            "a word that is none",
            get(API).withMode(RequestMode.NO_CORS),
            "opaque 0 []",
            "GET -",
            actual(200, "Cross-Origin-Resource-Policy: Same-Origin")),
        row(
            "CORS does not ask for it",
            get(API),
            "cors 200 []",
            sent,
            actual(200, ANY, "Cross-Origin-Resource-Policy: same-origin")),
        // The Request constructor.
        row("no URL", get("https://a b/"), "url-invalid", ""),
        row("user in the URL", get("https://u:p@api.bar.com/"), "url-with-credentials", ""),
        row("a relative URL", get("../x"), "basic 200 []", "GET -", actual(200)),
        row("TRACE", get(API).withMethod("trace"), "method-forbidden", ""),
        row("no method", get(API).withMethod("G T"), "method-invalid", ""),
        row("no header name", get(API).withHeader("a b", "c"), "header-name-invalid", ""),
        row("a line end", get(API).withHeader("a", "b\nc"), "header-value-invalid", ""),
        row(
            "no referrer policy",
            get(API).withReferrerPolicy("never"),
            "referrer-policy-invalid",
            ""),
        row(
            "forbidden headers are left out",
            get(API).withHeader("Cookie", "a").withHeader("Sec-A", "b").withHeader("Host", "c"),
            "cors 200 []",
            sent,
            actual(200, ANY)),
        row(
            "an override of a forbidden method",
            get(API).withHeader("X-HTTP-Method-Override", "PUT, trace"),
            "cors 200 []",
            sent,
            actual(200, ANY)),
        row(
            "an override in quotes is one",
            get(API).withHeader("X-HTTP-Method-Override", "\"a, trace, b\""),
            "preflight-missing-allow-origin",
            "OPTIONS GET x-http-method-override " + me,
            preflight(204)),
        row("get becomes GET", get(API).withMethod("get"), "cors 200 []", sent, actual(200, ANY)),
        // Before anything is sent.
        row("a bad port", get("https://api.bar.com:6000/"), "bad-port", ""),
        row("mixed content", get("http://api.bar.com/"), "mixed-content", ""),
        row(
            "loopback is none",
            get("http://127.0.0.1:8080/"),
            "cors 200 []",
            sent,
            actual(200, ANY)),
        row("ftp", get("ftp://api.bar.com/"), "scheme-not-http", ""),
        row("data", get("data:text/html,x"), "basic 200 [content-type]", ""),
        row("data without a comma", get("data:text/html"), "no-response", ""),
        row("data in base64", get("data:;base64,QQ=="), "basic 200 [content-type]", ""),
        row("data that is no base64", get("data:;base64,@"), "no-response", ""),
        row("about:blank", get("about:blank").withMode(RequestMode.NO_CORS), "opaque 0 []", ""),
        row("about:blank by CORS", get("about:blank"), "scheme-not-http", ""),
        row(
            "about:srcdoc",
            get("about:srcdoc").withMode(RequestMode.NO_CORS),
            "scheme-not-http",
            ""),
        row("nothing answers", get(API), "no-response", sent),
        // Preflights.
        row(
            "PUT",
            put(API),
            "cors 200 []",
            "OPTIONS PUT - " + me + "; PUT " + me,
            preflight(204, ANY, "Access-Control-Allow-Methods: PUT"),
            actual(200, ANY)),
        row(
            "patch is not upper-cased",
            get(API).withMethod("patch"),
            "method-not-allowed",
            "OPTIONS patch - " + me,
            preflight(204, ANY, "Access-Control-Allow-Methods: PATCH")),
        row(
            "no method allowed",
            put(API),
            "method-not-allowed",
            "OPTIONS PUT - " + me,
            preflight(204, ANY)),
        row(
            "any method",
            put(API),
            "cors 200 []",
            "OPTIONS PUT - " + me + "; PUT " + me,
            preflight(200, ANY, "Access-Control-Allow-Methods: *"),
            actual(200, ANY)),
        row(
            "any method with credentials",
            include(put(API)),
            "method-not-allowed",
            "OPTIONS PUT - " + me,
            preflight(200, ALLOW, CREDENTIALS, "Access-Control-Allow-Methods: *")),
        row(
            "HEAD needs none",
            get(API).withMethod("HEAD"),
            "cors 200 []",
            "HEAD " + me,
            actual(200, ANY)),
        row(
            "JSON",
            get(API).withMethod("POST").withHeader("Content-Type", "application/json"),
            "cors 200 []",
            "OPTIONS POST content-type " + me + "; POST " + me,
            preflight(204, ANY, "Access-Control-Allow-Headers: Content-Type"),
            actual(200, ANY)),
        row(
            "a form needs none",
            get(API).withMethod("POST").withHeader("Content-Type", "text/plain"),
            "cors 200 []",
            "POST " + me,
            actual(200, ANY)),
        row(
            "names sorted, lower, once",
            get(API).withHeader("X-B", "1").withHeader("x-a", "2").withHeader("X-B", "3"),
            "cors 200 []",
            "OPTIONS GET x-a,x-b " + me + "; GET " + me,
            preflight(204, ANY, "Access-Control-Allow-Headers: X-A, x-b"),
            actual(200, ANY)),
        row(
            "a header missing",
            get(API).withHeader("x-a", "1").withHeader("x-b", "2"),
            "header-not-allowed",
            "OPTIONS GET x-a,x-b " + me,
            preflight(204, ANY, "Access-Control-Allow-Headers: x-a")),
        row(
            "any header",
            get(API).withHeader("x-a", "1"),
            "cors 200 []",
            "OPTIONS GET x-a " + me + "; GET " + me,
            preflight(204, ANY, "Access-Control-Allow-Headers: *"),
            actual(200, ANY)),
        row(
            "any but Authorization",
            get(API).withHeader("Authorization", "1"),
            "header-not-allowed",
            "OPTIONS GET authorization " + me,
            preflight(204, ANY, "Access-Control-Allow-Headers: *")),
        row(
            "Authorization listed",
            get(API).withHeader("Authorization", "1"),
            "cors 200 []",
            "OPTIONS GET authorization " + me + "; GET " + me,
            preflight(204, ANY, "Access-Control-Allow-Headers: *, authorization"),
            actual(200, ANY)),
        row(
            "status 404",
            put(API),
            "preflight-invalid-status",
            "OPTIONS PUT - " + me,
            preflight(404, ANY, "Access-Control-Allow-Methods: PUT")),
        row(
            "status 401, no headers",
            put(API),
            "preflight-missing-allow-origin",
            "OPTIONS PUT - " + me,
            preflight(401)),
        row(
            "status 302",
            put(API),
            "preflight-redirect",
            "OPTIONS PUT - " + me,
            preflight(302, ANY, "Location: /login")),
        row(
            "status 299",
            put(API),
            "cors 200 []",
            "OPTIONS PUT - " + me + "; PUT " + me,
            preflight(299, ANY, "Access-Control-Allow-Methods: PUT"),
            actual(200, ANY)),
        row(
            "* with credentials in it",
            include(put(API)),
            "preflight-wildcard-with-credentials",
            "OPTIONS PUT - " + me,
            preflight(204, ANY)),
        row(
            "no credentials in it",
            include(put(API)),
            "preflight-credentials-not-allowed",
            "OPTIONS PUT - " + me,
            preflight(204, ALLOW)),
        row(
            "another origin in it",
            put(API),
            "preflight-allow-origin-mismatch",
            "OPTIONS PUT - " + me,
            preflight(204, "Access-Control-Allow-Origin: https://a.b")),
        row(
            "a list in it",
            put(API),
            "preflight-multiple-allow-origin",
            "OPTIONS PUT - " + me,
            preflight(204, ALLOW + ", *")),
        row(
            "no origin in it",
            put(API),
            "preflight-invalid-allow-origin",
            "OPTIONS PUT - " + me,
            preflight(204, "Access-Control-Allow-Origin: yes")),
        row("nobody answers it", put(API), "preflight-no-response", "OPTIONS PUT - " + me),
        row(
            "no list of methods",
            put(API),
            "allow-methods-invalid",
            "OPTIONS PUT - " + me,
            preflight(204, ANY, "Access-Control-Allow-Methods: PUT DELETE")),
        row(
            "no list of headers",
            put(API),
            "allow-headers-invalid",
            "OPTIONS PUT - " + me,
            preflight(
                204,
                ANY,
                "Access-Control-Allow-Methods: PUT",
                "Access-Control-Allow-Headers: a b")),
        row(
            "fine, and then no headers",
            put(API),
            "missing-allow-origin",
            "OPTIONS PUT - " + me + "; PUT " + me,
            preflight(204, ANY, "Access-Control-Allow-Methods: PUT"),
            actual(200)),
        row(
            "more than 1,024 bytes",
            manyBytes(),
            "preflight-missing-allow-origin",
            "OPTIONS GET accept,accept-language,content-language " + me,
            preflight(204)),
        // Redirects.
        row(
            "to another origin",
            get(OWN),
            "cors 200 []",
            "GET -; GET " + me,
            actual(302, "Location: " + API),
            actual(200, ANY)),
        row(
            "closed in between",
            get(API),
            "missing-allow-origin",
            sent,
            actual(302, "Location: https://c.baz.org/")),
        row(
            "and on",
            get(API),
            "cors 200 []",
            sent + "; GET null",
            actual(302, "Location: https://c.baz.org/", ANY),
            actual(200, "Access-Control-Allow-Origin: null")),
        row(
            "and on, to the page's origin only",
            get(API),
            "allow-origin-mismatch",
            sent + "; GET null",
            actual(302, "Location: https://c.baz.org/", ANY),
            actual(200, ALLOW)),
        row(
            "and home",
            get(API),
            "cors 200 []",
            sent + "; GET null",
            actual(302, "Location: " + OWN, ANY),
            actual(200, ANY)),
        row(
            "POST becomes GET on 302",
            get(API).withMethod("POST"),
            "cors 200 []",
            "POST " + me + "; GET " + me,
            actual(302, "Location: /b", ANY),
            actual(200, ANY)),
        row(
            "POST stays on 307",
            get(API).withMethod("POST"),
            "cors 200 []",
            "POST " + me + "; POST " + me,
            actual(307, "Location: /b", ANY),
            actual(200, ANY)),
        row(
            "HEAD stays on 303",
            get(API).withMethod("HEAD"),
            "cors 200 []",
            "HEAD " + me + "; HEAD " + me,
            actual(303, "Location: /b", ANY),
            actual(200, ANY)),
        row(
            "PUT becomes GET on 303",
            put(OWN),
            "basic 200 []",
            "PUT " + me + "; GET -",
            actual(303, "Location: /b"),
            actual(200)),
        row(
            "user in Location, elsewhere",
            get(OWN),
            "redirect-with-credentials",
            "GET -",
            actual(302, "Location: https://u:p@api.bar.com/")),
        row(
            "user in Location, within CORS",
            get(API),
            "redirect-with-credentials",
            sent,
            actual(302, "Location: https://u:p@api.bar.com/", ANY)),
        row(
            "user in Location, at home",
            get(OWN),
            "basic 200 []",
            "GET -; GET -",
            actual(302, "Location: https://u:p@blog.foo.com/"),
            actual(200)),
        row(
            "no URL in Location",
            get(OWN),
            "redirect-location-invalid",
            "GET -",
            actual(302, "Location: https://a b/")),
        row(
            "two Locations",
            get(OWN),
            "redirect-location-invalid",
            "GET -",
            actual(302, "Location: /a", "Location: /b")),
        row(
            "to ftp",
            get(OWN),
            "redirect-scheme-not-http",
            "GET -",
            actual(302, "Location: ftp://a.b/")),
        row("without Location", get(OWN), "basic 302 []", "GET -", actual(302)),
        row(
            "mode error",
            get(OWN).withRedirect(RedirectMode.ERROR),
            "redirect-mode-error",
            "GET -",
            actual(302, "Location: /b")),
        row(
            "mode manual",
            get(OWN).withRedirect(RedirectMode.MANUAL),
            "opaqueredirect 0 []",
            "GET -",
            actual(302, "Location: /b")),
        row("300 is none", get(OWN), "basic 300 [location]", "GET -", actual(300, "Location: /b")),
        row(
            "out of same-origin",
            get(OWN).withMode(RequestMode.SAME_ORIGIN),
            "disallowed-by-mode",
            "GET -",
            actual(302, "Location: " + API)),
        row(
            "Authorization is left behind",
            get(OWN).withHeader("Authorization", "a"),
            "cors 200 []",
            "GET -; GET " + me,
            actual(302, "Location: " + API),
            actual(200, ANY)),
        row(
            "21 redirects",
            get(OWN),
            "redirect-too-many",
            "GET -; ".repeat(21).replaceFirst("; $", ""),
            circle()),
        row(
            "Referrer-Policy on the way",
            get(OWN).withMode(RequestMode.NO_CORS).withMethod("POST"),
            "opaque 0 []",
            "POST " + me + "; POST null",
            actual(307, "Location: " + API, "Referrer-Policy: never, no-referrer"),
            actual(200)),
        row(
            "no-referrer",
            get(API)
                .withMode(RequestMode.NO_CORS)
                .withMethod("POST")
                .withReferrerPolicy("no-referrer"),
            "opaque 0 []",
            "POST null",
            actual(200)),
        row(
            "no-referrer changes no CORS",
            get(API).withReferrerPolicy("no-referrer"),
            "cors 200 []",
            sent,
            actual(200, ANY)));
  }

  private static PageRequest manyBytes() {
    PageRequest request = get(API);
    for (int i = 0; i < 3; i++) {
      request =
          request
              .withHeader("Accept", "a".repeat(120))
              .withHeader("Accept-Language", "a".repeat(120))
              .withHeader("Content-Language", "a".repeat(120));
    }
    return request;
  }

  private static RecordedExchange[] circle() {
    RecordedExchange[] circle = new RecordedExchange[22];
    Arrays.fill(circle, actual(302, "Location: /own"));
    return circle;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theStandard(
      String name,
      PageRequest request,
      String expected,
      String wire,
      List<RecordedExchange> exchanges) {
    Outcome outcome = new Browser(Profile.STANDARD).fetch(PAGE, request, new Recording(exchanges));
    assertThat(said(outcome)).as(name).isEqualTo(expected);
    assertThat(wire(outcome)).as(name).isEqualTo(wire);
    assertThat(outcome.trace()).isNotEmpty();
    assertThat(outcome.trace()).allMatch(step -> step.anchor().startsWith("https://"));
  }

  @Test
  void aRecordingIsTakenInTurn() {
    RecordedExchange other =
        new RecordedExchange(
            false, Optional.of(Url.parse("https://u@api.bar.com/b#c")), answer(201, ANY));
    Recording recording = new Recording(List.of(other, actual(202, ANY), actual(203, ANY)));
    Browser browser = new Browser(Profile.STANDARD);
    assertThat(said(browser.fetch(PAGE, get(API), recording))).isEqualTo("cors 202 []");
    assertThat(said(browser.fetch(PAGE, get("https://api.bar.com/b#d"), recording)))
        .isEqualTo("cors 201 []");
    assertThat(said(browser.fetch(PAGE, get("https://api.bar.com/b"), recording)))
        .isEqualTo("cors 203 []");
    assertThat(said(browser.fetch(PAGE, get(API), recording))).isEqualTo("no-response");
  }

  @Test
  void aPageWithoutATupleHasTheOriginNull() {
    Outcome outcome =
        new Browser(Profile.STANDARD)
            .fetch(
                Url.parse("file:///home/me/page.html"),
                get(API),
                new Recording(List.of(actual(200, "Access-Control-Allow-Origin: null"))));
    assertThat(said(outcome)).isEqualTo("cors 200 []");
    assertThat(wire(outcome)).isEqualTo("GET null");
  }
}
