package dev.sallyport.endurance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of HTTP/1.1 with one connection, which it keeps. */
final class Client implements AutoCloseable {
  static final String ORIGIN = "https://blog.foo.com";

  private final Socket socket = new Socket();
  private final InputStream in;

  Client(InetSocketAddress address) throws IOException {
    this(address, "127.0.0.1");
  }

  /** Connects from an address of loopback. */
  Client(InetSocketAddress address, String from) throws IOException {
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    socket.connect(address);
    in = new BufferedInputStream(socket.getInputStream(), 1024);
  }

  /** Sends a head, whose request line and first lines these are, and a body. */
  Client send(String line, String lines, byte[] body) throws IOException {
    String head = line + " HTTP/1.1\r\nHost: gate\r\nOrigin: " + ORIGIN + "\r\n" + lines + "\r\n";
    send(head);
    socket.getOutputStream().write(body);
    return this;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The status of the answer to a request without a body, all of which is read. */
  int ask(String line, String lines) throws IOException {
    return send(line, lines, new byte[0]).answer();
  }

  /** Reads an answer, and gives its status. */
  int answer() throws IOException {
    String head = readHead();
    Http.skipBody(head, in);
    return status(head);
  }

  String readHead() throws IOException {
    return Http.readHead(in);
  }

  static int status(String head) {
    return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
  }

  String read(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
  }

  /** Ends the connection by a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
