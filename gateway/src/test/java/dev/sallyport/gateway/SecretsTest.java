package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that stand in the query of what the upstream is asked for. */
@ExtendWith(NoLeaks.class)
class SecretsTest {
  private static final String SECRET = "s3cret&more=x y";
  private static final String WRITTEN = "key=s3cret%26more%3Dx%20y";

  private final FaultyUpstream upstream = FaultyUpstream.ok();
  private final FaultyUpstream other = FaultyUpstream.ok();

  private static RequestRules rules() {
    Map<String, HeaderValue> query = new LinkedHashMap<>();
    query.put("key", new HeaderValue(SECRET, true));
    return new RequestRules(Map.of(), query, Set.of(), Set.of(), Set.of());
  }

  private Answer get(Routes routes, String path) throws Exception {
    try (Gateway gateway = Gateway.start(Routes.config(routes.request(rules())));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.wire().send("GET " + path + " HTTP/1.1\r\nHost: gate\r\n");
      return client.sendHead("Origin: " + Routes.BLOG).answer();
    }
  }

  @AfterEach
  void stop() throws Exception {
    upstream.close();
    other.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a?" + WRITTEN,
    "/a?, /a?" + WRITTEN,
    "/a?x=1, /a?x=1&" + WRITTEN,
    "/a?x=1&x=2&, /a?x=1&x=2&&" + WRITTEN,
    "/a?key=mine, /a?" + WRITTEN,
    "/a?k%65y=mine&x=1&key, /a?x=1&" + WRITTEN,
    "/a?keys=mine, /a?keys=mine&" + WRITTEN,
    "/a?%zz=1, /a?%zz=1&" + WRITTEN,
  })
  void theUpstreamGetsTheParameterAndNoPagesOwn(String asked, String sent) throws Exception {
    assertThat(get(Routes.to(upstream), asked).status()).isEqualTo(200);
    assertThat(upstream.nextHead()).startsWith("GET " + sent + " HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "REWRITE, 302",
    "REWRITE, 201",
    "REFUSE, 201",
  })
  void secretLeakingToThePage(Redirects redirects, int status) throws Exception {
    upstream.play(
        visit ->
            visit.answer(
                "HTTP/1.1 "
                    + status
                    + " X\r\nLocation: /b?x=1&"
                    + WRITTEN
                    + "#f\r\nContent-Location: /b?"
                    + WRITTEN
                    + "\r\nContent-Length: 0\r\n\r\n"));
    Answer answer = get(Routes.to(upstream).redirects(redirects), "/a");
    assertThat(answer.header("location")).isEqualTo("/b?x=1#f");
    assertThat(answer.header("content-location")).isEqualTo("/b");
    assertThat(answer.head()).doesNotContain("s3cret");
  }

  @Test
  void secretFollowsWithinTheUpstreamAndNowhereElse() throws Exception {
    String away = "http://127.0.0.1:" + other.port() + "/c?x=1&" + WRITTEN;
    upstream.play(
        visit -> {
          while (true) {
            String location = visit.readHead().startsWith("GET /a") ? "/b?y=2" : away;
            visit
                .wire()
                .send("HTTP/1.1 302 X\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
          }
        });
    Routes following =
        Routes.to(upstream).follow(Routes.LOOPBACK, "http://127.0.0.1:" + other.port());
    assertThat(get(following, "/a").status()).isEqualTo(200);
    assertThat(upstream.nextHead()).startsWith("GET /a?" + WRITTEN + " ");
    assertThat(upstream.nextHead()).startsWith("GET /b?y=2&" + WRITTEN + " ");
    assertThat(other.nextHead()).startsWith("GET /c?x=1 HTTP/1.1\r\n").doesNotContain("s3cret");
  }

  @Test
  void noLogHasIt() throws Exception {
    try (LogLines access = new LogLines("sallyport.access");
        LogLines decisions = new LogLines("sallyport.decision")) {
      get(Routes.to(upstream), "/a");
      assertThat(access.next()).doesNotContain("s3cret");
      upstream.close();
      get(Routes.to(upstream), "/a");
      assertThat(access.next()).doesNotContain("s3cret");
      assertThat(decisions.next()).doesNotContain("s3cret");
    }
  }
}
