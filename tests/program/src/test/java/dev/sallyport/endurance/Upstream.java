package dev.sallyport.endurance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An upstream that does what the path says. */
final class Upstream implements AutoCloseable {
  private static final byte[] PIECE = new byte[1 << 16];

  private final ServerSocket server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "upstream");
            thread.setDaemon(true);
            return thread;
          });

  Upstream() throws IOException {
    server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        // Ends with the test.
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = Http.readHead(in); !head.isEmpty(); head = Http.readHead(in)) {
        if (!answer(head, socket, in, out)) {
          return;
        }
      }
    } catch (IOException gone) {
      // The gateway ends connections when its clients go.
    }
  }

  /** Whether the connection is kept. */
  private static boolean answer(String head, Socket socket, InputStream in, OutputStream out)
      throws IOException {
    Http.skipBody(head, in);
    String path = head.split(" ", 3)[1];
    switch (path) {
      case "/large" -> {
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: " + 64 * PIECE.length + "\r\n\r\n");
        for (int i = 0; i < 64; i++) {
          out.write(PIECE);
        }
      }
      case "/events" -> {
        send(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
        send(out, "Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 20; i++) {
          send(out, "9\r\ndata: x\n\n\r\n");
        }
        send(out, "0\r\n\r\n");
      }
      case "/reset" -> {
        socket.setSoLinger(true, 0);
        return false;
      }
      case "/cut" -> {
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        return false;
      }
      case "/socket" -> {
        send(out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n");
        send(out, "Connection: Upgrade\r\nSec-WebSocket-Accept: " + Http.ACCEPT + "\r\n\r\n");
        in.transferTo(out);
        return false;
      }
      default -> send(out, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    }
    return !head.toLowerCase(Locale.ROOT).contains("connection: close");
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
