package dev.sallyport.doctor;

import dev.sallyport.embed.Embedded;
import dev.sallyport.embed.Reading;
import dev.sallyport.fetch.TraceStep;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Tells what became of an embedding, for people and for programs. */
public final class EmbeddingReport {
  private EmbeddingReport() {}

  /** A few lines: what is asked, whether it works, what may be read, and by which rules. */
  public static List<String> lines(Embedded embedded) {
    List<String> lines = new ArrayList<>();
    lines.add(
        embedded.embedding().label()
            + (embedded.embedding().makesRequest()
                ? " asks in mode "
                    + embedded.mode().keyword()
                    + ", credentials mode "
                    + embedded.credentials().keyword()
                    + destination(embedded)
                    + "."
                : " makes no request."));
    lines.add(
        embedded.loaded()
            ? "It works; scripts of the page may read " + words(embedded) + "."
            : "It is blocked.");
    for (TraceStep step : embedded.why()) {
      lines.add("  " + step.step() + ": " + step.detail());
      lines.add("    " + step.anchor());
    }
    hint(embedded, lines);
    return lines;
  }

  private static String destination(Embedded embedded) {
    String destination = embedded.embedding().destination().keyword();
    return destination.isEmpty() ? "" : ", as " + destination;
  }

  private static String words(Embedded embedded) {
    return embedded.readable().isEmpty()
        ? "nothing of it"
        : String.join(", ", embedded.readable().stream().map(Reading::words).toList());
  }

  /** What would let scripts read more, where something would. */
  private static void hint(Embedded embedded, List<String> lines) {
    boolean readsLess =
        embedded.loaded()
            && embedded.embedding().heedsCrossorigin()
            && !embedded.readable().containsAll(embedded.embedding().readableWhenShared());
    if (readsLess) {
      lines.add(
          "To read more: set crossorigin=anonymous, and have the server send"
              + " Access-Control-Allow-Origin.");
    }
  }

  /** Writes properties into an object that was begun. */
  public static void write(JsonGenerator json, Embedded embedded) {
    json.writeStringProperty("embed", embedded.embedding().keyword());
    json.writeStringProperty("crossorigin", embedded.crossorigin().keyword());
    json.writeStringProperty("mode", embedded.mode().keyword());
    json.writeStringProperty("credentials", embedded.credentials().keyword());
    json.writeStringProperty("destination", embedded.embedding().destination().keyword());
    json.writeBooleanProperty("loaded", embedded.loaded());
    json.writeArrayPropertyStart("readable");
    embedded.readable().forEach(reading -> json.writeString(reading.keyword()));
    json.writeEndArray();
    OutcomeWriter.writeSteps(json, "why", embedded.why());
  }
}
