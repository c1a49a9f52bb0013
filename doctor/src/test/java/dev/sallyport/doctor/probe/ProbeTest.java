package dev.sallyport.doctor.probe;

import static dev.sallyport.doctor.probe.Probes.ALLOW;
import static dev.sallyport.doctor.probe.Probes.PAGE;
import static dev.sallyport.doctor.probe.Probes.assertReason;
import static dev.sallyport.doctor.probe.Probes.finding;
import static dev.sallyport.doctor.probe.Probes.get;
import static dev.sallyport.doctor.probe.Probes.probe;
import static dev.sallyport.doctor.probe.Probes.put;
import static dev.sallyport.doctor.probe.Probes.run;
import static dev.sallyport.doctor.probe.Probes.sending;
import static dev.sallyport.doctor.probe.RawServer.answer;
import static dev.sallyport.doctor.probe.RawServer.answerWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.doctor.probe.ProbeResult.Verdict;
import dev.sallyport.doctor.probe.RawServer.Request;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.url.Url;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask, each with a server made so. */
class ProbeTest {
  // works in Postman or curl, not in the browser
  @Test
  void worksInCurl() {
    ProbeResult result = get(request -> answer(200));
    assertReason(result, Reason.MISSING_ALLOW_ORIGIN);
    assertThat(finding(result, "works-in-curl").what()).contains("200");
    assertThat(result.last(Kind.WITHOUT_ORIGIN).orElseThrow().sent())
        .extracting(Header::name)
        .doesNotContain("Origin");
    assertThat(result.last(Kind.ACTUAL).orElseThrow().sent()).contains(new Header("Origin", PAGE));
  }

  // "I set Access-Control-Allow-Origin in my request"
  @Test
  void allowOriginInTheRequest() {
    ProbeResult result =
        run(
            request -> answer(200),
            url -> probe(PageRequest.get(url).withHeader("Access-Control-Allow-Origin", "*")));
    assertThat(finding(result, "response-header-in-request").fixes())
        .anySatisfy(fix -> assertThat(fix).startsWith("In the page: take the header out"))
        .anySatisfy(fix -> assertThat(fix).startsWith("In the server of http://127.0.0.1"));
  }

  // the API cannot be changed
  @Test
  void theGatewayIsReadyToBeCopied() {
    ProbeResult result = run(request -> answer(200), url -> probe(put(url)));
    assertThat(finding(result, "gateway").fixes())
        .singleElement()
        .asString()
        .startsWith("sallyport serve --to http://127.0.0.1:")
        .endsWith(" --allow-origin " + PAGE + " --allow-method PUT --allow-header content-type");
  }

  // mode: "no-cors"
  @Test
  void noCorsIsNeverAFix() {
    ProbeResult result =
        run(
            request -> answer(200, ALLOW),
            url -> probe(PageRequest.get(url).withMode(RequestMode.NO_CORS)));
    assertThat(finding(result, "opaque").what()).contains("status 0, no headers, an empty body");
  }

  // preflight fails
  @ParameterizedTest
  @CsvSource({
    "401, preflight-behind-authentication",
    "403, preflight-behind-authentication",
    "404, preflight-not-routed",
    "405, preflight-method-not-allowed",
    "501, preflight-method-not-allowed",
    "302, preflight-redirected",
    "400, preflight-refused"
  })
  void preflightFails(int status, String code) {
    ProbeResult result =
        run(
            request ->
                request.isPreflight()
                    ? answer(status, ALLOW, "Location: /elsewhere", "Server: gate")
                    : answer(200, ALLOW),
            url -> probe(put(url)));
    assertReason(
        result, status == 302 ? Reason.PREFLIGHT_REDIRECT : Reason.PREFLIGHT_INVALID_STATUS);
    assertThat(finding(result, code).what()).contains("answered " + status + " by gate");
    assertThat(result.exchanges()).extracting(Exchange::kind).containsOnly(Kind.PREFLIGHT);
  }

  // preflight of an authenticated API
  @Test
  void aPreflightCarriesNoAuthorization() {
    ProbeResult result =
        run(
            request -> request.header("authorization").isEmpty() ? answer(401) : answer(200, ALLOW),
            url -> probe(PageRequest.get(url).withHeader("Authorization", "Bearer hush")));
    assertThat(finding(result, "preflight-behind-authentication").what())
        .contains("never carries cookies nor Authorization");
    assertThat(result.exchanges().get(0).sent())
        .extracting(Header::name)
        .doesNotContain("Authorization")
        .contains("Access-Control-Request-Headers");
    assertThat(result.last(Kind.WITHOUT_ORIGIN).orElseThrow().sent())
        .contains(new Header("Authorization", "Bearer hush"));
    finding(result, "works-in-curl");
    assertThat(String.join("\n", ProbeText.lines(result))).doesNotContain("hush");
  }

  // wildcard with credentials
  @Test
  void wildcardWithCredentials() {
    ProbeResult result =
        run(
            request -> answer(200, "Access-Control-Allow-Origin: *"),
            url -> probe(PageRequest.get(url).withCredentials(CredentialsMode.INCLUDE)));
    assertReason(result, Reason.WILDCARD_WITH_CREDENTIALS);
    assertThat(finding(result, "wildcard-with-credentials").fixes())
        .singleElement()
        .asString()
        .contains(ALLOW, "Vary: Origin");
  }

  // several origins
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Access-Control-Allow-Origin: https://a.com, https://203.0.113.7 | with commas",
        "Access-Control-Allow-Origin: https://a.com https://203.0.113.7 | with blanks",
        "Access-Control-Allow-Origin: * ; Access-Control-Allow-Origin: * | stands there 2 times",
      })
  void severalOrigins(String lines, String how) {
    ProbeResult result = get(request -> answer(200, lines.split(" ; ", -1)));
    assertReason(result, Reason.MULTIPLE_ALLOW_ORIGIN);
    assertThat(finding(result, "several-origins").what()).contains(how);
  }

  // header not allowed
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content-type | lacks authorization, x-token.",
        "* | lacks authorization; * does not cover Authorization.",
        "Authorization, X-Token | lacks content-type.",
      })
  void headersNotAllowed(String allowed, String what) {
    ProbeResult result =
        run(
            request ->
                answer(
                    200,
                    ALLOW,
                    "Access-Control-Allow-Methods: PUT",
                    "Access-Control-Allow-Headers: " + allowed),
            url ->
                new ProbeRequest(
                    Url.parse(PAGE + "/"),
                    false,
                    List.of(),
                    put(url).withHeader("Authorization", "Bearer hush").withHeader("X-Token", "1"),
                    Profile.STANDARD,
                    false,
                    Duration.ofSeconds(5)));
    assertReason(result, Reason.HEADER_NOT_ALLOWED);
    assertThat(finding(result, "headers-not-allowed").what()).endsWith(what);
  }

  // OPTIONS is fine, still blocked
  @Test
  void headersOnlyOnThePreflight() {
    ProbeResult result =
        run(
            request ->
                request.isPreflight()
                    ? answer(204, ALLOW, "Access-Control-Allow-Headers: x-token")
                    : answer(200),
            url -> probe(PageRequest.get(url).withHeader("X-Token", "1")));
    assertReason(result, Reason.MISSING_ALLOW_ORIGIN);
    finding(result, "actual-without-headers");
  }

  // "why this OPTIONS, can I stop it"
  @Test
  void whyOptions() {
    ProbeResult result =
        run(
            request ->
                answer(
                    204,
                    ALLOW,
                    "Access-Control-Allow-Methods: PUT",
                    "Access-Control-Allow-Headers: content-type",
                    "Access-Control-Max-Age: 600"),
            url -> probe(put(url)));
    assertThat(finding(result, "why-preflight").what())
        .contains("the method PUT", "the headers content-type", "kept for 600 seconds");
  }

  // cookies are not set or sent
  @Test
  void cookies() {
    String allow = "Access-Control-Allow-Credentials: true";
    ProbeResult result =
        run(
            request ->
                answer(
                    200,
                    ALLOW,
                    allow,
                    "Set-Cookie: a=1",
                    "Set-Cookie: b=2; SameSite=None; Secure; Partitioned",
                    "Set-Cookie: c=3; SameSite=None",
                    "Set-Cookie: d=4; SameSite=Strict; Secure",
                    "Set-Cookie: e=5; SameSite=None; Secure; Domain=foo.com"),
            url -> probe(PageRequest.get(url).withCredentials(CredentialsMode.INCLUDE)));
    assertThat(result.cookies())
        .extracting(CookieVerdict::name, CookieVerdict::stored)
        .containsExactly(
            tuple("a", false),
            tuple("b", true),
            tuple("c", false),
            tuple("d", false),
            tuple("e", false));
    assertThat(finding(result, "cookies-not-kept").fixes()).hasSize(4);
    assertThat(String.join("\n", ProbeText.lines(result))).contains("a=***").doesNotContain("a=1");
  }

  @Test
  void cookiesWithoutCredentials() {
    ProbeResult result =
        get(request -> answer(200, ALLOW, "Set-Cookie: a=1; SameSite=None; Secure"));
    assertThat(finding(result, "cookies-not-kept").fixes())
        .singleElement()
        .asString()
        .contains("credentials: \"include\"");
  }

  // cannot read a response header
  @Test
  void hiddenHeaders() {
    ProbeResult result =
        get(
            request ->
                answer(
                    200,
                    ALLOW,
                    "X-Total: 3",
                    "ETag: \"7\"",
                    "X-Page: 1",
                    "Access-Control-Expose-Headers: x-page"));
    assertThat(result.outcome().visibleHeaders()).contains("x-page").doesNotContain("etag");
    assertThat(finding(result, "hidden-headers").what()).contains("etag, x-total");
  }

  // fails only sometimes, after caching
  @Test
  void missingVary() {
    ProbeResult result =
        get(
            request ->
                request.origin().isEmpty()
                    ? answer(200)
                    : answer(200, "Access-Control-Allow-Origin: " + request.origin()));
    assertThat(result.verdict()).isEqualTo(Verdict.ALLOWED);
    assertThat(finding(result, "missing-vary").kind()).isEqualTo(Finding.Kind.RISK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Vary: Accept; Vary: origin", "Vary: Accept-Encoding, Origin", "Vary: *"})
  void varyIsThere(String vary) {
    ProbeResult result =
        get(
            request ->
                answer(
                    200,
                    "Access-Control-Allow-Origin: " + request.origin(),
                    vary.contains(";") ? vary.replace("; ", "\r\n") : vary));
    assertThat(result.findings()).extracting(Finding::code).doesNotContain("missing-vary");
  }

  // page from a file
  @Test
  void pageFromAFile() {
    ProbeResult result =
        run(
            request -> answer(200, ALLOW),
            url -> probe(PageRequest.get(url), Url.parse("file:///home/me/index.html")));
    assertReason(result, Reason.ALLOW_ORIGIN_MISMATCH);
    assertThat(finding(result, "origin-null").what()).contains("Origin: null");
    assertThat(result.last(Kind.ACTUAL).orElseThrow().sent())
        .contains(new Header("Origin", "null"));
  }

  // public page calling localhost or a private address
  @Test
  void localNetwork() {
    ProbeResult result = get(request -> answer(200, ALLOW));
    assertThat(finding(result, "local-network").what()).contains("internet", "this machine");
  }

  // localhost against 127.0.0.1, other port, http against https
  @Test
  void anotherOrigin() {
    ProbeResult result =
        run(
            request -> answer(200),
            url -> probe(PageRequest.get(url), Url.parse("https://localhost:3000/")));
    assertThat(finding(result, "another-origin").what())
        .contains("scheme (https, http)", "host (localhost, 127.0.0.1)", "port (3000, ")
        .endsWith("That both are this machine does not matter.");
    assertThat(result.findings()).extracting(Finding::code).doesNotContain("local-network");
  }

  // what is sent

  @Test
  void unsafeMethodsAreSentOnlyWhenAsked() {
    Function<Request, String> answers =
        request ->
            answer(
                200,
                ALLOW,
                "Access-Control-Allow-Methods: PUT",
                "Access-Control-Allow-Headers: content-type");
    try (RawServer server = RawServer.start(answers)) {
      ProbeResult result = Probe.run(probe(put(server.url("/"))));
      assertThat(result.verdict()).isEqualTo(Verdict.NOT_SENT);
      finding(result, "not-sent");
      assertThat(server.requests()).extracting(Request::method).containsExactly("OPTIONS");

      result = Probe.run(sending(probe(put(server.url("/")))));
      assertThat(result.verdict()).isEqualTo(Verdict.ALLOWED);
      assertThat(server.requests())
          .extracting(Request::method)
          .containsExactly("OPTIONS", "OPTIONS", "PUT");
    }
  }

  @Test
  void aSimplePostIsNotSentEither() {
    try (RawServer server = RawServer.start(request -> answer(200, ALLOW))) {
      ProbeResult result = Probe.run(probe(PageRequest.get(server.url("/")).withMethod("POST")));
      assertThat(result.verdict()).isEqualTo(Verdict.NOT_SENT);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void thePreflightIsTheBrowsers() {
    try (RawServer server = RawServer.start(request -> answer(204, ALLOW))) {
      Probe.run(probe(put(server.url("/a|b?c={d}"))));
      Request preflight = server.requests().get(0);
      assertThat(preflight.isPreflight()).isTrue();
      assertThat(preflight.path()).isEqualTo("/a%7Cb?c=%7Bd%7D");
      assertThat(preflight.header("origin")).contains(PAGE);
      assertThat(preflight.header("access-control-request-method")).contains("PUT");
      assertThat(preflight.header("access-control-request-headers")).contains("content-type");
      assertThat(preflight.header("sec-fetch-mode")).contains("cors");
      assertThat(preflight.header("sec-fetch-site")).contains("cross-site");
      assertThat(preflight.header("referer")).contains(PAGE + "/");
      assertThat(preflight.header("upgrade")).isEmpty();
      assertThat(preflight.header("content-type")).isEmpty();
    }
  }

  @Test
  void linesOfOneNameStayLines() {
    ProbeResult result =
        get(request -> answer(200, ALLOW, "X-Line: b", "X-Line: a", "Vary: Origin"));
    assertThat(result.lastAnswer(Kind.ACTUAL).map(answer -> answer.all("x-line")))
        .isEqualTo(Optional.of(List.of("b", "a")));
  }

  // what is shown

  @Test
  void bodiesAreReadToABound() {
    ProbeResult result = get(request -> answerWith(200, "x".repeat(1_000_000), ALLOW));
    assertThat(result.lastAnswer(Kind.ACTUAL).orElseThrow().text()).hasSize(64 * 1024);
  }

  @Test
  void nothingThatATerminalObeysAndNoSecretIsShown() {
    try (RawServer server =
        RawServer.start(
            request ->
                answer(
                    200,
                    "X-Bell: \u009b31m\u0085",
                    "Server: <script>alert(1)</script>",
                    "Set-Cookie: session=hush; Secure"))) {
      ProbeResult result =
          Probe.run(
              probe(
                  PageRequest.get(server.url("/"))
                      .withHeader("Authorization", "Bearer hush")
                      .withHeader("X-Api-Key", "hush")));
      ProbeResult plain = Probe.run(probe(PageRequest.get(server.url("/"))));
      for (ProbeResult one : List.of(result, plain)) {
        String text = String.join("\n", ProbeText.lines(one));
        String html = ProbeHtml.page(one);
        assertThat(text + html).doesNotContain("hush", "\u009b", "\u0085");
        assertThat(text.chars().filter(c -> Character.isISOControl(c) && c != '\n')).isEmpty();
        assertThat(html).doesNotContain("<script>");
      }
    }
  }
}
