package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sallyport serve}: what it says, what it refuses, how it ends. */
class ServeCommandTest {
  @TempDir private Path directory;

  @Test
  void saysWhereItListensWhatItRelaysForWhomAndHowToSeeIt() throws IOException {
    try (Serving serving =
        Serving.start(
            "serve",
            "--to=https://photos.bar.com/api",
            "--allow-origin=https://blog.foo.com",
            "--allow-method=PUT",
            "--listen=0")) {
      String address = "http://127.0.0.1:" + serving.port();
      assertThat(serving.banner())
          .isEqualTo(
              """
              Sallyport %1$s listens on %2$s

                %2$s/  ->  https://photos.bar.com/api
                  for pages of  https://blog.foo.com
                  methods       GET, HEAD, POST, PUT

              Open a page of https://blog.foo.com in a browser, its console with F12, and paste:

                await (await fetch("%2$s/")).text()

              Ctrl-C ends it, once what is under way is done.
              """
                  .formatted(Versions.sallyport(), address));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), serving.port())) {
        assertThat(socket.isConnected()).isTrue();
      }
      Run run = serving.stop();
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .isEqualTo(
              serving.banner()
                  + "sallyport: finishing what is under way, for 30 s at most; another signal ends it"
                  + " at once.\nsallyport: stopped.\n");
    }
  }

  @Test
  void servesTheRoutesOfAFile() throws IOException {
    Path file = directory.resolve("sallyport.yaml");
    Files.writeString(
        file,
        """
        listen: 127.0.0.1:0
        limits: {grace: 5s}
        origins:
          apps: ["https://*.preview.foo.com", "https://blog.foo.com"]
        routes:
          - path: /private
            upstream: https://private.bar.com
          - path: /photos
            upstream: https://photos.bar.com/api
            cors:
              allowOrigins: [$apps]
              allowHeaders: [content-type]
              exposeHeaders: [etag]
              allowCredentials: true
            request: {setHeaders: {x-api-key: "${env:PHOTOS_KEY}"}, forward: [cookie]}
          - path: /legacy
            upstream: http://legacy.bar.com:8080
            cors: passthrough
        """);
    try (Serving serving =
        Serving.start(Map.of("PHOTOS_KEY", "s3cret"), "serve", "--config", file.toString())) {
      String address = "http://127.0.0.1:" + serving.port();
      assertThat(serving.banner())
          .endsWith(
              """
              Sallyport %1$s listens on %2$s

                %2$s/private  ->  https://private.bar.com
                  for pages of  nobody: the route has no cors

                %2$s/photos  ->  https://photos.bar.com/api
                  for pages of  https://*.preview.foo.com, https://blog.foo.com
                  methods       GET, HEAD, POST
                  headers       content-type
                  exposes       etag
                  credentials   allowed
                  adds          x-api-key, towards the upstream
                  passes on     cookie

                %2$s/legacy  ->  http://legacy.bar.com:8080
                  for pages of  those whom the upstream allows, by CORS headers of its own

              Open a page of any https://*.preview.foo.com in a browser, its console with F12, and paste:

                await (await fetch("%2$s/photos", {credentials: "include"})).text()

              Ctrl-C ends it, once what is under way is done.
              """
                  .formatted(Versions.sallyport(), address))
          .doesNotContain("s3cret");
      assertThat(serving.stop().err()).contains("under way, for 5 s at most");
    }
  }

  @Test
  void logsEachRequestAndWhyOneWasDenied() throws IOException {
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Serving serving =
        Serving.start(
            "serve", "--to=http://127.0.0.1:1", "--allow-origin=https://foo.com", "--listen=0")) {
      ask(serving.port(), "POST /a\u001b HTTP/1.1\r\nOrigin: https://foo.com");
      ask(serving.port(), "POST /b?secret HTTP/1.1\r\nOrigin: https://evil.example");
      assertThat(ask(serving.port(), "GET /c HTTP/1.1\r\nOrigin: https://foo.com"))
          .startsWith("HTTP/1.1 502 ")
          .contains("access-control-allow-origin: https://foo.com");
      serving.stop();
    } finally {
      System.setErr(err);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .allMatch(line -> line.matches("\\S+Z (INFO|WARN)  sallyport\\.(access|decision) [ -~→]+"))
        .anyMatch(line -> line.contains(" sallyport.decision denied POST /b origin-not-allowed"))
        .anyMatch(line -> line.contains(" sallyport.access POST /b 403 "))
        .anyMatch(line -> line.contains(" sallyport.access GET /c 502 / http://127.0.0.1:1 "))
        .noneMatch(line -> line.contains("secret"));
  }

  private static String ask(int port, String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      String rest = "\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void aQuietOneSaysNothing() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          Run.of(
              "serve",
              "-q",
              "--to=http://127.0.0.1:1",
              "--allow-origin=*",
              "--listen=127.0.0.1:" + taken.getLocalPort());
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Run run =
          Run.of("serve", "--to=http://127.0.0.1:1", "--allow-origin=*", "--listen=" + address);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).startsWith("sallyport: ").contains(address).doesNotContain("\tat ");
      assertThat(run.err().lines().filter(line -> !line.contains("warning"))).hasSize(1);
    }
  }

  @Test
  void aFileWithErrorsIsRefusedInTheWordsOfValidate() throws IOException {
    Path file = directory.resolve("sallyport.yaml");
    Files.writeString(
        file,
        """
        lisen: 127.0.0.1:0
        routes:
          - path: /photos
            upstream: https://photos.bar.com/
            cors: {allowOrigins: ["https://*.github.io"], allowCredentials: true}
        """);
    Run validate = Run.of("validate", file.toString());
    Run serve = Run.of("serve", "--config", file.toString());
    assertThat(validate.exit()).isEqualTo(1);
    assertThat(serve.exit()).isEqualTo(1);
    assertThat(serve.out()).isEmpty();
    String problems = validate.out().substring(0, validate.out().indexOf(file + " cannot be used"));
    assertThat(problems).contains(file + ":1:1: ", "Did you mean listen?");
    assertThat(serve.err()).startsWith(problems).contains("sallyport: nothing is served: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --allow-origin *                              | sallyport: it is not said what to relay.
          --to http://a.com --config x                  | sallyport: --config and --to do not go together
          --config x --transport nio                    | sallyport: --config and --transport do not go together
          --to http://a.com                             | sallyport: --allow-origin: allowOrigins
          --to a.com --allow-origin *                   | sallyport: --to:
          --to http://a.com --allow-origin foo.com      | sallyport: --allow-origin: origin pattern "foo.com"
          --to http://a.com --allow-origin * --allow-credentials | sallyport: --allow-origin:
          --to http://a.com --allow-origin * --listen a:b:c      | sallyport: --listen:
          --to http://a.com --allow-origin * --max-age soon      | sallyport: --max-age:
          --to http://a.com --allow-origin * --enforce all       | sallyport: --enforce:
          --to http://a.com --allow-origin * --set-header x      | sallyport: --set-header:
          --to http://a.com --allow-origin * --set-header x:${env:NO} | sallyport: --set-header:
          --to http://a.com --allow-origin * --transport carrier | sallyport: --transport:
          --to http://a.com --allow-origin * --log-level loud    | sallyport: Invalid value for option '--log-level': "loud" is none of off, error, warn, info, debug.
          --to http://a.com --alow-origin *                      | sallyport: there is no option "--alow-origin" of serve. Did you mean --allow-origin?
          """)
  void whatCannotBeServedIsSaid(String options, String message) {
    Run run = Run.of(("serve " + options).split(" +"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }
}
