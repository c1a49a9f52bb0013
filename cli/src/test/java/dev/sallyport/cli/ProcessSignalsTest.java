package dev.sallyport.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Signals end a process of its own as users expect: the first politely, the second at once. */
class ProcessSignalsTest {
  private static final Pattern ADDRESS =
      Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)");

  /** {@code sallyport serve} in a process of its own, in front of a server that never answers. */
  private static final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader err;

    Program(int upstream) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Sallyport.class.getName());
      command.addAll(List.of("serve", "--to", "http://127.0.0.1:" + upstream));
      command.addAll(List.of("--allow-origin", "*", "--listen", "0"));
      process = new ProcessBuilder(command).start();
      err = process.errorReader(StandardCharsets.UTF_8);
    }

    /** Reads what it says until a line matches. */
    Matcher await(Pattern pattern) throws IOException {
      StringBuilder said = new StringBuilder();
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.append(line).append('\n');
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          return matcher;
        }
      }
      throw new AssertionError("it ended without " + pattern + ":\n" + said);
    }

    int port() throws IOException {
      return Integer.parseInt(await(ADDRESS).group(1));
    }

    /** SIGTERM. */
    void terminate() {
      // Not of the process itself: that would close what it says.
      assertThat(process.toHandle().destroy()).isTrue();
    }

    int exit() throws InterruptedException {
      assertThat(process.waitFor(1, MINUTES)).as("it ends").isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static ServerSocket upstream() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @Test
  void theFirstEndsAnIdleGatewayWithZero() throws IOException, InterruptedException {
    try (ServerSocket upstream = upstream();
        Program program = new Program(upstream.getLocalPort())) {
      program.port();
      program.terminate();
      program.await(Pattern.compile("^sallyport: stopped\\.$"));
      assertThat(program.exit()).isZero();
    }
  }

  @Test
  void theFirstLetsARequestFinish() throws IOException, InterruptedException {
    try (ServerSocket upstream = upstream();
        Program program = new Program(upstream.getLocalPort());
        Socket client = ask(program.port());
        Socket asked = upstream.accept()) {
      assertThat(head(asked)).startsWith("GET / HTTP/1.1\r\n");
      program.terminate();
      program.await(Pattern.compile("finishing what is under way"));
      asked
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhi");
      assertThat(program.exit()).isZero();
    }
  }

  @Test
  void theSecondEndsItAtOnce() throws IOException, InterruptedException {
    try (ServerSocket upstream = upstream();
        Program program = new Program(upstream.getLocalPort());
        Socket client = ask(program.port());
        Socket asked = upstream.accept()) {
      assertThat(head(asked)).startsWith("GET / HTTP/1.1\r\n");
      program.terminate();
      program.await(Pattern.compile("finishing what is under way"));
      program.terminate();
      assertThat(program.exit()).isEqualTo(143);
      assertThat(asked.getInputStream().readAllBytes()).isEmpty();
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
  }

  /** The head of the request that has come. */
  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      assertThat(next).as("more than " + head).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  private static Socket ask(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
