package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Route.Cookies;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies of upstreams, kept apart in the page's browser. */
@ExtendWith(NoLeaks.class)
class CookiesTest {
  private static final String FOR_OTHER_SITES = "; Secure; HttpOnly; SameSite=None; Partitioned";
  private static final Pattern SET = Pattern.compile("(?im)^set-cookie: (.*)$");

  private final FaultyUpstream upstream = FaultyUpstream.ok();
  private final FaultyUpstream other = FaultyUpstream.ok();

  @AfterEach
  void stop() throws Exception {
    upstream.close();
    other.close();
  }

  private Routes jar(FaultyUpstream of) {
    return Routes.to(of)
        .cors(Routes.policy(policy -> policy.allowCredentials(true)))
        .cookies(Cookies.REWRITE);
  }

  private static Answer get(Gateway gateway, String path, String... lines) throws Exception {
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.wire().send("GET " + path + " HTTP/1.1\r\nHost: gate\r\n");
      return client.sendHead(lines).answer();
    }
  }

  private static List<String> set(Answer answer) {
    List<String> cookies = new ArrayList<>();
    Matcher line = SET.matcher(answer.head());
    while (line.find()) {
      cookies.add(line.group(1));
    }
    return cookies;
  }

  private static void answers(FaultyUpstream upstream, String... cookies) {
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
    for (String cookie : cookies) {
      head.append("Set-Cookie: ").append(cookie).append("\r\n");
    }
    upstream.play(FaultyUpstream.always(head + "\r\n"));
  }

  @Test
  void twoUpstreamsNeverShareAJar() throws Exception {
    answers(upstream, "sid=1; Path=/", "theme=dark");
    answers(other, "sid=2");
    Route photos = jar(upstream).path("/photos").build();
    Route users = jar(other).path("/users").build();
    try (Gateway gateway = Gateway.start(Routes.config(photos, users))) {
      List<String> ofPhotos = set(get(gateway, "/photos/1"));
      List<String> ofUsers = set(get(gateway, "/users/1"));
      assertThat(ofPhotos)
          .satisfiesExactly(
              sid -> assertThat(sid).matches("[0-9a-f]{8}\\.sid=1; Path=/photos" + FOR_OTHER_SITES),
              theme -> assertThat(theme).matches("[0-9a-f]{8}\\.theme=dark; Path=/photos.*"));
      assertThat(ofUsers).singleElement().asString().contains("Path=/users");
      String jars =
          "Cookie: stranger=x; "
              + pair(ofPhotos.get(0))
              + "; "
              + pair(ofUsers.get(0))
              + ";"
              + pair(ofPhotos.get(1));
      upstream.nextHead();
      other.nextHead();
      get(gateway, "/photos/2", jars);
      assertThat(upstream.nextHead()).containsIgnoringCase("\r\ncookie: sid=1; theme=dark\r\n");
      get(gateway, "/users/2", jars);
      assertThat(other.nextHead()).containsIgnoringCase("\r\ncookie: sid=2\r\n");
      get(gateway, "/users/3", "Cookie: stranger=x");
      assertThat(other.nextHead()).doesNotContainIgnoringCase("cookie:");
    }
  }

  private static String pair(String setCookie) {
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  /** What another server is given for the same route does not come to know the first one's. */
  @Test
  void anotherUpstreamBehindTheSameRouteGetsNone() throws Exception {
    answers(upstream, "sid=1");
    String pair;
    try (Gateway gateway = Gateway.start(Routes.config(jar(upstream)))) {
      pair = pair(set(get(gateway, "/")).get(0));
    }
    try (Gateway gateway = Gateway.start(Routes.config(jar(other)))) {
      get(gateway, "/", "Cookie: " + pair);
      assertThat(other.nextHead()).doesNotContainIgnoringCase("cookie:");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1 | a=1; Path=/photos",
        "a=1; Path=/ | a=1; Path=/photos",
        "a=1; path=/api | a=1; Path=/photos",
        "a=1; Path=/api/ | a=1; Path=/photos/",
        "a=1; Path=/api/x | a=1; Path=/photos/x",
        "a=1; Path=relative | a=1; Path=/photos",
        "a=b=c; Max-Age=60; Domain=bar.com; SameSite=Lax | a=b=c; Max-Age=60; Path=/photos",
        "a=1; Expires=Fri, 27 Nov 2026 10:00:00 GMT; Secure; HttpOnly | a=1; Expires=Fri, 27 Nov 2026 10:00:00 GMT; Path=/photos",
        "__Host-a=1; Path=/; Secure | __Host-a=1; Path=/photos",
        "a=1; Priority=High; SameParty | a=1; Path=/photos",
      })
  void attributesAreRightForPagesOfOtherSites(String given, String kept) throws Exception {
    answers(upstream, given);
    Routes routes = jar(upstream).path("/photos").basePath("/api");
    try (Gateway gateway = Gateway.start(Routes.config(routes))) {
      assertThat(set(get(gateway, "/photos/1")))
          .singleElement()
          .asString()
          .matches("[0-9a-f]{8}\\." + Pattern.quote(kept) + FOR_OTHER_SITES);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1; Path=/admin",
        "a=1; Path=/apis",
        "a=1; Path=/ap",
        "a",
        "=1",
        "",
        "; Path=/",
      })
  void whatWouldNeverComeBackIsDropped(String given) throws Exception {
    answers(upstream, given);
    Routes routes = jar(upstream).path("/photos").basePath("/api");
    try (Gateway gateway = Gateway.start(Routes.config(routes))) {
      assertThat(set(get(gateway, "/photos/1"))).isEmpty();
    }
  }

  @Test
  void cookiesAreDroppedBothWaysUnlessTheRouteSaysSo() throws Exception {
    answers(upstream, "a=1");
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)))) {
      assertThat(set(get(gateway, "/", "Cookie: b=2"))).isEmpty();
      assertThat(upstream.nextHead()).doesNotContainIgnoringCase("cookie:");
    }
  }

  /** A server that a redirect led to neither gets the jar's cookies nor puts any in. */
  @Test
  void theJarIsTheUpstreamsAlone() throws Exception {
    answers(other, "theirs=1");
    String there = "http://127.0.0.1:" + other.port();
    upstream.play(
        visit -> {
          while (true) {
            String head =
                visit.readHead().startsWith("GET /away")
                    ? "302 X\r\nSet-Cookie: b=1\r\nLocation: " + there + "/"
                    : "200 OK\r\nSet-Cookie: a=1";
            visit.wire().send("HTTP/1.1 " + head + "\r\nContent-Length: 0\r\n\r\n");
          }
        });
    Routes following = jar(upstream).follow(Routes.LOOPBACK, there);
    try (Gateway gateway = Gateway.start(Routes.config(following))) {
      String own = pair(set(get(gateway, "/")).get(0));
      assertThat(set(get(gateway, "/away", "Cookie: " + own))).isEmpty();
      assertThat(upstream.nextHead()).startsWith("GET / ");
      assertThat(upstream.nextHead()).containsIgnoringCase("\r\ncookie: a=1\r\n");
      assertThat(other.nextHead()).doesNotContainIgnoringCase("cookie:");
    }
  }
}
