package dev.sallyport.oracle;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedding;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Makes cases at random, the same ones from the same seed. Six in ten have servers that are
 * configured well but for one thing at most; the others have anything anywhere.
 */
final class CaseGenerator {
  static final String PAGE_HOST = "blog.foo.com";

  /** Hosts of other origins: of the same site, and of others. */
  static final List<String> HOSTS =
      List.of(PAGE_HOST, "api.foo.com", "photos.bar.com", "cdn.baz.org");

  /** What says at once whether it is loaded. */
  private static final Embedding[] EMBEDDINGS = {
    Embedding.EVENT_SOURCE,
    Embedding.IMG,
    Embedding.SCRIPT,
    Embedding.MODULE_SCRIPT,
    Embedding.IMPORT,
    Embedding.JSON_MODULE,
    Embedding.STYLE,
    Embedding.FONT,
    Embedding.TRACK,
    Embedding.WORKER,
    Embedding.PRELOAD_IMAGE,
    Embedding.PRELOAD_SCRIPT,
    Embedding.PRELOAD_STYLE,
    Embedding.PRELOAD_FONT,
    Embedding.PRELOAD_FETCH,
    Embedding.FETCH_NO_CORS
  };

  private final long seed;
  private final boolean secure;

  /** The origins of the servers, the page's the first. */
  private final List<String> servers;

  private CaseGenerator(long seed, boolean secure, List<String> servers) {
    this.seed = seed;
    this.secure = secure;
    this.servers = servers;
  }

  /** Of a page of http. */
  CaseGenerator(long seed, int port) {
    this(seed, false, HOSTS.stream().map(host -> "http://" + host + ":" + port).toList());
  }

  /**
   * Of a page of https, in which scripts ask. Some servers speak http: one elsewhere, and one on
   * the page's own machine, from which what goes there never leaves.
   */
  static CaseGenerator secure(long seed, int securePort, int port) {
    List<String> servers = new ArrayList<>();
    HOSTS.forEach(host -> servers.add("https://" + host + ":" + securePort));
    servers.add("http://" + HOSTS.get(2) + ":" + port);
    servers.add("http://127.0.0.1:" + port);
    servers.add("http://localhost:" + port);
    return new CaseGenerator(seed, true, List.copyOf(servers));
  }

  /** The origin of the page. */
  private String home() {
    return servers.get(0);
  }

  /** What the case of this number is called in the paths of its URLs. */
  String name(int number) {
    return seed + "." + number;
  }

  /** The trial of this number: a script's case mostly. */
  Trial trial(int number) {
    return new Making(number).trial();
  }

  /** The case of this number, in which a script asks. */
  ExplainCase make(int number) {
    return new Making(number).make();
  }

  /** One case in the making. */
  private final class Making {
    private final int number;
    private final Random random;
    private final List<RecordedExchange> exchanges = new ArrayList<>();

    /** Whether the servers know what they do. */
    private final boolean wellConfigured;

    private boolean embeds;
    private String contentType = "text/plain";

    /** How many things of well configured servers are still to be spoilt. */
    private int faults;

    Making(int number) {
      this.number = number;
      this.random = new Random(seed * 1_000_003L + number);
      this.wellConfigured = random.nextInt(10) < 6;
      this.faults = random.nextInt(2);
    }

    Trial trial() {
      return !secure && random.nextInt(8) == 0 ? embedding() : Trial.ofScript(make());
    }

    private Trial embedding() {
      Embedding embedding = pick(EMBEDDINGS);
      Crossorigin crossorigin =
          embedding.heedsCrossorigin() ? pick(Crossorigin.values()) : Crossorigin.NONE;
      embeds = true;
      contentType = Bodies.type(embedding);
      String server = server();
      PageRequest request =
          PageRequest.get(url(server, 0)).withCredentials(embedding.credentials(crossorigin));
      addHops(request, server, Math.max(0, random.nextInt(5) - 2));
      return new Trial(new ExplainCase(page(), request, exchanges), Way.of(embedding, crossorigin));
    }

    private Url page() {
      return Url.parse(home() + "/page");
    }

    ExplainCase make() {
      Api api = weighted(Api.FETCH, 16, Api.XHR, 3, Api.XHR_UPLOAD, 1);
      String method = method();
      RequestMode mode =
          weighted(RequestMode.CORS, 16, RequestMode.NO_CORS, 3, RequestMode.SAME_ORIGIN, 1);
      CredentialsMode credentials =
          pick(CredentialsMode.SAME_ORIGIN, CredentialsMode.INCLUDE, CredentialsMode.OMIT);
      RedirectMode redirect =
          weighted(RedirectMode.FOLLOW, 8, RedirectMode.MANUAL, 1, RedirectMode.ERROR, 1);
      List<Header> headers = headers();
      String server = server();
      int hops = Math.max(0, random.nextInt(5) - 2);
      String url = url(server, 0);
      String policy =
          random.nextInt(3) > 0
              ? ""
              : pick(
                  "no-referrer",
                  "same-origin",
                  "origin",
                  "strict-origin",
                  "no-referrer-when-downgrade",
                  "origin-when-cross-origin",
                  "strict-origin-when-cross-origin",
                  "unsafe-url");
      PageRequest request =
          new PageRequest(api, url, method, headers, mode, credentials, redirect, policy);
      addHops(request, server, hops);
      return new ExplainCase(page(), request, exchanges);
    }

    private String server() {
      return random.nextInt(5) == 0 ? home() : pick(servers.toArray(String[]::new));
    }

    private String url(String server, int place) {
      return server + "/c/" + name(number) + "/" + place;
    }

    private String method() {
      return pick(
          "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "patch",
          "put", "get", "post", "QUERY", "CUSTOM");
    }

    private List<Header> headers() {
      List<Header> headers = new ArrayList<>();
      for (int left = random.nextInt(10) < 4 ? 0 : 1 + random.nextInt(3); left > 0; left--) {
        headers.add(header());
        boolean empty = headers.get(headers.size() - 1).value().isEmpty();
        if (random.nextInt(12) == 0 && !empty) {
          headers.add(headers.get(headers.size() - 1));
        }
      }
      return headers;
    }

    private Header header() {
      return switch (random.nextInt(16)) {
        case 0, 1 -> new Header(pick("X-Token", "x-token", "X-TOKEN"), "1");
        case 2 -> new Header("X-B", pick("", "b", "b, c"));
        case 3 -> new Header("Authorization", "Bearer x");
        case 4, 5 ->
            new Header(
                pick("Content-Type", "content-type"),
                pick(
                    "application/json",
                    "text/plain",
                    "text/plain;charset=utf-8",
                    "TEXT/PLAIN",
                    "multipart/form-data; boundary=x",
                    "application/x-www-form-urlencoded",
                    "text/plain; x=\"y\"",
                    "text/plain ; a=b",
                    "text/html",
                    "text",
                    ""));
        case 6 ->
            new Header(
                "Accept",
                pick("*/*", "text/html", "text/html;q=\"1\"", "a".repeat(128), "a".repeat(129)));
        case 7 -> new Header("Accept-Language", pick("en", "en, de;q=0.5", "en_US", "en\"", "*"));
        case 8 -> new Header("Content-Language", pick("en", "de, en", "e/n", "x".repeat(128)));
        case 9 ->
            new Header(
                "Range",
                pick(
                    "bytes=0-",
                    "bytes=0-99",
                    "bytes=-5",
                    "bytes=5-1",
                    "bytes=0-1,3-4",
                    "bytes=-",
                    "lines=0-1",
                    "bytes = 0-",
                    "Bytes=0-1",
                    "bytes=0-99999999999999999999"));
        case 10 ->
            new Header(
                pick("X-HTTP-Method-Override", "X-Method-Override"), pick("PUT", "TRACE", "get"));
        case 11 ->
            new Header(
                pick("Cookie", "Host", "Origin", "Sec-Thing", "Proxy-Thing", "DNT", "Via", "Date"),
                "x");
        case 12 -> new Header(pick("X-Sp ace", "X-\u00e9", "", "X:"), "v");
        case 13 ->
            new Header("X-Value", pick("a\nb", "\u00e9", "\u20ac", " padded ", "a\u0001b", "a\tb"));
        case 14 ->
            new Header(
                pick(
                    "If-Match",
                    "Cache-Control",
                    "DPR",
                    "Save-Data",
                    "Width",
                    "ECT",
                    "Downlink",
                    "RTT"),
                pick("1", "1.5", "on", "4g", ""));
        default -> new Header("Accept", "x".repeat(120));
      };
    }

    /** The redirects, and the answer at their end. */
    private void addHops(PageRequest request, String first, int hops) {
      String server = first;
      int place = 0;
      List<String> visited = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      String previous = null;
      boolean tainted = false;
      for (int hop = 0; hop <= hops; hop++) {
        // As the standard has it, which a server that knows what it does goes by.
        tainted |= previous != null && !previous.equals(server) && !previous.equals(home());
        String origin = tainted ? "null" : home();
        visited.add(server);
        places.add(place);
        int here = place;
        add(true, here, server, preflightStatus(), preflightHeaders(request, origin));
        if (hop < hops) {
          previous = server;
          server = pick(servers.toArray(String[]::new));
          place = hop + 1;
          if (random.nextInt(5) == 0) {
            // Back to where it has been, where the answer to a preflight may be kept.
            int back = random.nextInt(hop + 1);
            server = visited.get(back);
            place = places.get(back);
          }
          List<Header> headers = corsHeaders(request, origin);
          headers.add(new Header("Location", location(server, place)));
          if (random.nextInt(8) == 0) {
            headers.add(
                new Header(
                    "Referrer-Policy",
                    pick("no-referrer", "same-origin", "unsafe-url", "x, origin")));
          }
          add(false, here, previous, pick(301, 302, 303, 307, 308), headers);
        } else {
          add(false, here, server, status(), answerHeaders(request, origin));
        }
      }
      // Where engines ask once more than was thought of, they get the same again.
      List<RecordedExchange> again = new ArrayList<>(exchanges);
      exchanges.addAll(again);
      exchanges.addAll(again);
    }

    private void add(
        boolean preflight, int place, String server, int status, List<Header> headers) {
      exchanges.add(
          new RecordedExchange(
              preflight,
              Optional.of(Url.parse(url(server, place))),
              new ServerAnswer(status, headers)));
    }

    private String location(String server, int place) {
      String url = url(server, place);
      if (embeds) {
        // Other schemes, and URLs with a user, are tried with scripts.
        return random.nextInt(8) == 0 ? url + "#fragment" : url;
      }
      return switch (random.nextInt(24)) {
        case 0 -> url.replace("//", "//user:pass@");
        case 1 -> url + "#fragment";
        case 2 -> url.replace("http:", "ftp:");
        case 3 -> "http://a b/";
        case 4 -> "data:,x";
        // Nothing that opens another program: Firefox would ask whether it may.
        case 5 ->
            pick(
                "about:blank",
                "javascript:1",
                "blob:" + url,
                "ws:" + server.substring(server.indexOf("//")) + "/");
        default -> url;
      };
    }

    private int preflightStatus() {
      return isSpoilt()
          ? pick(301, 302, 307, 400, 401, 403, 404, 405, 500)
          : pick(200, 204, 200, 299);
    }

    private int status() {
      if (embeds) {
        // Some bodies are none, and to some embeddings a status says something: all that is tried
        // one by one.
        return pick(200, 200, 200, 404);
      }
      return random.nextInt(4) > 0
          ? 200
          : pick(201, 204, 206, 300, 302, 400, 401, 403, 404, 418, 500, 503);
    }

    private List<Header> preflightHeaders(PageRequest request, String origin) {
      List<Header> headers = corsHeaders(request, origin);
      if (random.nextInt(6) == 0) {
        // Means something with the status of a redirect only.
        headers.add(new Header("Location", "/elsewhere"));
      }
      if (isSpoilt()) {
        for (int left = random.nextInt(3); left > 0; left--) {
          headers.add(
              new Header(
                  "Access-Control-Allow-Methods",
                  pick(
                      "*",
                      "",
                      "PUT,,PATCH",
                      "PUT DELETE",
                      "\"PUT\"",
                      "PUT;q=1",
                      "put, patch",
                      "GET",
                      " PUT , DELETE ",
                      "PUT,",
                      ",",
                      "P/T",
                      "CUSTOM, QUERY, OPTIONS")));
        }
      } else {
        headers.add(
            new Header(
                "Access-Control-Allow-Methods",
                request.credentials() == CredentialsMode.INCLUDE || random.nextBoolean()
                    ? "PUT, DELETE, PATCH, OPTIONS, QUERY, CUSTOM, patch"
                    : "*"));
      }
      if (isSpoilt()) {
        for (int left = random.nextInt(3); left > 0; left--) {
          headers.add(
              new Header(
                  "Access-Control-Allow-Headers",
                  pick(
                      "*",
                      "",
                      "x-token,,x-b",
                      "x-token x-b",
                      "\"x-token\"",
                      "X-TOKEN",
                      "content-type",
                      "*, authorization",
                      "authorization",
                      "x-to/ken",
                      "accept, range")));
        }
      } else {
        headers.add(
            new Header(
                "Access-Control-Allow-Headers",
                request.credentials() == CredentialsMode.INCLUDE || random.nextBoolean()
                    ? "x-token, X-B, authorization, content-type, accept, accept-language,"
                        + " content-language, range, x-http-method-override, x-method-override,"
                        + " x-value, if-match, cache-control, dpr, save-data,"
                        + " width, ect, downlink, rtt"
                    : "*"));
      }
      if (random.nextInt(3) == 0) {
        headers.add(
            new Header(
                "Access-Control-Max-Age",
                pick("0", "5", "600", "-1", "x", "", "99999999999", "1.5")));
      }
      return headers;
    }

    private List<Header> answerHeaders(PageRequest request, String origin) {
      List<Header> headers = corsHeaders(request, origin);
      headers.add(new Header("Content-Type", contentType));
      headers.add(new Header("X-One", "1"));
      headers.add(new Header("x-two", "2"));
      headers.add(new Header("ETag", "\"e\""));
      if (random.nextInt(4) == 0) {
        headers.add(new Header("Set-Cookie", "a=b"));
      }
      if (random.nextInt(6) == 0) {
        headers.add(
            new Header(
                "Cross-Origin-Resource-Policy",
                pick("same-origin", "same-site", "cross-origin", "Same-Origin", "x")));
      }
      for (int left = random.nextInt(3); left > 0; left--) {
        headers.add(
            new Header(
                "Access-Control-Expose-Headers",
                pick(
                    "*",
                    "X-One",
                    "x-one, etag",
                    "x-two,,",
                    "x-one x-two",
                    "",
                    "set-cookie, x-one",
                    "\"x-one\"",
                    "*, x-two",
                    "x/y")));
      }
      return headers;
    }

    /** {@code Access-Control-Allow-Origin} and {@code -Credentials}. */
    private List<Header> corsHeaders(PageRequest request, String origin) {
      List<Header> headers = new ArrayList<>();
      boolean include = request.credentials() == CredentialsMode.INCLUDE;
      if (isSpoilt()) {
        for (int left = 1 + (random.nextInt(6) == 0 ? 1 : 0); left > 0; left--) {
          String value =
              pick(
                  origin,
                  "*",
                  "null",
                  "",
                  origin + "/",
                  origin.toUpperCase(Locale.ROOT),
                  "https://" + PAGE_HOST,
                  origin + ", " + origin,
                  "*, " + origin,
                  origin + " ",
                  "http://" + PAGE_HOST,
                  "http://evil.com",
                  home(),
                  "foo",
                  "-");
          if (!value.equals("-")) {
            headers.add(new Header("Access-Control-Allow-Origin", value));
          }
        }
      } else {
        headers.add(
            new Header(
                pick("Access-Control-Allow-Origin", "access-control-allow-origin"),
                include || random.nextBoolean() ? origin : "*"));
      }
      if (isSpoilt()) {
        for (int left = random.nextInt(8) == 0 ? 2 : random.nextInt(2); left > 0; left--) {
          headers.add(
              new Header(
                  "Access-Control-Allow-Credentials",
                  pick("true", "TRUE", "false", "", " true ", "true, true", "1")));
        }
      } else if (include || random.nextInt(4) == 0) {
        headers.add(new Header("Access-Control-Allow-Credentials", "true"));
      }
      return headers;
    }

    /** Whether the next thing is to be wrong, or anything. */
    private boolean isSpoilt() {
      if (!wellConfigured) {
        return random.nextInt(3) == 0;
      }
      if (faults > 0 && random.nextInt(6) == 0) {
        faults--;
        return true;
      }
      return false;
    }

    @SafeVarargs
    private <T> T pick(T... all) {
      return all[random.nextInt(all.length)];
    }

    private <T> T weighted(T one, int ofOne, T other, int ofOther, T third, int ofThird) {
      int drawn = random.nextInt(ofOne + ofOther + ofThird);
      return drawn < ofOne ? one : drawn < ofOne + ofOther ? other : third;
    }
  }
}
