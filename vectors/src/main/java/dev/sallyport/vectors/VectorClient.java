package dev.sallyport.vectors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
      String head = head(new BufferedInputStream(socket.getInputStream()));
      List<String> lines = new ArrayList<>(List.of(head.split("\r\n", -1)));
      return new Answer(Integer.parseInt(lines.remove(0).substring(9, 12)), lines);
    }
  }

  /** The head of an answer, without the empty line that ends it; the body is left unread. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!endsHead(head)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer, but \"" + head + "\"");
      }
      head.append((char) next);
    }
    return head.substring(0, head.length() - 4);
  }

  private static boolean endsHead(CharSequence text) {
    int length = text.length();
    return length >= 4 && text.subSequence(length - 4, length).toString().equals("\r\n\r\n");
  }
}
