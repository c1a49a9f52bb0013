package dev.sallyport.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of the documentation is the model's; {@code -Dsallyport.update=true} writes it. */
class EmbeddingDocTest {
  private static final Path PAGE =
      Path.of(System.getProperty("sallyport.root", "..")).resolve("docs/embedding.md");
  private static final String BEGIN = "<!-- begin of the table -->\n";
  private static final String END = "<!-- end of the table -->\n";
  private static final String BLOG = "https://blog.foo.com";

  @Test
  void thePageHasTheTable() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + "\n"
            + table()
            + "\n"
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("sallyport.update")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(Files.readString(PAGE))
        .as("%s; write it anew with -Dsallyport.update=true", PAGE)
        .isEqualTo(wanted);
  }

  private static String table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| `--embed` | in the page | `crossorigin` | mode, credentials | destination |"
            + " without CORS headers | with them | rule |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (Embedding way : Embedding.values()) {
      for (Crossorigin crossorigin : Crossorigin.values()) {
        if (crossorigin == Crossorigin.NONE || way.heedsCrossorigin()) {
          lines.add(row(way, crossorigin));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(Embedding way, Crossorigin crossorigin) {
    boolean first = crossorigin == Crossorigin.NONE;
    return "| "
        + String.join(
            " | ",
            first ? "`" + way.keyword() + "`" : "",
            first ? "`" + way.label() + "`" : "",
            way.heedsCrossorigin() ? crossorigin.keyword() : "",
            way.makesRequest()
                ? way.mode(crossorigin).keyword() + ", " + way.credentials(crossorigin).keyword()
                : "no request",
            way.destination().keyword(),
            told(way, crossorigin, false),
            told(way, crossorigin, true),
            first ? rules(way) : "")
        + " |";
  }

  private static String rules(Embedding way) {
    List<String> links = new ArrayList<>();
    for (int i = 0; i < way.anchors().size(); i++) {
      links.add("[" + way.anchorTitles().get(i) + "](" + way.anchors().get(i) + ")");
    }
    return String.join(", ", links);
  }

  private static String told(Embedding way, Crossorigin crossorigin, boolean shared) {
    Embedded embedded =
        new Embedder(Profile.STANDARD)
            .embed(
                EmbeddingPage.of(Url.parse(BLOG + "/")),
                way,
                crossorigin,
                Url.parse("https://photos.bar.com/resource"),
                request -> Optional.of(answer(way, shared)));
    if (!embedded.loaded()) {
      return "**blocked**";
    }
    Set<Reading> readable = embedded.readable();
    return readable.isEmpty()
        ? "works; nothing"
        : "works; " + String.join(", ", readable.stream().map(Reading::words).toList());
  }

  private static ServerAnswer answer(Embedding way, boolean shared) {
    List<Header> headers = new ArrayList<>();
    if (!way.demand().example().isEmpty()) {
      headers.add(new Header("Content-Type", way.demand().example()));
    }
    if (shared) {
      headers.add(new Header("Access-Control-Allow-Origin", BLOG));
      headers.add(new Header("Access-Control-Allow-Credentials", "true"));
      headers.add(new Header("Access-Control-Allow-Headers", "content-type"));
    }
    return new ServerAnswer(way == Embedding.WEB_SOCKET ? 101 : 200, headers);
  }
}
