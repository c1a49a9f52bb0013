package dev.sallyport.doctor.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server on this machine that answers, byte for byte, what a test says. */
final class RawServer implements AutoCloseable {
  /** The first byte of whoever speaks TLS. */
  private static final int HANDSHAKE = 0x16;

  private final ServerSocket socket;
  private final Function<Request, String> answers;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What came. */
  record Request(String method, String path, List<String> lines) {
    Optional<String> header(String name) {
      String begin = name.toLowerCase(Locale.ROOT) + ":";
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
          .map(line -> line.substring(begin.length()).strip())
          .findFirst();
    }

    String origin() {
      return header("origin").orElse("");
    }

    boolean isPreflight() {
      return method.equals("OPTIONS") && header("access-control-request-method").isPresent();
    }
  }

  private RawServer(ServerSocket socket, Function<Request, String> answers) {
    this.socket = socket;
    this.answers = answers;
  }

  static RawServer start(Function<Request, String> answers) {
    try {
      return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawServer start(ServerSocket socket, Function<Request, String> answers) {
    RawServer server = new RawServer(socket, answers);
    Thread thread = new Thread(server::serve, "raw server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  /** An answer with a short body. */
  static String answer(int status, String... lines) {
    return answerWith(status, "here", lines);
  }

  static String answerWith(int status, String body, String... lines) {
    StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
    for (String line : lines) {
      answer.append(line).append("\r\n");
    }
    boolean isEmpty = status == 204 || status == 304;
    if (!isEmpty) {
      answer.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return answer.append("Connection: close\r\n\r\n").append(isEmpty ? "" : body).toString();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> serve(connection), "raw connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      PushbackInputStream bytes = new PushbackInputStream(connection.getInputStream());
      int begin = bytes.read();
      if (begin == HANDSHAKE) {
        connection.getOutputStream().write(answer(400).getBytes(StandardCharsets.ISO_8859_1));
        return;
      }
      if (begin < 0) {
        return;
      }
      bytes.unread(begin);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
      String first = in.readLine();
      if (first == null) {
        return;
      }
      List<String> lines = new ArrayList<>();
      for (String line; (line = in.readLine()) != null && !line.isEmpty(); ) {
        lines.add(line);
      }
      String[] parts = first.split(" ", -1);
      Request request = new Request(parts[0], parts.length > 1 ? parts[1] : "", lines);
      requests.add(request);
      connection
          .getOutputStream()
          .write(answers.apply(request).getBytes(StandardCharsets.ISO_8859_1));
      connection.getOutputStream().flush();
    } catch (IOException e) {
      // The client went away, or never spoke TLS.
    }
  }

  List<Request> requests() {
    return requests;
  }

  String url(String path) {
    return "http://127.0.0.1:" + socket.getLocalPort() + path;
  }

  String secureUrl(String path) {
    return "https://127.0.0.1:" + socket.getLocalPort() + path;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
