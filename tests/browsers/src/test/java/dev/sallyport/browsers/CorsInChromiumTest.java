package dev.sallyport.browsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.browsers.Upstream.Arrival;
import dev.sallyport.cli.demo.Exchange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real browser lets pages do, with the built gateway between them and an API. */
@TestInstance(Lifecycle.PER_CLASS)
class CorsInChromiumTest {
  private Lab lab;

  @BeforeAll
  void runEveryCaseInOneBrowser(@TempDir Path directory) throws Exception {
    lab = Lab.run(Cases.all(), directory);
  }

  @AfterAll
  void end() throws Exception {
    if (lab != null) {
      lab.close();
    }
  }

  static List<Case> cases() {
    return Cases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theScriptSees(Case of) {
    assertThat(lab.seen(of)).as("%s: %s", of.page(), of.script()).isEqualTo(of.expected());
  }

  @Test
  void aPreflightIsSentOnceAndThenKept() {
    assertThat(lab.methods("/photos/kept")).containsExactly("OPTIONS", "PUT", "PUT", "PUT");
  }

  @Test
  void aPreflightOfMaxAgeZeroIsSentEachTime() {
    assertThat(lab.methods("/forgetful/put")).containsExactly("OPTIONS", "PUT", "OPTIONS", "PUT");
  }

  @Test
  void noPreflightReachesTheUpstream() {
    assertThat(lab.upstream().arrivals("/kept")).extracting(Arrival::method).containsOnly("PUT");
    assertThat(lab.upstream().arrivals("/patched")).isEmpty();
    assertThat(lab.upstream().arrivals("/other")).isEmpty();
    assertThat(lab.upstream().arrivals("/authorized")).isEmpty();
    assertThat(lab.upstream().arrivals("/denied-put")).isEmpty();
  }

  @Test
  void aPreflightThatAsksTooMuchIsAnsweredSoThatTheConsoleSaysWhich() {
    assertThat(lab.exchanges("/photos/patched"))
        .singleElement()
        .satisfies(
            preflight -> {
              assertThat(preflight.method()).isEqualTo("OPTIONS");
              assertThat(preflight.status()).isEqualTo(204);
              assertThat(preflight.response("access-control-allow-methods"))
                  .containsExactly("PUT,DELETE");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/denied-post", "/denied-no-cors", "/denied-beacon", "/denied-form"})
  void crossSiteRequestForgeryIsRefusedBeforeTheUpstream(String path) {
    assertThat(lab.exchanges("/photos" + path)).extracting(Exchange::status).containsExactly(403);
    assertThat(lab.upstream().arrivals(path)).isEmpty();
  }

  @Test
  void aCookieIsForwardedWhereTheRouteSaysSo() {
    assertThat(lab.upstream().arrivals("/visits"))
        .extracting(Arrival::cookie)
        .containsExactly(null, "visits=1", null);
  }

  @Test
  void aCookieIsKeptBackElsewhere() {
    assertThat(lab.exchanges("/photos/with-cookie"))
        .singleElement()
        .satisfies(exchange -> assertThat(exchange.request("cookie")).containsExactly("visits=2"));
    assertThat(lab.upstream().arrivals("/with-cookie"))
        .extracting(Arrival::cookie)
        .containsOnlyNulls();
  }

  @Test
  void everyAnswerOfARouteForSomeSaysVaryOrigin() {
    assertThat(lab.exchanges("/photos/cacheable.svg"))
        .hasSizeGreaterThan(1)
        .allSatisfy(exchange -> assertThat(exchange.response("vary")).contains("Origin"));
    assertThat(lab.exchanges("/photos/denied"))
        .allSatisfy(exchange -> assertThat(exchange.response("vary")).contains("Origin"));
    assertThat(lab.exchanges("/photos/own-cors"))
        .allSatisfy(
            exchange ->
                assertThat(String.join(", ", exchange.response("vary")))
                    .isEqualToIgnoringCase("Accept-Encoding, Origin"));
  }

  @Test
  void aDeniedOriginIsToldNothing() {
    assertThat(lab.exchanges("/photos/denied"))
        .singleElement()
        .satisfies(
            exchange ->
                assertThat(exchange.response())
                    .extracting(Exchange.Header::name)
                    .noneMatch(
                        name ->
                            name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-")));
  }

  @Test
  void theLogSaysWhyAPageWasDenied() {
    assertThat(lab.program().output()).contains("origin-not-allowed", "http://evil.com:");
    assertThat(lab.program().output()).contains("origin-null");
  }

  @Test
  void theProgramEndsWithZeroWhenItIsInterrupted() throws Exception {
    lab.program().interrupt();
    assertThat(lab.program().exit()).isZero();
  }
}
