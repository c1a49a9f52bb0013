package dev.sallyport.doctor.probe;

import static dev.sallyport.doctor.probe.Probes.PAGE;
import static dev.sallyport.doctor.probe.Probes.assertReason;
import static dev.sallyport.doctor.probe.Probes.finding;
import static dev.sallyport.doctor.probe.Probes.get;
import static dev.sallyport.doctor.probe.Probes.probe;
import static dev.sallyport.doctor.probe.Probes.run;
import static dev.sallyport.doctor.probe.RawServer.answer;
import static dev.sallyport.doctor.probe.RawServer.answerWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.doctor.probe.ProbeResult.Verdict;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.url.Url;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks like CORS and is none: each with a server made so. */
class NotCorsTest {
  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ProbeResult result = Probe.run(probe(PageRequest.get("http://127.0.0.1:" + port + "/")));
    assertReason(result, Reason.NO_RESPONSE);
    assertThat(result.findings().get(0).code()).isEqualTo("refused");
  }

  @Test
  void noSuchName() {
    ProbeResult result = Probe.run(probe(PageRequest.get("https://no-such-name.invalid/")));
    assertThat(result.findings().get(0).code()).isEqualTo("dns");
  }

  @Test
  void plainHttpWhereTlsIsWanted() {
    try (RawServer server = RawServer.start(request -> answer(200))) {
      ProbeResult result = Probe.run(probe(PageRequest.get(server.secureUrl("/"))));
      assertThat(result.findings().get(0).code()).isEqualTo("tls-plain-http");
    }
  }

  @Test
  void noAnswerInTime() {
    CountDownLatch never = new CountDownLatch(1);
    ProbeResult result =
        run(
            request -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "";
            },
            url ->
                new ProbeRequest(
                    Url.parse(PAGE + "/"),
                    false,
                    List.of(),
                    PageRequest.get(url),
                    Profile.CHROMIUM,
                    false,
                    Duration.ofMillis(300)));
    never.countDown();
    assertThat(result.findings().get(0).code()).isEqualTo("timeout");
  }

  @ParameterizedTest
  @CsvSource({"'', closed", "'nonsense\r\n\r\n', not-http"})
  void noHttp(String bytes, String code) {
    ProbeResult result = get(request -> bytes);
    assertThat(result.findings().get(0).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "503", "413", "429"})
  void errorsWithoutHeaders(int status) {
    ProbeResult result = get(request -> answer(status, "Server: nginx"));
    assertReason(result, Reason.MISSING_ALLOW_ORIGIN);
    assertThat(finding(result, "error-without-headers").what())
        .contains("the error " + status + " by nginx");
    assertThat(result.findings().get(0).kind()).isEqualTo(Finding.Kind.NOT_CORS);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/photos/, redirect-trailing-slash",
    "/login?next=/v1, redirect-to-login",
    "https://127.0.0.1:1/v1/photos, redirect-to-https",
    "https://sso.203.0.113.7.invalid/start, redirect-to-login",
  })
  void redirects(String location, String code) {
    ProbeResult result =
        get(
            request ->
                request.path().equals("/v1/photos")
                    ? answer(301, "Location: " + location)
                    : answer(200));
    assertThat(result.verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(result.findings().stream().map(Finding::code)).contains(code);
  }

  @Test
  void aLoginPageInsteadOfTheApi() {
    ProbeResult result =
        get(
            request ->
                answerWith(
                    200, "<form><input name=p type=password></form>", "Content-Type: text/html"));
    finding(result, "login-page");
  }

  @Test
  void challengePage() {
    ProbeResult result =
        get(request -> answer(403, "Server: cloudflare", "cf-mitigated: challenge"));
    assertThat(finding(result, "challenge-page").what()).contains("cloudflare");
    result =
        get(
            request ->
                answerWith(503, "<title>Just a moment...</title>", "Content-Type: text/html"));
    finding(result, "challenge-page");
  }

  @Test
  void mixedContent() {
    ProbeResult result = Probe.run(probe(PageRequest.get("http://198.51.100.1/")));
    assertReason(result, Reason.MIXED_CONTENT);
    assertThat(result.exchanges()).isEmpty();
    assertThat(result.findings().get(0).code()).isEqualTo("mixed-content");
  }

  @Test
  void thePagesOwnPolicy() {
    ProbeResult result =
        run(
            request -> answer(200, "Access-Control-Allow-Origin: *"),
            url ->
                new ProbeRequest(
                    Url.parse(PAGE + "/"),
                    false,
                    List.of("default-src 'self'; connect-src 'self' https://*.bar.com"),
                    PageRequest.get(url),
                    Profile.CHROMIUM,
                    false,
                    Duration.ofSeconds(5)));
    assertThat(result.verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(finding(result, "csp-connect-src").what())
        .contains("connect-src 'self' https://*.bar.com");
  }

  @Test
  void thePageIsFetchedForItsPolicies() {
    try (RawServer page =
            RawServer.start(
                request ->
                    answerWith(
                        200,
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"connect-src 'self'\">"
                            + "<script>navigator.serviceWorker.register('/sw.js')</script>",
                        "Content-Type: text/html",
                        "Cross-Origin-Embedder-Policy: require-corp"));
        RawServer server = RawServer.start(request -> answer(200))) {
      ProbeResult result =
          Probe.run(
              new ProbeRequest(
                  Url.parse(page.url("/")),
                  true,
                  List.of(),
                  PageRequest.get(server.url("/")).withMode(RequestMode.NO_CORS),
                  Profile.CHROMIUM,
                  false,
                  Duration.ofSeconds(5)));
      assertThat(result.findings())
          .extracting(Finding::code)
          .contains("csp-connect-src", "service-worker", "cross-origin-embedder-policy");
    }
  }

  @Test
  void crossOriginResourcePolicy() {
    ProbeResult result =
        run(
            request -> answer(200, "Cross-Origin-Resource-Policy: same-origin"),
            url -> probe(PageRequest.get(url).withMode(RequestMode.NO_CORS)));
    assertReason(result, Reason.RESOURCE_POLICY_SAME_ORIGIN);
    finding(result, "cross-origin-resource-policy");
  }

  @Test
  void blockers() {
    try (RawServer server = RawServer.start(request -> answer(200))) {
      ProbeResult result = Probe.run(probe(PageRequest.get(server.url("/analytics/pixel.gif"))));
      finding(result, "may-be-blocked");
    }
  }
}
