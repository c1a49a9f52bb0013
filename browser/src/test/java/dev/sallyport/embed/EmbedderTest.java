package dev.sallyport.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of embedding; what a real browser makes of it is tested beside the browsers. */
class EmbedderTest {
  private static final String PHOTO = "https://photos.bar.com/peace";

  @ParameterizedTest(name = "{0}, crossorigin={1}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "img | none | https://blog.foo.com/ | Content-Type: image/png | loaded size",
        "img | anonymous | https://blog.foo.com/ | Content-Type: image/png | blocked CORS check",
        "img | anonymous | https://blog.foo.com/ | Access-Control-Allow-Origin: * | loaded pixels size",
        "img | use-credentials | https://blog.foo.com/ | Access-Control-Allow-Origin: * | blocked CORS check",
        "img | none | https://photos.bar.com/ | Content-Type: image/png | loaded pixels size",
        "script | none | https://blog.foo.com/ | Content-Type: text/javascript | loaded effects",
        "script | none | https://blog.foo.com/ | Content-Type: image/png | blocked Fetch, blocked due to its MIME type",
        "script | none | https://blog.foo.com/ | Content-Type: text/plain ; X-Content-Type-Options: nosniff | blocked Fetch, blocked due to nosniff",
        "style | none | https://blog.foo.com/ | Content-Type: text/css | loaded effects",
        "style | none | https://blog.foo.com/ | Content-Type: text/plain | blocked HTML, stylesheet",
        "track | none | https://blog.foo.com/ | Access-Control-Allow-Origin: * | blocked main fetch",
        "track | anonymous | https://blog.foo.com/ | Access-Control-Allow-Origin: * | loaded cues",
        "worker | none | https://blog.foo.com/ | Access-Control-Allow-Origin: * | blocked main fetch",
        "iframe | none | https://blog.foo.com/ | Content-Type: text/html | loaded messages",
        "iframe | none | https://blog.foo.com/ | X-Frame-Options: deny | blocked HTML, X-Frame-Options",
        "iframe | none | https://blog.foo.com/ | X-Frame-Options: SAMEORIGIN | blocked HTML, X-Frame-Options",
        "iframe | none | https://blog.foo.com/ | X-Frame-Options: ALLOW-FROM https://blog.foo.com | loaded messages",
        "iframe | none | https://blog.foo.com/ | X-Frame-Options: SAMEORIGIN ; X-Frame-Options: x | blocked HTML, X-Frame-Options",
        "iframe | none | https://blog.foo.com/ | X-Frame-Options: deny ; Content-Security-Policy: frame-ancestors https://*.foo.com | loaded messages",
        "iframe | none | https://blog.foo.com/ | Content-Security-Policy: frame-ancestors 'self' | blocked CSP, frame-ancestors",
        "iframe | none | https://photos.bar.com/ | Content-Security-Policy: frame-ancestors 'self' | loaded document messages",
        "iframe | none | https://blog.foo.com/ | Content-Disposition: attachment | blocked HTML, navigation by fetching",
        "font | none | https://blog.foo.com/ | Content-Type: font/woff2 | blocked CORS check",
        "eventsource | none | https://blog.foo.com/ | Access-Control-Allow-Origin: * ; Content-Type: text/plain | blocked HTML, EventSource",
        "service-worker | none | http://photos.bar.com/ | Content-Type: text/javascript | blocked Secure Contexts",
        "websocket | none | https://blog.foo.com/ | Content-Type: text/plain | blocked WebSockets, establish a connection",
        "form-post | none | https://blog.foo.com/ | Content-Type: text/html | loaded",
        "storage | none | https://blog.foo.com/ | Content-Type: text/html | blocked Storage, storage keys",
        "post-message | none | https://blog.foo.com/ | Content-Type: text/html | loaded messages",
        "beacon | none | https://blog.foo.com/ | Content-Type: text/html | loaded",
        "img | none | https://blog.foo.com/ | Cross-Origin-Resource-Policy: same-site | blocked",
        "img | none | https://www.bar.com/ | Cross-Origin-Resource-Policy: same-site | loaded size",
      })
  void loading(String way, String crossorigin, String page, String headers, String expected) {
    Embedded embedded =
        new Embedder(Profile.STANDARD)
            .embed(
                EmbeddingPage.of(Url.parse(page)),
                Embedding.of(way).orElseThrow(),
                Crossorigin.of(crossorigin).orElseThrow(),
                Url.parse(PHOTO),
                request -> Optional.of(new ServerAnswer(200, headers(headers))));
    assertThat(told(embedded)).as("%s", embedded.why()).startsWith(expected);
    assertThat(embedded.loaded()).isEqualTo(expected.startsWith("loaded"));
  }

  private static List<Header> headers(String lines) {
    return Arrays.stream(lines.split(" ; ", -1))
        .map(line -> line.split(": ", 2))
        .map(parts -> new Header(parts[0].strip(), parts[1].strip()))
        .toList();
  }

  private static String told(Embedded embedded) {
    return embedded.loaded()
        ? ("loaded "
                + embedded.readable().stream()
                    .map(Reading::keyword)
                    .collect(Collectors.joining(" ")))
            .strip()
        : "blocked " + embedded.why().get(embedded.why().size() - 1).step();
  }

  @Test
  void aPageOfHttpsAsksForImagesOfHttpByHttps() {
    List<WireRequest> sent = new ArrayList<>();
    embed("https://blog.foo.com/", Embedding.IMG, "http://photos.bar.com/peace", sent);
    assertThat(sent).extracting(WireRequest::url).containsExactly(Url.parse(PHOTO));

    sent.clear();
    embed("https://blog.foo.com/", Embedding.SCRIPT, "http://photos.bar.com/peace", sent);
    assertThat(sent).isEmpty();

    embed("http://blog.foo.com/", Embedding.IMG, "http://photos.bar.com/peace", sent);
    assertThat(sent).extracting(r -> r.url().scheme()).containsExactly("http");
  }

  @Test
  void aFormSaysWhereItComesFromAndALinkDoesNot() {
    List<WireRequest> sent = new ArrayList<>();
    embed("https://blog.foo.com/", Embedding.FORM_POST, PHOTO, sent);
    embed("https://blog.foo.com/", Embedding.LINK, PHOTO, sent);
    assertThat(sent)
        .extracting(WireRequest::headers)
        .containsExactly(List.of(new Header("Origin", "https://blog.foo.com")), List.of());
  }

  @Test
  void aSocketSaysWhereItComesFromAndAsksNobody() {
    List<WireRequest> sent = new ArrayList<>();
    Embedded embedded =
        new Embedder(Profile.STANDARD)
            .embed(
                EmbeddingPage.of(Url.parse("https://blog.foo.com/")),
                Embedding.WEB_SOCKET,
                Crossorigin.NONE,
                Url.parse("wss://photos.bar.com/live"),
                request -> {
                  sent.add(request);
                  return Optional.of(new ServerAnswer(101, List.of()));
                });
    assertThat(embedded.readable()).containsExactly(Reading.MESSAGES);
    assertThat(sent)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.url()).isEqualTo(Url.parse("https://photos.bar.com/live"));
              assertThat(request.headers()).contains(new Header("Origin", "https://blog.foo.com"));
            });
  }

  @Test
  void keywordsAndRulesAreWhole() {
    assertThat(Embedding.values())
        .extracting(Embedding::keyword)
        .doesNotHaveDuplicates()
        .allMatch(keyword -> keyword.matches("[a-z]+(-[a-z]+)*"));
    assertThat(Embedding.values())
        .allSatisfy(
            way -> {
              assertThat(way.anchors()).isNotEmpty().allMatch(a -> a.matches("https://\\S+#\\S+"));
              assertThat(way.readableWhenShared()).containsAll(way.readableWhenOpaque());
            });
  }

  private static void embed(String page, Embedding way, String resource, List<WireRequest> sent) {
    new Embedder(Profile.STANDARD)
        .embed(
            EmbeddingPage.of(Url.parse(page)),
            way,
            Crossorigin.NONE,
            Url.parse(resource),
            request -> {
              sent.add(request);
              return Optional.of(new ServerAnswer(200, List.of()));
            });
  }
}
