package dev.sallyport.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Deviation;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.Recording;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each deviation of an engine's profile is still there: on its case, engine and standard differ.
 */
class DeviationsTest {
  private static final String OWN = "blog.foo.com";
  private static final String API = "api.foo.com";
  private static final String FAR = "photos.bar.com";
  private static final String ANY = "Access-Control-Allow-Origin: *";
  private static final String NULL = "Access-Control-Allow-Origin: null";
  private static final String ALL_METHODS = "Access-Control-Allow-Methods: *";

  /** What takes a page of https, or several requests: tried below. */
  private static final List<Deviation> UNTRIED =
      List.of(
          Deviation.LOOPBACK_IS_MIXED_CONTENT,
          Deviation.MIXED_CONTENT_PREFLIGHTED,
          Deviation.LOCAL_NETWORK_ASKED_FOR,
          Deviation.RELAXED_REFERRER_POLICIES_IGNORED,
          Deviation.KEPT_DESPITE_FAILURE,
          Deviation.FORGOTTEN_WHERE_NOT_ENOUGH);

  /** Writes the cases of one engine. */
  private static final class Cases {
    private final int port;
    private final Map<Deviation, ExplainCase> all = new EnumMap<>(Deviation.class);

    Cases(int port) {
      this.port = port;
    }

    String url(Deviation deviation, String host, int hop) {
      return "http://" + host + ":" + port + "/c/" + deviation + "/" + hop;
    }

    String page() {
      return "http://" + OWN + ":" + port;
    }

    PageRequest get(Deviation deviation, String host) {
      return PageRequest.get(url(deviation, host, 0));
    }

    void add(Deviation deviation, PageRequest request, RecordedExchange... exchanges) {
      all.put(deviation, new ExplainCase(Url.parse(page() + "/page"), request, List.of(exchanges)));
    }

    private RecordedExchange exchange(boolean preflight, int status, String... headers) {
      List<Header> lines = new ArrayList<>();
      for (String header : headers) {
        int colon = header.indexOf(": ");
        lines.add(new Header(header.substring(0, colon), header.substring(colon + 2)));
      }
      return new RecordedExchange(preflight, Optional.empty(), new ServerAnswer(status, lines));
    }

    RecordedExchange preflight(String... headers) {
      return exchange(true, 204, headers);
    }

    RecordedExchange actual(int status, String... headers) {
      return exchange(false, status, headers);
    }

    RecordedExchange to(Deviation deviation, int status, String host, int hop, String... headers) {
      List<String> all = new ArrayList<>(List.of(headers));
      all.add("Location: " + url(deviation, host, hop));
      return exchange(false, status, all.toArray(String[]::new));
    }

    Map<Deviation, ExplainCase> make() {
      ofHeaders();
      ofPreflights();
      ofKeptPreflights();
      ofRedirects();
      ofOrigin();
      return all;
    }

    private void ofHeaders() {
      Deviation each = Deviation.WILDCARD_COVERS_AUTHORIZATION;
      add(
          each,
          get(each, API).withHeader("Authorization", "x"),
          preflight(ANY, "Access-Control-Allow-Headers: *"),
          actual(200, ANY));
      each = Deviation.REQUESTED_NAMES_REPEATED;
      add(
          each,
          get(each, API).withHeader("X-A", "1").withHeader("X-A", "2"),
          preflight(ANY, "Access-Control-Allow-Headers: x-a"),
          actual(200, ANY));
      each = Deviation.EXPOSED_WILDCARD_BEFORE_INVALID;
      add(
          each,
          get(each, API),
          actual(
              200,
              ANY,
              "ETag: a",
              "Access-Control-Expose-Headers: *",
              "Access-Control-Expose-Headers: a b"));
      each = Deviation.EMPTY_LINES_IGNORED;
      add(
          each,
          get(each, API).withCredentials(CredentialsMode.INCLUDE),
          actual(
              200,
              "Access-Control-Allow-Origin: " + page(),
              "Access-Control-Allow-Credentials: true",
              "Access-Control-Allow-Credentials: "));
      each = Deviation.SAFELISTED_LINES_COMBINED;
      add(
          each,
          get(each, API).withHeader("Range", "bytes=0-").withHeader("Range", "bytes=0-"),
          preflight(ANY),
          actual(200, ANY));
      each = Deviation.CLIENT_HINTS_SAFELISTED;
      add(each, get(each, API).withHeader("DPR", "2"), preflight(ANY), actual(200, ANY));
      each = Deviation.RANGE_BOUNDED;
      add(
          each,
          get(each, API).withHeader("Range", "bytes=0-99999999999999999999"),
          preflight(ANY),
          actual(200, ANY));
      each = Deviation.METHOD_OVERRIDE_SPLIT_IN_QUOTES;
      add(
          each,
          get(each, API).withHeader("X-HTTP-Method-Override", "\"a, trace, b\""),
          preflight(ANY, "Access-Control-Allow-Headers: *"),
          actual(200, ANY));
      each = Deviation.CONTENT_TYPE_WITH_COMMA_ASKED;
      add(
          each,
          get(each, API).withHeader("Content-Type", "text/plain;a=b, text/plain;a=b"),
          preflight(ANY),
          actual(200, ANY));
      each = Deviation.ABOUT_BLANK_REFUSED;
      add(each, PageRequest.get("about:blank").withMode(RequestMode.NO_CORS));
      each = Deviation.RANGE_UNIT_IN_ANY_CASE;
      add(each, get(each, API).withHeader("Range", "Bytes=0-"), preflight(ANY), actual(200, ANY));
    }

    private void ofPreflights() {
      Deviation each = Deviation.UPLOAD_NEEDS_BODY;
      add(each, get(each, API).by(Api.XHR_UPLOAD), preflight(ANY), actual(200, ANY));
      each = Deviation.PREFLIGHT_ORIGIN_UNTAINTED;
      add(
          each,
          get(each, API).withMethod("PUT"),
          preflight(ANY, ALL_METHODS),
          to(each, 307, FAR, 1, ANY),
          preflight(ANY, ALL_METHODS),
          actual(200, ANY));
      each = Deviation.PREFLIGHT_AS_BEFORE;
      add(
          each,
          get(each, API).withMethod("PUT"),
          preflight(ANY, ALL_METHODS),
          to(each, 303, API, 1, ANY),
          preflight(ANY),
          actual(200, ANY));
      each = Deviation.PREFLIGHT_HOME_UNCHECKED;
      add(
          each,
          get(each, API).withMethod("PUT"),
          preflight(ANY, ALL_METHODS),
          to(each, 307, OWN, 1, ANY),
          preflight(ALL_METHODS),
          actual(200, ANY));
      each = Deviation.REQUESTED_NAMES_LESS_LAST_REMOVED;
      add(
          each,
          get(each, API).withMethod("POST").withHeader("Content-Type", "text/html"),
          preflight(ANY, "Access-Control-Allow-Headers: content-type"),
          to(each, 302, API, 1, ANY),
          preflight(ANY),
          to(each, 302, API, 2, ANY),
          preflight(ANY, "Access-Control-Allow-Headers: content-type"),
          actual(200, ANY));
      each = Deviation.REQUESTED_NAMES_ORIGINAL;
      add(
          each,
          get(each, API).withHeader("Authorization", "x"),
          preflight(ANY, "Access-Control-Allow-Headers: authorization"),
          to(each, 302, FAR, 1, ANY),
          preflight(ANY, "Access-Control-Allow-Headers: authorization"),
          actual(200, ANY));
    }

    /** What is kept shows where a redirect leads to a URL for the second time. */
    private void ofKeptPreflights() {
      String put = "Access-Control-Allow-Methods: PUT";
      RecordedExchange age = preflight(ANY, put, "Access-Control-Max-Age: x");
      Deviation each = Deviation.MAX_AGE_MALFORMED_NOT_KEPT;
      add(
          each,
          get(each, API).withMethod("PUT"),
          age,
          age,
          to(each, 307, API, 0, ANY),
          actual(200, ANY));
      each = Deviation.MAX_AGE_SIGNED;
      age = preflight(ANY, put, "Access-Control-Max-Age: -1");
      add(
          each,
          get(each, API).withMethod("PUT"),
          age,
          age,
          to(each, 307, API, 0, ANY),
          actual(200, ANY));
      each = Deviation.WILDCARDS_NOT_KEPT;
      RecordedExchange all = preflight(ANY, ALL_METHODS);
      add(
          each,
          get(each, API).withMethod("PUT"),
          all,
          all,
          to(each, 307, API, 0, ANY),
          actual(200, ANY));
      each = Deviation.KEPT_WILDCARD_COVERS_AUTHORIZATION;
      RecordedExchange allHeaders = preflight(ANY, "Access-Control-Allow-Headers: *");
      add(
          each,
          get(each, API).withHeader("Authorization", "x"),
          allHeaders,
          allHeaders,
          to(each, 302, API, 0, ANY),
          actual(200, ANY));
      each = Deviation.KEPT_HEAD_HAS_TO_BE_LISTED;
      RecordedExchange named = preflight(ANY, "Access-Control-Allow-Headers: x-a");
      add(
          each,
          get(each, API).withMethod("HEAD").withHeader("X-A", "1"),
          named,
          named,
          to(each, 302, API, 0, ANY),
          actual(200, ANY));
      each = Deviation.CONDITIONAL_ASKED_AGAIN;
      RecordedExchange condition = preflight(ANY, "Access-Control-Allow-Headers: if-match");
      add(
          each,
          get(each, API).withHeader("If-Match", "1"),
          condition,
          condition,
          to(each, 302, API, 0, ANY),
          actual(200, ANY));
      each = Deviation.TAINTED_PREFLIGHTS_NOT_KEPT;
      add(
          each,
          get(each, API).withMethod("PUT"),
          all,
          all,
          all,
          to(each, 307, FAR, 1, ANY),
          to(each, 307, FAR, 1, ANY),
          actual(200, ANY));
    }

    private void ofRedirects() {
      Deviation each = Deviation.DELETE_REDIRECTED_AS_GET;
      add(
          each,
          get(each, API).withMethod("DELETE"),
          preflight(ANY, ALL_METHODS),
          to(each, 302, FAR, 1, ANY),
          preflight(ANY, ALL_METHODS),
          actual(200, ANY));
      each = Deviation.REDIRECT_WITHOUT_LOCATION_PASSES;
      add(each, get(each, OWN).withRedirect(RedirectMode.ERROR), actual(302));
      each = Deviation.REDIRECT_TO_FTP_FAILS;
      add(
          each,
          get(each, OWN).withRedirect(RedirectMode.MANUAL),
          actual(302, "Location: ftp://" + API + "/"));
      each = Deviation.REDIRECT_CHECKED_AGAIN;
      add(
          each,
          get(each, OWN),
          to(each, 302, API, 1),
          to(each, 302, OWN, 2, ANY),
          actual(200, NULL));
      each = Deviation.REDIRECT_WITH_CREDENTIALS_BLOCKED;
      add(each, get(each, OWN), to(each, 302, "user:pass@" + OWN, 1), actual(200));
    }

    private void ofOrigin() {
      Deviation each = Deviation.ORIGIN_KEPT_AFTER_REDIRECT;
      add(each, get(each, OWN).withMethod("POST"), to(each, 302, OWN, 1), actual(200));
      each = Deviation.ORIGIN_NULL_AFTER_REDIRECT;
      add(
          each,
          get(each, OWN).withMethod("POST").withMode(RequestMode.NO_CORS),
          to(each, 307, API, 1),
          actual(200));
      each = Deviation.NO_CORS_ORIGIN_DESPITE_POLICY;
      add(
          each,
          get(each, API)
              .withMethod("POST")
              .withMode(RequestMode.NO_CORS)
              .withReferrerPolicy("no-referrer"),
          actual(200));
      each = Deviation.ORIGIN_NOT_HIDDEN_AFTER_REDIRECT;
      add(
          each,
          get(each, OWN)
              .withMethod("POST")
              .withMode(RequestMode.NO_CORS)
              .withReferrerPolicy("same-origin"),
          to(each, 307, API, 1),
          actual(200));
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void isStillThere(Engine engine) throws Exception {
    try (Lab lab = new Lab();
        Engine.Running browser = engine.start(lab)) {
      Map<Deviation, ExplainCase> cases = new Cases(lab.port()).make();
      cases.keySet().retainAll(engine.profile().deviations());
      isThere(engine, lab, browser, cases);
    }
  }

  private static void isThere(
      Engine engine, Lab lab, Engine.Running browser, Map<Deviation, ExplainCase> cases)
      throws InterruptedException {
    Map<String, ExplainCase> played = new LinkedHashMap<>();
    cases.forEach((deviation, each) -> played.put(deviation.toString(), each));
    List<Observation> seen = lab.runScripts(played, browser);
    int i = 0;
    for (Map.Entry<String, ExplainCase> each : played.entrySet()) {
      Observation engineDoes = seen.get(i++);
      assertThat(engineDoes)
          .as("%s, as the profile says", each.getKey())
          .isEqualTo(
              Observation.of(
                  each.getValue().run(engine.profile()), each.getValue().request().api()));
      assertThat(engineDoes)
          .as("%s, unlike the standard", each.getKey())
          .isNotEqualTo(
              Observation.of(
                  each.getValue().run(Profile.STANDARD), each.getValue().request().api()));
    }
  }

  /** What WebKit makes of mixed content. */
  @Test
  void mixedContentIsStillOtherInWebKit() throws Exception {
    try (Lab lab = new Lab();
        Engine.Running browser = Engine.WEBKIT.startSecure(lab)) {
      String secure = "https://" + OWN + ":" + lab.securePort();
      Url page = Url.parse(secure + "/page");
      Cases cases = new Cases(lab.port());
      Deviation loopback = Deviation.LOOPBACK_IS_MIXED_CONTENT;
      Deviation preflighted = Deviation.MIXED_CONTENT_PREFLIGHTED;
      Map<Deviation, ExplainCase> all = new EnumMap<>(Deviation.class);
      all.put(
          loopback,
          new ExplainCase(page, cases.get(loopback, "127.0.0.1"), List.of(cases.actual(200, ANY))));
      all.put(
          preflighted,
          new ExplainCase(
              page,
              PageRequest.get(secure + "/c/" + preflighted + "/0").withMethod("PATCH"),
              List.of(
                  cases.to(preflighted, 308, FAR, 1),
                  cases.preflight(ANY, ALL_METHODS),
                  cases.actual(200, ANY))));
      isThere(Engine.WEBKIT, lab, browser, all);
    }
  }

  @Test
  void relaxedReferrerPoliciesAreStillIgnoredByFirefox() throws Exception {
    try (Lab lab = new Lab();
        Engine.Running browser = Engine.FIREFOX.startSecure(lab)) {
      Cases cases = new Cases(lab.port());
      Deviation each = Deviation.RELAXED_REFERRER_POLICIES_IGNORED;
      PageRequest request =
          cases
              .get(each, "127.0.0.1")
              .withMethod("POST")
              .withMode(RequestMode.NO_CORS)
              .withReferrerPolicy("unsafe-url");
      Url page = Url.parse("https://" + OWN + ":" + lab.securePort() + "/page");
      isThere(
          Engine.FIREFOX,
          lab,
          browser,
          Map.of(each, new ExplainCase(page, request, List.of(cases.actual(200)))));
    }
  }

  /** Chromium asks the user before a page of the internet reaches what is near; nobody answers. */
  @Test
  void localNetworkAccessIsStillAskedForInChromium() throws Exception {
    try (Lab lab = new Lab();
        Engine.Running browser = Engine.CHROMIUM.startPublic(lab)) {
      Url page = Url.parse("https://" + OWN + ":" + lab.securePort() + "/page");
      Cases cases = new Cases(lab.port());
      Deviation each = Deviation.LOCAL_NETWORK_ASKED_FOR;
      for (PageRequest request :
          List.of(
              cases.get(each, "127.0.0.1"),
              cases.get(each, "localhost").withMethod("PUT"),
              cases.get(each, "127.0.0.1").withMode(RequestMode.NO_CORS))) {
        ExplainCase asked =
            new ExplainCase(
                page,
                Optional.of(AddressSpace.PUBLIC),
                request,
                List.of(cases.preflight(ANY, ALL_METHODS), cases.actual(200, ANY)));
        isThere(Engine.CHROMIUM, lab, browser, Map.of(each, asked));
        assertThat(asked.run(Profile.CHROMIUM).reason())
            .contains(Reason.LOCAL_NETWORK_PERMISSION_DENIED);
      }
    }
  }

  /** What an engine keeps of preflights from one request to the next is what the model keeps. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void keepsWhatTheModelKeeps(Engine engine) throws Exception {
    try (Lab lab = new Lab();
        Engine.Running running = engine.start(lab)) {
      Cases cases = new Cases(lab.port());
      RecordedExchange allows =
          cases.preflight(ANY, "Access-Control-Allow-Methods: PUT", "Access-Control-Max-Age: 600");
      RecordedExchange open = cases.actual(200, ANY);
      Map<String, List<RecordedExchange>> firstAnswers = new LinkedHashMap<>();
      firstAnswers.put("allowed", List.of(allows, open));
      firstAnswers.put("closed", List.of(allows, cases.actual(200)));
      firstAnswers.put("away", List.of(allows, cases.actual(302, ANY, "Location: ftp://a/")));
      for (Map.Entry<String, List<RecordedExchange>> first : firstAnswers.entrySet()) {
        for (String between : List.of("", "PATCH")) {
          String name = first.getKey() + between;
          PageRequest put =
              PageRequest.get("http://" + API + ":" + lab.port() + "/c/" + name + "/0")
                  .withMethod("PUT");
          Browser model = new Browser(engine.profile());
          compare(lab, running, model, name, put, first.getValue());
          if (!between.isEmpty()) {
            compare(lab, running, model, name, put.withMethod(between), List.of(allows));
          }
          compare(lab, running, model, name, put, List.of(allows, open));
        }
      }
    }
  }

  private static void compare(
      Lab lab,
      Engine.Running running,
      Browser model,
      String name,
      PageRequest request,
      List<RecordedExchange> exchanges)
      throws InterruptedException {
    Url page = Url.parse("http://" + OWN + ":" + lab.port() + "/page");
    Observation seen =
        lab.runScripts(Map.of(name, new ExplainCase(page, request, exchanges)), running).get(0);
    assertThat(seen)
        .as("%s, %s", name, request.method())
        .isEqualTo(Observation.of(model.fetch(page, request, new Recording(exchanges)), Api.FETCH));
  }

  /** A deviation that nobody has, or that has no case, is an error. */
  @Test
  void everyDeviationIsSomebodysAndHasACase() {
    Map<Deviation, ExplainCase> cases = new Cases(1).make();
    for (Deviation deviation : Deviation.values()) {
      assertThat(
              Stream.of(Profile.values()).anyMatch(each -> each.deviations().contains(deviation)))
          .as("%s is an engine's", deviation)
          .isTrue();
      assertThat(cases.containsKey(deviation))
          .as("%s has a case", deviation)
          .isNotEqualTo(UNTRIED.contains(deviation));
    }
  }
}
