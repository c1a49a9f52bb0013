package dev.sallyport.oracle;

import dev.sallyport.doctor.ConsoleMessage;
import dev.sallyport.fetch.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Listens to what Firefox writes to its console of requests by CORS.
 *
 * @see <a href="https://w3c.github.io/webdriver-bidi/#event-log-entryAdded">WebDriver BiDi,
 *     log.entryAdded</a>
 */
final class FirefoxConsole implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern CASE = Pattern.compile("/c/([^/]+)/");

  private final Map<String, List<Reason>> reasons = new ConcurrentHashMap<>();
  private final List<String> unread = new CopyOnWriteArrayList<>();
  private final JsonSocket socket;

  private FirefoxConsole(URI session) {
    socket = new JsonSocket(session, this::take);
    socket.say("{\"id\":1,\"method\":\"session.new\",\"params\":{\"capabilities\":{}}}");
    socket.say(
        "{\"id\":2,\"method\":\"session.subscribe\",\"params\":{\"events\":[\"log.entryAdded\"]}}");
  }

  /**
   * Listens to a Firefox that was started with a port for it.
   *
   * @param profile where it writes the port
   */
  static FirefoxConsole of(Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("WebDriverBiDiServer.json");
    for (int left = 300; left > 0; left--) {
      if (Files.exists(file) && Files.size(file) > 0) {
        JsonNode server = JSON.readTree(Files.readString(file));
        return new FirefoxConsole(
            URI.create("ws://127.0.0.1:" + server.get("ws_port").intValue() + "/session"));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("Firefox does not say where it can be listened to");
  }

  private void take(JsonNode event) {
    String text = event.path("params").path("text").stringValue("");
    Matcher matcher = CASE.matcher(text);
    if (!text.contains("(Reason:") || !matcher.find()) {
      return;
    }
    ConsoleMessage.read(text)
        .ifPresentOrElse(
            read ->
                reasons
                    .computeIfAbsent(matcher.group(1), name -> new CopyOnWriteArrayList<>())
                    .add(read.reason()),
            () -> unread.add(text));
  }

  /** The reasons given for the requests of a case. */
  List<Reason> reasons(String name) {
    return reasons.getOrDefault(name, List.of());
  }

  /** What the doctor could not read. */
  List<String> unread() {
    return unread;
  }

  @Override
  public void close() {
    socket.close();
  }
}
