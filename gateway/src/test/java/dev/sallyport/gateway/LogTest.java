package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.Routes;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines that are logged, and what stands in none. */
@ExtendWith(NoLeaks.class)
class LogTest {
  private static final RouteCors POLICY = Routes.policy(builder -> builder.allowMethods("PUT"));
  private static final RouteCors REPORT = Routes.policy(builder -> builder.reportOnly(true));

  record Logged(String name, RouteCors cors, String head, String decision, String access) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Logged> logged() {
    String evil = "\r\nOrigin: https://evil.com";
    String blog = "\r\nOrigin: " + Routes.BLOG;
    return Stream.of(
        new Logged("allowed", POLICY, "GET /x?secret=1" + blog, "", "GET /x 200 / U Nms allowed"),
        new Logged("without Origin", POLICY, "GET /x", "", "GET /x 200 / U Nms no-origin"),
        new Logged(
            "denied and relayed",
            POLICY,
            "GET /x?secret=1" + evil,
            "denied GET /x origin-not-allowed: no pattern of the policy matches the origin \"https://evil.com\"; nearest is https://blog.foo.com → relayed 200",
            "GET /x 200 / U Nms origin-not-allowed"),
        new Logged(
            "denied and refused",
            POLICY,
            "POST /x" + evil,
            "denied POST /x origin-not-allowed: no pattern of the policy matches the origin \"https://evil.com\"; nearest is https://blog.foo.com → 403",
            "POST /x 403 / U Nms origin-not-allowed"),
        new Logged(
            "denied preflight",
            POLICY,
            "OPTIONS /x" + blog + "\r\nAccess-Control-Request-Method: PATCH",
            "denied OPTIONS /x method-not-allowed: the policy does not allow the method \"PATCH\"; matched https://blog.foo.com → 204",
            "OPTIONS /x 204 / U Nms method-not-allowed"),
        new Logged(
            "reported only",
            REPORT,
            "POST /x" + evil,
            "would deny POST /x origin-not-allowed: no pattern of the policy matches the origin \"https://evil.com\"; nearest is https://blog.foo.com → relayed 200",
            "POST /x 200 / U Nms origin-not-allowed"),
        new Logged(
            "an origin that would break the line",
            POLICY,
            "POST /x\r\nOrigin: \u00e4\t\u0080",
            "denied POST /x origin-invalid: the Origin header is not an origin as browsers write it \"\\u00e4\\u0009\\u0080\"; nearest is https://blog.foo.com → 403",
            "POST /x 403 / U Nms origin-invalid"),
        new Logged(
            "malformed",
            POLICY,
            "GET /a/../b?secret=1",
            "refused GET /a/../b bad-request-path: The path has a dot segment, which browsers resolve before they send a request. → 400",
            "GET /a/../b 400 - - Nms bad-request-path"),
        new Logged(
            "a path that would break the line",
            POLICY,
            "GET /\u001b[31m\u00e4",
            "refused GET /\\u001b[31m\\u00e4 bad-request-target: The target has a blank, a control character, a \"#\" or is not ASCII. → 400",
            "GET /\\u001b[31m\\u00e4 400 - - Nms bad-request-target"));
  }

  @ParameterizedTest
  @MethodSource("logged")
  void logs(Logged row) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).cors(row.cors())));
        LogLines decisions = new LogLines("sallyport.decision");
        LogLines accesses = new LogLines("sallyport.access");
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      int line = (row.head() + "\r\n").indexOf("\r\n");
      client.sendHead(
          row.head().substring(0, line) + " HTTP/1.1", "Host: gate" + row.head().substring(line));
      client.wire().readHead();
      String access =
          accesses
              .next()
              .replace("http://127.0.0.1:" + upstream.port(), "U")
              .replaceFirst(" [0-9]+ms ", " Nms ");
      assertThat(access).as(row.name()).isEqualTo("INFO " + row.access());
      assertThat(decisions.isEmpty() ? "" : decisions.next())
          .as(row.name())
          .isEqualTo(row.decision().isEmpty() ? "" : "INFO " + row.decision());
    }
  }

  @Test
  void saysWhatFailed() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.playing(visit -> visit.readRequest());
        Gateway gateway =
            Gateway.start(
                Routes.config(Routes.to(upstream).path("/closes"), Routes.to(1).path("/down")));
        LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/closes").answer();
      assertThat(decisions.next())
          .isEqualTo(
              "INFO failed GET /closes upstream-bad-answer: The connection was closed before the answer began. → 502");
      client.get("/down").answer();
      assertThat(decisions.next())
          .startsWith("INFO failed GET /down upstream-unreachable: no connection to /127.0.0.1:1: ")
          .endsWith(" → 502");
    }
  }

  @Test
  void saysWhatWasCutOff() throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> visit.answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"));
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        LogLines decisions = new LogLines("sallyport.decision");
        LogLines accesses = new LogLines("sallyport.access");
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/x").wire().awaitEnd();
      assertThat(decisions.next())
          .isEqualTo(
              "INFO failed GET /x upstream-bad-answer: The connection was closed before the answer was complete. → cut off");
      assertThat(accesses.next()).startsWith("INFO GET /x 200 cut / ");
    }
  }

  @Test
  void saysThatTheClientWent() throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  visit.wire().awaitEnd();
                });
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        LogLines accesses = new LogLines("sallyport.access")) {
      try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.get("/x");
        upstream.nextHead();
      }
      assertThat(accesses.next()).startsWith("INFO GET /x gone / ");
    }
  }

  @Test
  void neverLogsSecrets() throws Exception {
    RequestRules rules =
        new RequestRules(
            Map.of("x-api-key", new HeaderValue("s3cret", true)),
            Set.of(),
            Set.of("cookie"),
            Set.of());
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> visit.answer("HTTP/1.1 200 OK s3cret\r\nX: s3cret\rs3cret\r\n\r\n"));
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).request(rules)));
        LogLines all = new LogLines("ROOT");
        LogLines decisions = new LogLines("sallyport.decision");
        LogLines accesses = new LogLines("sallyport.access");
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.sendHead(
          "GET /x?token=s3cret HTTP/1.1",
          "Host: gate",
          "Cookie: s3cret",
          "Authorization: s3cret",
          "Origin: " + Routes.BLOG);
      assertThat(client.answer().toString()).doesNotContain("s3cret");
      assertThat(upstream.nextHead()).contains("x-api-key: s3cret");
      assertThat(decisions.next()).doesNotContain("s3cret");
      assertThat(accesses.next()).doesNotContain("s3cret");
      assertThat(all.isEmpty()).isTrue();
    }
  }
}
