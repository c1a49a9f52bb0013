package dev.sallyport.cli.demo;

import dev.sallyport.cli.demo.Exchange.Header;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What the demonstration's servers saw, in the order they saw it; the page shows it. */
final class Journal {
  /** More than a page shows; a demonstration left open over night stays small. */
  private static final int KEPT = 1000;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final JsonFactory JSON = new JsonFactory();

  private sealed interface Entry {}

  private record Seen(String server, Exchange exchange) implements Entry {}

  private record Logged(String line) implements Entry {}

  private record Numbered(long number, String time, Entry entry) {}

  private final Deque<Numbered> entries = new ArrayDeque<>();
  private long last;

  /** Notes an exchange that {@code server} had: {@code gateway} or {@code api}. */
  void saw(String server, Exchange exchange) {
    add(new Seen(server, exchange));
  }

  /** Notes a line of the gateway's log. */
  void logged(String line) {
    add(new Logged(line));
  }

  private synchronized void add(Entry entry) {
    entries.add(new Numbered(++last, LocalTime.now(ZoneId.systemDefault()).format(TIME), entry));
    if (entries.size() > KEPT) {
      entries.remove();
    }
  }

  private synchronized List<Numbered> after(long number) {
    return entries.stream().filter(entry -> entry.number() > number).toList();
  }

  /** The entries after the one with this number, as an array of JSON. */
  String json(long after) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (Numbered entry : after(after)) {
        write(json, entry);
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Numbered numbered) {
    json.writeStartObject();
    json.writeNumberProperty("seq", numbered.number());
    json.writeStringProperty("time", numbered.time());
    if (numbered.entry() instanceof Seen seen) {
      json.writeStringProperty("server", seen.server());
      json.writeStringProperty("method", seen.exchange().method());
      json.writeStringProperty("target", seen.exchange().target());
      json.writeNumberProperty("status", seen.exchange().status());
      write(json, "request", seen.exchange().request());
      write(json, "response", seen.exchange().response());
    } else if (numbered.entry() instanceof Logged logged) {
      json.writeStringProperty("server", "log");
      json.writeStringProperty("line", logged.line());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, List<Header> headers) {
    json.writeArrayPropertyStart(name);
    for (Header header : headers) {
      json.writeStartArray();
      json.writeString(header.name());
      json.writeString(header.value());
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
