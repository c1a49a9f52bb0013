package dev.sallyport.cli;

import dev.sallyport.doctor.ConsoleMessage;
import dev.sallyport.doctor.MessageAdvice;
import dev.sallyport.doctor.Server;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.core.JsonGenerator;

/** What a message of a browser's console means, for somebody who reads it. */
final class MessageReport {
  private MessageReport() {}

  static List<String> of(ConsoleMessage message, @Nullable Server server, Ansi colours) {
    List<String> lines = new ArrayList<>();
    lines.add(Colours.bold(colours, message.reason().summary()));
    lines.add("reason: " + message.reason().code());
    lines.add("browser: " + message.browser().keyword());
    message.url().ifPresent(url -> lines.add("url: " + Printable.of(url)));
    message.origin().ifPresent(origin -> lines.add("origin: " + Printable.of(origin)));
    message.value().ifPresent(value -> lines.add("value: " + Printable.of(value)));
    lines.add("");
    lines.add("What to change:");
    MessageAdvice.of(message).forEach(fix -> lines.add("  " + ExplainReport.printable(fix)));
    lines.add("");
    lines.add("Try it with what the server answers:");
    lines.add(
        "  sallyport explain "
            + message.url().map(Printable::of).orElse("URL")
            + " --page "
            + message.origin().map(Printable::of).orElse("URL")
            + " --curl answer.txt"
            + (server == null ? "" : " --server " + server.keyword()));
    return lines;
  }

  /** Writes the same as an object. */
  static void write(JsonGenerator line, ConsoleMessage message) {
    line.writeStartObject();
    line.writeStringProperty("reason", message.reason().code());
    line.writeStringProperty("browser", message.browser().keyword());
    writeText(line, "url", message.url());
    writeText(line, "origin", message.origin());
    writeText(line, "value", message.value());
    line.writeArrayPropertyStart("fix");
    MessageAdvice.of(message).forEach(line::writeString);
    line.writeEndArray();
    line.writeEndObject();
  }

  private static void writeText(JsonGenerator line, String name, Optional<String> text) {
    line.writeName(name);
    line.writeString(text.orElse(null));
  }
}
