package dev.sallyport.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedding;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to embed a resource, with many servers: the model says what each engine does. */
class EmbeddingsTest {
  /** What a page that drives itself cannot try, or not see. */
  private static final Set<Embedding> UNSEEN =
      EnumSet.of(
          Embedding.MANIFEST, // fetched when the page is installed
          Embedding.ICON, // not fetched without a window
          Embedding.FORM_GET, // these leave the page
          Embedding.FORM_POST,
          Embedding.LINK,
          Embedding.WINDOW, // wants a click
          Embedding.POST_MESSAGE,
          Embedding.STORAGE);

  private static final int WORKERS = 40;
  private static final int MOST_REQUESTS = 6;

  /** What a server says beside the body. */
  private enum Variant {
    PLAIN,
    SHARED,
    SHARED_WITH_ALL,
    OWN_RESOURCE_POLICY,
    OPEN_RESOURCE_POLICY,
    WRONG_TYPE,
    WRONG_TYPE_NOSNIFF,
    HTML_NOSNIFF,
    FRAMES_DENIED,
    ANCESTORS_NONE,
    EMBEDDER_POLICY,
    MISSING,
    REDIRECTED;

    private List<Header> headers(Embedding embedding, String pageOrigin) {
      List<Header> headers = new ArrayList<>();
      headers.add(new Header("Content-Type", type(embedding)));
      switch (this) {
        case SHARED, REDIRECTED -> {
          headers.add(new Header("Access-Control-Allow-Origin", pageOrigin));
          headers.add(new Header("Access-Control-Allow-Credentials", "true"));
        }
        case SHARED_WITH_ALL -> headers.add(new Header("Access-Control-Allow-Origin", "*"));
        case OWN_RESOURCE_POLICY ->
            headers.add(new Header("Cross-Origin-Resource-Policy", "same-origin"));
        case OPEN_RESOURCE_POLICY ->
            headers.add(new Header("Cross-Origin-Resource-Policy", "cross-origin"));
        case WRONG_TYPE_NOSNIFF, HTML_NOSNIFF ->
            headers.add(new Header("X-Content-Type-Options", "nosniff"));
        case FRAMES_DENIED -> headers.add(new Header("X-Frame-Options", "DENY"));
        case ANCESTORS_NONE ->
            headers.add(new Header("Content-Security-Policy", "frame-ancestors 'none'"));
        case EMBEDDER_POLICY -> {
          headers.add(new Header("Cross-Origin-Embedder-Policy", "require-corp"));
          headers.add(new Header("Cross-Origin-Resource-Policy", "cross-origin"));
        }
        default -> {}
      }
      return headers;
    }

    private String type(Embedding embedding) {
      return switch (this) {
        case WRONG_TYPE, WRONG_TYPE_NOSNIFF -> "text/plain";
        case HTML_NOSNIFF -> "text/html";
        default -> Bodies.type(embedding);
      };
    }

    /** What the server answers at {@code url}, as often as it is asked. */
    List<RecordedExchange> exchanges(Embedding embedding, String pageOrigin, String url) {
      List<Header> headers = headers(embedding, pageOrigin);
      List<Header> preflight = new ArrayList<>(headers);
      preflight.add(new Header("Access-Control-Allow-Headers", "content-type"));
      int ok = embedding == Embedding.WEB_SOCKET ? 101 : 200;
      List<RecordedExchange> exchanges = new ArrayList<>();
      exchanges.add(exchange(true, url, 200, preflight));
      if (this == REDIRECTED) {
        List<Header> redirect = new ArrayList<>(headers);
        redirect.add(new Header("Location", url + "1"));
        exchanges.add(exchange(false, url, 302, redirect));
        exchanges.add(exchange(true, url + "1", 200, preflight));
        exchanges.add(exchange(false, url + "1", ok, headers));
      } else {
        exchanges.add(exchange(false, url, this == MISSING ? 404 : ok, headers));
      }
      List<RecordedExchange> again = new ArrayList<>();
      for (int i = 0; i < MOST_REQUESTS; i++) {
        again.addAll(exchanges);
      }
      return again;
    }

    private static RecordedExchange exchange(
        boolean preflight, String url, int status, List<Header> headers) {
      return new RecordedExchange(
          preflight, Optional.of(Url.parse(url)), new ServerAnswer(status, headers));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sallyport.oracle.OracleTest#engines")
  void theModelDoesWhatTheEngineDoes(Engine engine) throws Exception {
    List<String> differences = new ArrayList<>();
    int tried = 0;
    long loaded = 0;
    for (String page : List.of("blog.localhost", "coep.localhost", "credentialless.localhost")) {
      try (Lab lab = new Lab();
          Engine.Running browser =
              engine.start(lab, "http://" + page + ":" + lab.port(), WORKERS)) {
        Map<String, Trial> trials = trials(page, lab.port());
        if (engine == Engine.FIREFOX) {
          // It prefetches when a page has nothing else to load, and this one always has.
          trials.values().removeIf(each -> each.way().keyword().equals("prefetch"));
        }
        List<Observation> seen = lab.run(trials, browser);
        loaded += seen.stream().filter(each -> each.outcome().equals("loaded")).count();
        Difference.among(trials, seen, engine, lab, browser)
            .forEach(each -> differences.add(each.toString()));
        tried += trials.size();
      }
    }
    System.out.printf(
        "oracle: %s, %d embeddings: %d differences%n",
        engine.profile().keyword(), tried, differences.size());
    assertThat(differences).as("%d of %d", differences.size(), tried).isEmpty();
    assertThat(loaded).isGreaterThan(tried / 4);
  }

  private static Map<String, Trial> trials(String pageHost, int port) {
    String origin = "http://" + pageHost + ":" + port;
    Map<String, Trial> trials = new LinkedHashMap<>();
    for (Embedding embedding : EnumSet.complementOf(EnumSet.copyOf(UNSEEN))) {
      for (Crossorigin crossorigin : Crossorigin.values()) {
        if (crossorigin == Crossorigin.NONE || embedding.heedsCrossorigin()) {
          for (Variant variant : variants(embedding)) {
            for (String host : List.of("photos.localhost", pageHost)) {
              String name = variant + "." + trials.size();
              String url = "http://" + host + ":" + port + "/c/" + name + "/" + variant;
              trials.put(
                  name,
                  new Trial(
                      new ExplainCase(
                          Url.parse(origin + "/page"),
                          PageRequest.get(
                              embedding == Embedding.WEB_SOCKET
                                  ? url.replace("http:", "ws:")
                                  : url),
                          variant.exchanges(embedding, origin, url)),
                      Way.of(embedding, crossorigin)));
            }
          }
        }
      }
    }
    return trials;
  }

  /** A document of plain text is loaded, but cannot say so. */
  private static Set<Variant> variants(Embedding embedding) {
    return embedding.mode(Crossorigin.NONE) == RequestMode.NAVIGATE
        ? EnumSet.complementOf(EnumSet.of(Variant.WRONG_TYPE, Variant.WRONG_TYPE_NOSNIFF))
        : EnumSet.allOf(Variant.class);
  }
}
