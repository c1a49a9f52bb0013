package dev.sallyport.vectors;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends a case's request over a socket of its own, byte for byte. */
public final class VectorClient {
  private static final int TIMEOUT_MILLIS = 10_000;

  private VectorClient() {}

  /** What the server at {@code address} answers to a case's request for {@code path}. */
  public static Answer send(InetSocketAddress address, String path, VectorCase vector)
      throws IOException {
    StringBuilder message = new StringBuilder();
    message.append(vector.request().method()).append(' ').append(path).append(" HTTP/1.1\r\n");
    boolean hasHost =
        vector.request().headers().stream().anyMatch(line -> line.get(0).equals("Host"));
    message.append(hasHost ? "" : "Host: server.example\r\n");
    vector
        .request()
        .headers()
        .forEach(
            line -> message.append(line.get(0)).append(": ").append(line.get(1)).append("\r\n"));
    message.append("Connection: close\r\n\r\n");
    return send(address, message.toString());
  }

  /**
   * What the server at {@code address} answers to {@code message}, which has to ask it to close.
   */
  public static Answer send(InetSocketAddress address, String message) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int end = answer.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new IOException("no answer, but \"" + answer + "\"");
      }
      List<String> lines = new ArrayList<>(List.of(answer.substring(0, end).split("\r\n", -1)));
      return new Answer(Integer.parseInt(lines.remove(0).substring(9, 12)), lines);
    }
  }
}
