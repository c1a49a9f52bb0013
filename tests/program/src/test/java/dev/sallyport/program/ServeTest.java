package dev.sallyport.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built program, started as its users start it, and spoken to over sockets. */
@Timeout(120)
class ServeTest {
  private static final String BLOG = "https://blog.foo.com";

  private static RawApi api;
  private static Program program;

  @BeforeAll
  static void start() throws Exception {
    api = new RawApi();
    program =
        Program.start(
            "serve",
            "--to",
            api.url("/api"),
            "--allow-origin",
            BLOG,
            "--allow-method",
            "PUT",
            "--max-age",
            "10m",
            "--set-header",
            "x-api-key: ${env:HOME}",
            "--listen",
            "127.0.0.1:0");
    program.port();
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
    api.close();
  }

  @Test
  void anAllowedOriginReadsTheAnswer() throws Exception {
    Answer answer = ask(program, "GET /photos HTTP/1.1", "Origin: " + BLOG);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).containsExactly(BLOG);
    assertThat(answer.header("vary")).containsExactly("Origin");
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(api.next())
        .startsWith("GET /api/photos HTTP/1.1")
        .contains("x-api-key: " + System.getenv("HOME"));
  }

  @Test
  void aDeniedOriginReadsNothing() throws Exception {
    Answer answer = ask(program, "GET /photos HTTP/1.1", "Origin: https://evil.com");
    assertThat(answer.header("access-control-allow-origin")).isEmpty();
    assertThat(answer.header("vary")).containsExactly("Origin");
    api.next();
  }

  @Test
  void aDeniedPostNeverReachesTheUpstream() throws Exception {
    Answer answer =
        ask(program, "POST /photos HTTP/1.1", "Origin: https://evil.com", "Content-Length: 0");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"origin-not-allowed\"").doesNotContain("blog");
    assertThat(api.isQuiet()).isTrue();
    program.awaitOutput("denied POST /photos origin-not-allowed: ");
  }

  @Test
  void noOriginIsRelayed() throws Exception {
    Answer answer = ask(program, "GET /photos HTTP/1.1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("vary")).containsExactly("Origin");
    api.next();
  }

  @Test
  void aPreflightIsAnsweredHere() throws Exception {
    Answer answer =
        ask(
            program,
            "OPTIONS /photos HTTP/1.1",
            "Origin: " + BLOG,
            "Access-Control-Request-Method: PUT");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("access-control-allow-methods")).containsExactly("PUT");
    assertThat(answer.header("access-control-max-age")).containsExactly("600");
    assertThat(api.isQuiet()).isTrue();
  }

  @Test
  void anyOtherOptionsIsRelayed() throws Exception {
    assertThat(ask(program, "OPTIONS /photos HTTP/1.1", "Origin: " + BLOG).status()).isEqualTo(200);
    assertThat(api.next()).startsWith("OPTIONS /api/photos HTTP/1.1");
  }

  @Test
  void theUpstreamsOwnCorsHeadersAreReplaced() throws Exception {
    Answer answer = ask(program, "GET /open HTTP/1.1", "Origin: " + BLOG);
    assertThat(answer.header("access-control-allow-origin")).containsExactly(BLOG);
    assertThat(answer.header("access-control-allow-credentials")).isEmpty();
    api.next();
    Answer denied = ask(program, "GET /open HTTP/1.1", "Origin: https://evil.com");
    assertThat(denied.header("access-control-allow-origin")).isEmpty();
    api.next();
  }

  @Test
  void anUpstreamThatIsDownIsToldSoThatThePageReadsIt() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    try (Program lonely =
        Program.start(
            "serve",
            "--to",
            "http://127.0.0.1:" + nobody,
            "--allow-origin",
            BLOG,
            "--listen",
            "127.0.0.1:0")) {
      Answer answer = ask(lonely, "GET / HTTP/1.1", "Origin: " + BLOG);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.header("content-type")).containsExactly("application/problem+json");
      assertThat(answer.header("access-control-allow-origin")).containsExactly(BLOG);
      assertThat(answer.body()).contains("\"code\":\"upstream-unreachable\"");
    }
  }

  @Test
  void sigtermFinishesWhatIsInFlight() throws Exception {
    try (RawApi slow = new RawApi();
        Program ending =
            Program.start(
                "serve", "--to", slow.url(""), "--allow-origin", BLOG, "--listen", "127.0.0.1:0");
        Socket client = new Socket(InetAddress.getLoopbackAddress(), ending.port())) {
      client
          .getOutputStream()
          .write("GET /wait HTTP/1.1\r\nHost: gate\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      slow.next();
      ending.terminate();
      slow.release();
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 200 OK")
          .endsWith("[]");
      assertThat(ending.exit()).isZero();
    }
  }

  @Test
  void sighupReadsTheFileAgainAndOpensTheAccessLogAgain(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("sallyport.yaml");
    RawApi own = new RawApi();
    Path log = directory.resolve("access.log");
    String configuration =
        """
        listen: 127.0.0.1:0
        accessLog: {format: common, to: access.log}
        routes:
          - upstream: %s
            response: {setHeaders: {x-mark: one}}
        """
            .formatted(own.url("/api"));
    Files.writeString(file, configuration);
    try (own;
        Program serving = Program.start("serve", "--config", file.toString())) {
      assertThat(ask(serving, "GET /1 HTTP/1.1").header("x-mark")).containsExactly("one");
      awaitLine(serving, log, "\"GET /1 HTTP/1.1\" 200 2");

      Files.move(log, directory.resolve("access.log.1"));
      serving.hangUp();
      serving.awaitOutput(file + " serves as it is now (SIGHUP)");
      assertThat(ask(serving, "GET /2 HTTP/1.1").status()).isEqualTo(200);
      awaitLine(serving, log, "\"GET /2 HTTP/1.1\" 200 2");

      Files.move(log, directory.resolve("access.log.2"));
      Files.writeString(file, configuration + "    colour: red\n");
      serving.hangUp();
      serving.awaitOutput(file + ":6:5: unknown key \"colour\" in a route.");
      serving.awaitOutput(file + " is not taken over (SIGHUP)");
      assertThat(ask(serving, "GET /3 HTTP/1.1").header("x-mark")).containsExactly("one");
      awaitLine(serving, log, "\"GET /3 HTTP/1.1\" 200 2");

      Files.writeString(file, configuration.replace("x-mark: one", "x-mark: two"));
      serving.hangUp();
      serving.await(
          "an answer of the new configuration",
          () -> ask(serving, "GET /4 HTTP/1.1").header("x-mark").contains("two"));
      serving.terminate();
      assertThat(serving.exit()).isZero();
    }
  }

  @Test
  void anAccessLogOfJsonGoesToStandardOutput(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("sallyport.yaml");
    RawApi own = new RawApi();
    Files.writeString(
        file,
        "listen: 127.0.0.1:0\naccessLog: json\nroutes: [{upstream: \"" + own.url("") + "\"}]\n");
    try (own;
        Program serving = Program.start("serve", "--no-access-log", "--config", file.toString())) {
      ask(serving, "GET /1?key=secret HTTP/1.1");
      serving.awaitOutput(
          "\"method\":\"GET\",\"path\":\"/1\",\"protocol\":\"HTTP/1.1\",\"status\":200");
      assertThat(serving.output()).doesNotContain("secret", "sallyport.access");
    }
  }

  private static void awaitLine(Program serving, Path log, String text) throws Exception {
    serving.await(
        text + " in " + log, () -> Files.exists(log) && Files.readString(log).contains(text));
  }

  @Test
  void serveRefusesWhatValidateRefusesInTheSameWords(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("sallyport.yaml");
    Files.writeString(
        file,
        """
        routes:
          - path: /photos
            upstream: https://photos.bar.com
            cors: {allowOrigins: ["https://*.github.io"], allowCredentials: true}
        """);
    String problem =
        file
            + ":4:27: origin pattern \"https://*.github.io\" covers a public suffix: anyone can register a name"
            + " under it, and credentials are on. List the hosts, or set dangerouslyAllowPublicSuffixSubdomains.";
    for (List<String> command :
        List.of(
            List.of("validate", file.toString()), List.of("serve", "--config", file.toString()))) {
      try (Program refusing = Program.start(command.toArray(String[]::new))) {
        assertThat(refusing.exit()).as(command.toString()).isEqualTo(1);
        assertThat(refusing.output().lines()).as(command.toString()).contains(problem);
      }
    }
  }

  private record Answer(int status, List<String> lines, String body) {
    List<String> header(String name) {
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }
  }

  private static Answer ask(Program gateway, String... lines) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      String message = String.join("\r\n", lines) + "\r\nHost: gate\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int end = answer.indexOf("\r\n\r\n");
      List<String> head = Arrays.asList(answer.substring(0, end).split("\r\n", -1));
      return new Answer(
          Integer.parseInt(head.get(0).substring(9, 12)),
          head.subList(1, head.size()),
          answer.substring(end + 4));
    }
  }

  /** An API that knows no CORS, or, under {@code /open}, too much of it. */
  private static final class RawApi implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final LinkedBlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    RawApi() throws IOException {
      Thread thread = new Thread(this::serve, "api");
      thread.setDaemon(true);
      thread.start();
    }

    String url(String path) {
      return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    String next() throws InterruptedException {
      return heads.take();
    }

    boolean isQuiet() {
      return heads.isEmpty();
    }

    void release() {
      released.countDown();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          answer(socket);
        } catch (IOException e) {
          if (!server.isClosed()) {
            heads.add("the API failed: " + e);
          }
        }
      }
    }

    private void answer(Socket socket) throws IOException {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      heads.add(head.toString());
      if (head.indexOf("/wait") > 0) {
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IOException("ended while waiting", e);
        }
      }
      String own =
          head.indexOf("/open") > 0
              ? "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true\r\n"
              : "";
      socket
          .getOutputStream()
          .write(
              ("HTTP/1.1 200 OK\r\n" + own + "Content-Length: 2\r\nConnection: close\r\n\r\n[]")
                  .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
