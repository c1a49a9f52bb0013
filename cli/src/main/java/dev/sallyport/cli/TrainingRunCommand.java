package dev.sallyport.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code sallyport training-run}: does once what a first use does, so that the virtual machine can
 * write down which classes that needs and load them faster from then on.
 *
 * <p>It listens on loopback only, on ports that are free, and calls nobody but itself.
 */
@Command(name = "training-run", hidden = true, header = "Do once what a first use does.")
final class TrainingRunCommand implements Callable<Integer> {
  private static final String ORIGIN = "https://blog.foo.com";

  private final Environment environment;

  TrainingRunCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      commands();
      HttpServer upstream = upstream();
      try {
        serveFromOptions(upstream.getAddress().getPort());
        serveFromFile(upstream.getAddress().getPort());
      } finally {
        upstream.stop(0);
      }
      return Exit.FINE;
    } finally {
      System.setErr(err);
    }
  }

  private void commands() {
    run("--help");
    run("serve", "--help");
    run("origin", "https://www.foo.com", "https://b\u00fccher.example:8443");
    run("origin", "--json", "http://127.0.0.1/");
    run("orign");
  }

  /** Runs a command that talks to nobody. */
  private void run(String... args) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Environment deaf =
        new Environment(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Ansi.ON,
            Ansi.ON,
            environment.variables(),
            stop -> {});
    expect(Sallyport.run(deaf, args) != Exit.FAULT, String.join(" ", args));
  }

  private static HttpServer upstream() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/api",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("content-type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return server;
  }

  private void serveFromOptions(int upstream) throws IOException {
    try (TrainedServer server =
        TrainedServer.start(
            environment,
            "serve",
            "--to=http://127.0.0.1:" + upstream + "/api",
            "--allow-origin=" + ORIGIN,
            "--listen=0")) {
      expect(200, ask(server.port(), "GET /a", "origin: " + ORIGIN));
    }
  }

  private void serveFromFile(int upstream) throws IOException {
    Path file = Files.createTempFile("sallyport-training-run", ".yaml");
    try {
      String configuration =
          """
          listen: 127.0.0.1:0
          origins:
            apps: ["%s", "https://*.preview.foo.com"]
          routes:
            - path: /api
              upstream: http://127.0.0.1:%d/api
              cors:
                allowOrigins: [$apps]
                allowMethods: [PUT]
                allowHeaders: [content-type]
                exposeHeaders: [etag]
                maxAge: 10m
              request: {setHeaders: {x-api-key: "1"}}
              limits: {requestBody: 1MiB, perClient: 1000/min}
            - path: /gone
              upstream: http://127.0.0.1:1
              cors: {allowOrigins: [$apps]}
          """
              .formatted(ORIGIN, upstream);
      // Port 0 collides with nothing, which leaves out what a port that is named goes through.
      Files.writeString(file, configuration.replace("127.0.0.1:0", "127.0.0.1:8080"));
      run("validate", file.toString());
      Files.writeString(file, configuration);
      try (TrainedServer server =
          TrainedServer.start(environment, "serve", "--config", file.toString())) {
        converse(server.port());
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void converse(int port) throws IOException {
    String origin = "origin: " + ORIGIN;
    String stranger = "origin: https://evil.example";
    String asksForMethod = "access-control-request-method: PUT";
    String asksForHeader = "access-control-request-headers: content-type";
    String empty = "content-length: 0";
    expect(200, ask(port, "GET /api/a?b=c", origin));
    expect(200, ask(port, "GET /api/a"));
    expect(204, ask(port, "OPTIONS /api/a", origin, asksForMethod, asksForHeader));
    expect(200, ask(port, "PUT /api/a", origin, empty));
    expect(403, ask(port, "POST /api/a", stranger, "sec-fetch-site: cross-site", empty));
    expect(502, ask(port, "GET /gone", origin));
  }

  /** Sends a request over a connection of its own; gives the first line of the answer. */
  private static String ask(int port, String request, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(request).append(" HTTP/1.1\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("host: localhost\r\nconnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    }
  }

  private static void expect(int status, String answer) {
    expect(answer.startsWith("HTTP/1.1 " + status + " "), status + " and got " + answer);
  }

  private static void expect(boolean fine, String what) {
    if (!fine) {
      throw new IllegalStateException("the training run missed " + what);
    }
  }
}
