package dev.sallyport.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedded;
import dev.sallyport.embed.Embedder;
import dev.sallyport.embed.Embedding;
import dev.sallyport.embed.EmbeddingPage;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class EmbeddingReportTest {

  private static Embedded image(Crossorigin crossorigin) {
    return new Embedder(Profile.STANDARD)
        .embed(
            EmbeddingPage.of(Url.parse("https://blog.foo.com/")),
            Embedding.IMG,
            crossorigin,
            Url.parse("https://photos.bar.com/peace.png"),
            request -> Optional.of(new ServerAnswer(200, List.of())));
  }

  @Test
  void anImageIsShownAndNotRead() {
    assertThat(EmbeddingReport.lines(image(Crossorigin.NONE)))
        .startsWith(
            "<img> asks in mode no-cors, credentials mode include, as image.",
            "It works; scripts of the page may read its width and height.")
        .endsWith(
            "To read more: set crossorigin=anonymous, and have the server send"
                + " Access-Control-Allow-Origin.");
  }

  @Test
  void anImageThatAsksByCorsIsNotShownWithout() {
    assertThat(EmbeddingReport.lines(image(Crossorigin.ANONYMOUS)))
        .contains("It is blocked.", "    https://fetch.spec.whatwg.org/#concept-cors-check");
  }

  @Test
  void programsReadTheSame() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      EmbeddingReport.write(json, image(Crossorigin.NONE));
      json.writeEndObject();
    }
    assertThat(out.toString())
        .startsWith(
            "{\"embed\":\"img\",\"crossorigin\":\"none\",\"mode\":\"no-cors\",\"credentials\":\"include\","
                + "\"destination\":\"image\",\"loaded\":true,\"readable\":[\"size\"],\"why\":[{");
  }
}
