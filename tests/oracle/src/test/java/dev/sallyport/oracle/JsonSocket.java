package dev.sallyport.oracle;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket to a browser's tools, over which JSON goes both ways. */
final class JsonSocket implements AutoCloseable, WebSocket.Listener {
  private static final JsonMapper JSON = new JsonMapper();

  private final Consumer<JsonNode> listener;
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  JsonSocket(URI address, Consumer<JsonNode> listener) {
    this.listener = listener;
    this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this).join();
  }

  void say(String command) {
    socket.sendText(command, true).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      listener.accept(JSON.readTree(message.toString()));
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
