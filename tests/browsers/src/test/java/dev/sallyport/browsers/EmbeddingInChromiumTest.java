package dev.sallyport.browsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.browsers.EmbeddingServer.Variant;
import dev.sallyport.cli.demo.Chromium;
import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedded;
import dev.sallyport.embed.Embedder;
import dev.sallyport.embed.EmbedderPolicy;
import dev.sallyport.embed.Embedding;
import dev.sallyport.embed.EmbeddingPage;
import dev.sallyport.embed.Reading;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.url.Url;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every way to embed a resource, in the model and in a real browser, with many servers. */
class EmbeddingInChromiumTest {
  /** What a page that drives itself cannot try, or not see. */
  private static final Set<Embedding> UNSEEN =
      EnumSet.of(
          Embedding.WEB_SOCKET,
          Embedding.MANIFEST, // fetched when the page is installed
          Embedding.ICON, // not fetched without a window
          Embedding.FORM_GET, // these leave the page
          Embedding.FORM_POST,
          Embedding.LINK,
          Embedding.WINDOW, // wants a click
          Embedding.POST_MESSAGE,
          Embedding.STORAGE);

  private static final Map<String, EmbedderPolicy> PAGES =
      Map.of(
          "blog.localhost", EmbedderPolicy.UNSAFE_NONE,
          "coep.localhost", EmbedderPolicy.REQUIRE_CORP,
          "credentialless.localhost", EmbedderPolicy.CREDENTIALLESS);

  @Test
  void theModelSaysWhatChromiumDoes() throws Exception {
    try (EmbeddingServer server = new EmbeddingServer()) {
      List<EmbeddingCase> cases = cases(server.port());
      server.serve(cases);
      try (Chromium browser = Chromium.open(Lab.chromium(), server.start())) {
        Map<Integer, String> seen = browser.await(server.report(), Duration.ofMinutes(5));
        List<String> differences = new ArrayList<>();
        for (EmbeddingCase one : cases) {
          String model = model(Profile.CHROMIUM, one, cases);
          String chromium = seen.getOrDefault(one.id(), "nothing");
          if (!chromium.equals(model)) {
            differences.add(one + "\n    model: " + model + "\n    chromium: " + chromium);
          }
        }
        assertThat(differences).as("%d of %d cases", differences.size(), cases.size()).isEmpty();
        assertThat(seen.values().stream().filter(value -> value.startsWith("loaded")).count())
            .isGreaterThan(cases.size() / 4);
      }
    }
  }

  private static List<EmbeddingCase> cases(int port) {
    List<EmbeddingCase> cases = new ArrayList<>();
    for (String page : PAGES.keySet().stream().sorted().toList()) {
      for (Embedding embedding : EnumSet.complementOf(EnumSet.copyOf(UNSEEN))) {
        for (Crossorigin crossorigin : Crossorigin.values()) {
          if (crossorigin == Crossorigin.NONE || embedding.heedsCrossorigin()) {
            for (Variant variant : variants(embedding)) {
              for (String host : List.of("photos.bar.com", page)) {
                add(cases, page, embedding, crossorigin, variant, host, port);
              }
            }
          }
        }
      }
    }
    return cases;
  }

  /** A document of plain text is loaded, but cannot say so. */
  private static Set<Variant> variants(Embedding embedding) {
    return embedding.mode(Crossorigin.NONE) == RequestMode.NAVIGATE
        ? EnumSet.complementOf(EnumSet.of(Variant.WRONG_TYPE, Variant.WRONG_TYPE_NOSNIFF))
        : EnumSet.allOf(Variant.class);
  }

  private static void add(
      List<EmbeddingCase> cases,
      String page,
      Embedding embedding,
      Crossorigin crossorigin,
      Variant variant,
      String host,
      int port) {
    int id = cases.size();
    cases.add(
        new EmbeddingCase(
            id,
            page,
            "http://" + page + ":" + port,
            embedding,
            crossorigin,
            variant,
            "http://"
                + host
                + ":"
                + port
                + "/r/"
                + id
                + "/"
                + variant
                + "/"
                + embedding.keyword()));
  }

  private static String model(Profile profile, EmbeddingCase of, List<EmbeddingCase> cases) {
    EmbeddingPage page =
        new EmbeddingPage(
            Url.parse(of.pageOrigin() + "/"),
            Optional.ofNullable(PAGES.get(of.page())).orElseThrow());
    Embedded embedded =
        new Embedder(profile)
            .embed(
                page,
                of.embedding(),
                of.crossorigin(),
                Url.parse(of.url()),
                request -> answer(cases, request));
    return embedded.loaded()
        ? "loaded: "
            + embedded.readable().stream()
                .filter(reading -> !isUnseen(of.embedding(), reading))
                .map(Reading::keyword)
                .sorted()
                .collect(Collectors.joining(" "))
        : "not loaded";
  }

  private static Optional<ServerAnswer> answer(List<EmbeddingCase> cases, WireRequest request) {
    String[] path = request.url().path().split("/", -1);
    return Optional.of(
        Variant.valueOf(path[3]).answer(cases.get(Integer.parseInt(path[2])), request.preflight()));
  }

  /** The video is a sound only. */
  private static boolean isUnseen(Embedding embedding, Reading reading) {
    return embedding == Embedding.VIDEO && (reading == Reading.PIXELS || reading == Reading.SIZE);
  }
}
