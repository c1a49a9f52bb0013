package dev.sallyport.oracle;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.url.Url;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All servers of the cases at once, and the page's own: it plays what the cases have recorded,
 * keeps what arrived, hands the page its cases and takes its reports.
 *
 * <p>It speaks HTTP by itself, because what browsers make of repeated, empty and odd lines is what
 * is asked. It is a proxy too, as far as a browser needs one to find the names here.
 */
final class Lab implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int A_BATCH = 96;
  private static final int PATIENCE_SECONDS = 60;
  private static final int MOST_OF_A_HEAD = 1 << 16;

  private final LabCertificate certificate = LabCertificate.make();
  private final ServerSocket listener = bound(new ServerSocket());
  private final ServerSocket secureListener =
      bound(certificate.context().getServerSocketFactory().createServerSocket());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Play> plays = new ConcurrentHashMap<>();
  private final BlockingQueue<Play> waiting = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  /** A case that is played: what is left of its answers, and what arrived. */
  private static final class Play {
    final String name;
    final Trial trial;
    final Sent sent;
    final BlockingQueue<JsonNode> report = new LinkedBlockingQueue<>(1);

    Play(String name, Trial trial) {
      this.name = name;
      this.trial = trial;
      this.sent = new Sent(trial.played().exchanges());
    }

    /** What scripts can call it. */
    String identifier() {
      return name.replace('.', '_').replace('-', '_');
    }

    Optional<ServerAnswer> answer(Arrived arrived) {
      boolean preflight =
          arrived.method.equals("OPTIONS")
              && arrived.header("access-control-request-method") != null;
      return sent.answer(
          new WireRequest(preflight, Url.parse(arrived.url), arrived.method, arrived.headers));
    }

    /** Whether an actual request came. */
    boolean isArrived() {
      return !sent.actuals().isEmpty();
    }

    Observation observation(JsonNode reported) {
      if (trial.way().embedding().isPresent()) {
        JsonNode read = reported.get("read");
        return Observation.ofEmbedding(read.isArray(), strings(read)).with(trial.way(), sent);
      }
      return new Observation(
          reported.get("outcome").stringValue(),
          reported.get("type").stringValue(),
          reported.get("status").intValue(),
          strings(reported.get("headers")),
          sent.preflights(),
          sent.actuals());
    }

    private static Set<String> strings(JsonNode array) {
      Set<String> all = new TreeSet<>();
      array.forEach(each -> all.add(each.stringValue()));
      return all;
    }
  }

  /** A request's head and body. */
  private record Arrived(String method, String url, List<Header> headers, String body) {
    @Nullable String header(String name) {
      List<String> values = new ArrayList<>();
      for (Header header : headers) {
        if (header.name().equalsIgnoreCase(name)) {
          values.add(header.value());
        }
      }
      return values.isEmpty() ? null : String.join(", ", values);
    }
  }

  Lab() throws IOException {
    threads.execute(() -> listen(listener));
    threads.execute(() -> listen(secureListener));
  }

  private static ServerSocket bound(ServerSocket socket) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    return socket;
  }

  /** Where http is spoken. */
  int port() {
    return listener.getLocalPort();
  }

  /** Where https is. */
  int securePort() {
    return secureListener.getLocalPort();
  }

  LabCertificate certificate() {
    return certificate;
  }

  /** What the page of a URL demands of what it embeds. */
  static EmbedderPolicy embedderPolicy(Url page) {
    return switch (page.host().orElse("")) {
      case "coep.localhost" -> EmbedderPolicy.REQUIRE_CORP;
      case "credentialless.localhost" -> EmbedderPolicy.CREDENTIALLESS;
      default -> EmbedderPolicy.UNSAFE_NONE;
    };
  }

  /** Has scripts of the page run {@code cases}. */
  List<Observation> runScripts(Map<String, ExplainCase> cases, Engine.Running browser)
      throws InterruptedException {
    Map<String, Trial> trials = new LinkedHashMap<>();
    cases.forEach((name, each) -> trials.put(name, Trial.ofScript(each)));
    return run(trials, browser);
  }

  /** Has the page run {@code trials}, by their names in the paths of their URLs. */
  List<Observation> run(Map<String, Trial> trials, Engine.Running browser)
      throws InterruptedException {
    List<Play> played = new ArrayList<>();
    trials.forEach((name, each) -> played.add(new Play(name, each)));
    for (Play play : played) {
      plays.put(play.name, play);
      waiting.add(play);
    }
    List<Observation> observations = new ArrayList<>();
    for (Play play : played) {
      JsonNode report = null;
      for (int left = PATIENCE_SECONDS; report == null && left > 0 && browser.isAlive(); left--) {
        report = play.report.poll(1, TimeUnit.SECONDS);
      }
      if (report == null) {
        throw new IllegalStateException(
            (browser.isAlive() ? "the page said nothing for a minute" : "the browser ended")
                + " at this case: "
                + Replay.line(play.name, play.trial.played()));
      }
      observations.add(play.observation(report));
      plays.remove(play.name);
    }
    return observations;
  }

  private void listen(ServerSocket at) {
    while (!closed) {
      try {
        Socket socket = at.accept();
        socket.setTcpNoDelay(true);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        if (!closed) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      String scheme = socket instanceof SSLSocket ? "https" : "http";
      Arrived arrived = read(in, scheme);
      while (arrived != null && respond(arrived, in, out)) {
        out.flush();
        arrived = read(in, scheme);
      }
      out.flush();
      if (arrived != null && arrived.method.equals("CONNECT")) {
        serveWithin(socket, in);
      }
    } catch (IOException e) {
      // The browser went away, which is its business.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes on by TLS, as what a proxy was asked to connect to. */
  private void serveWithin(Socket socket, InputStream in) throws IOException {
    SSLSocket within =
        (SSLSocket) certificate.context().getSocketFactory().createSocket(socket, in, true);
    within.setUseClientMode(false);
    serve(within);
  }

  /** The next request; null when there is none. */
  private static @Nullable Arrived read(InputStream in, String scheme) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ", -1);
    List<Header> headers = new ArrayList<>();
    for (String next = line(in); next != null && !next.isEmpty(); next = line(in)) {
      int colon = next.indexOf(':');
      headers.add(new Header(next.substring(0, colon), next.substring(colon + 1).strip()));
    }
    Arrived head = new Arrived(parts[0], "", headers, "");
    if (parts[0].equals("CONNECT")) {
      return head;
    }
    String length = head.header("content-length");
    String body =
        length == null
            ? ""
            : new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    String url =
        parts[1].startsWith("/")
            ? scheme + "://" + head.header("host") + parts[1]
            : parts[1].replaceFirst("^ws:", "http:");
    // To a proxy, some engines write user and password too.
    return new Arrived(
        parts[0], Url.parse(url).withoutCredentials().hrefWithoutFragment(), headers, body);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) b);
      if (line.length() > MOST_OF_A_HEAD) {
        throw new IOException("the line is too long");
      }
    }
    return null;
  }

  /** Answers; false when the connection is to be closed without an answer. */
  private boolean respond(Arrived arrived, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    if (arrived.method.equals("CONNECT")) {
      out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return false;
    }
    Url url = Url.parse(arrived.url);
    switch (url.path()) {
      case "/page" -> {
        String policy = embedderPolicy(url).keyword();
        send(
            out,
            200,
            List.of(
                new Header("Content-Type", "text/html"),
                new Header("Cross-Origin-Embedder-Policy", policy),
                // As one of the internet.
                new Header(
                    "Content-Security-Policy",
                    url.query().orElse("").endsWith("&public") ? "treat-as-public-address" : "")),
            resource("page.html"));
      }
      case "/ways.js" ->
          send(
              out,
              200,
              List.of(new Header("Content-Type", "text/javascript")),
              resource("ways.js"));
      case "/arrived" -> {
        Play play = plays.get(url.query().orElse(""));
        String answer = play != null && play.isArrived() ? "yes" : "no";
        send(out, 200, List.of(), answer.getBytes(StandardCharsets.US_ASCII));
      }
      case "/batch" ->
          send(
              out,
              200,
              List.of(new Header("Content-Type", "application/json")),
              JSON.writeValueAsBytes(batch()));
      case "/report" -> {
        JsonNode reports = JSON.readTree(arrived.body);
        for (JsonNode report : reports) {
          Play play = plays.get(report.get("name").stringValue());
          if (play != null) {
            play.report.offer(report);
          }
        }
        send(out, 204, List.of(), new byte[0]);
      }
      default -> {
        return play(arrived, url, in, out);
      }
    }
    return true;
  }

  private boolean play(Arrived arrived, Url url, InputStream in, OutputStream out)
      throws IOException {
    String[] path = url.path().split("/", -1);
    Play play = path.length > 2 && path[1].equals("c") ? plays.get(path[2]) : null;
    if (play == null) {
      send(out, 404, List.of(), new byte[0]);
      return true;
    }
    Optional<ServerAnswer> answer = play.answer(arrived);
    if (answer.isEmpty()) {
      return false;
    }
    if (answer.get().status() == 101) {
      SocketServer.serve(arrived.header("sec-websocket-key"), answer.get().headers(), in, out);
      return false;
    }
    boolean hasBody =
        !arrived.method.equals("HEAD")
            && answer.get().status() != 204
            && answer.get().status() != 304;
    send(
        out,
        answer.get().status(),
        answer.get().headers(),
        hasBody ? Bodies.of(play.trial.way(), play.identifier()) : new byte[0]);
    return true;
  }

  private static void send(OutputStream out, int status, List<Header> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Answer\r\n");
    for (Header header : headers) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    head.append("Cache-Control: no-store\r\n");
    if (status != 204 && status != 304) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
  }

  /** The next cases, once there are some; none when the page may ask again. */
  private ArrayNode batch() throws InterruptedException {
    ArrayNode batch = JSON.createArrayNode();
    Play next = waiting.poll(200, TimeUnit.MILLISECONDS);
    for (; next != null && batch.size() < A_BATCH - 1; next = waiting.poll()) {
      batch.add(instructions(next));
    }
    if (next != null) {
      batch.add(instructions(next));
    }
    return batch;
  }

  private static ObjectNode instructions(Play play) {
    ObjectNode json = JSON.createObjectNode();
    PageRequest request = play.trial.played().request();
    json.put("name", play.name);
    json.put("id", play.identifier());
    json.put("way", play.trial.way().keyword());
    json.put("crossorigin", play.trial.way().crossorigin().keyword());
    json.put("api", request.api().keyword());
    json.put("url", request.url());
    json.put("method", request.method());
    json.put("mode", request.mode().keyword());
    json.put("credentials", request.credentials().keyword());
    json.put("redirect", request.redirect().keyword());
    json.put("referrerPolicy", request.referrerPolicy());
    ArrayNode headers = json.putArray("headers");
    for (Header header : request.headers()) {
      headers.addArray().add(header.name()).add(header.value());
    }
    return json;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Lab.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    secureListener.close();
    threads.shutdownNow();
  }
}
