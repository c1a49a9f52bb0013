package dev.sallyport.oracle;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Recording;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  private static final int A_BATCH = 48;
  private static final int MOST_OF_A_HEAD = 1 << 16;

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Play> plays = new ConcurrentHashMap<>();
  private final BlockingQueue<Play> waiting = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  /** A case that is played: what is left of its answers, and what arrived. */
  private static final class Play {
    final String name;
    final ExplainCase played;
    final Recording recording;
    final List<String> preflights = new ArrayList<>();
    final List<String> actuals = new ArrayList<>();
    final BlockingQueue<JsonNode> report = new LinkedBlockingQueue<>(1);

    Play(String name, ExplainCase played) {
      this.name = name;
      this.played = played;
      this.recording = new Recording(played.exchanges());
    }

    synchronized Optional<ServerAnswer> answer(Arrived arrived) {
      boolean preflight =
          arrived.method.equals("OPTIONS")
              && arrived.header("access-control-request-method") != null;
      String origin = Objects.requireNonNullElse(arrived.header("origin"), "-");
      if (preflight) {
        preflights.add(
            Observation.preflight(
                arrived.url,
                origin,
                Objects.requireNonNullElse(arrived.header("access-control-request-method"), "-"),
                Objects.requireNonNullElse(arrived.header("access-control-request-headers"), "-")));
      } else {
        actuals.add(Observation.actual(arrived.method, arrived.url, origin));
      }
      return recording.answer(
          new WireRequest(preflight, Url.parse(arrived.url), arrived.method, List.of()));
    }

    synchronized Observation observation(JsonNode reported) {
      List<String> visible = new ArrayList<>();
      reported.get("headers").forEach(name -> visible.add(name.stringValue()));
      return new Observation(
          reported.get("outcome").stringValue(),
          reported.get("type").stringValue(),
          reported.get("status").intValue(),
          new java.util.TreeSet<>(visible),
          List.copyOf(preflights),
          List.copyOf(actuals));
    }
  }

  /** A request's head and body. */
  private record Arrived(String method, String url, List<Header> headers, byte[] body) {
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
    listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    threads.execute(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Where a browser begins. */
  String start(String host) {
    return "http://" + host + ":" + port() + "/page";
  }

  /** Has the page run {@code cases}, by their names in the paths of their URLs. */
  List<Observation> run(Map<String, ExplainCase> cases) throws InterruptedException {
    List<Play> played = new ArrayList<>();
    cases.forEach((name, each) -> played.add(new Play(name, each)));
    for (Play play : played) {
      plays.put(play.name, play);
      waiting.add(play);
    }
    List<Observation> observations = new ArrayList<>();
    for (Play play : played) {
      JsonNode report = play.report.poll(60, TimeUnit.SECONDS);
      if (report == null) {
        throw new IllegalStateException(
            "the page said nothing of this case for a minute: "
                + Replay.line(play.name, play.played));
      }
      observations.add(play.observation(report));
      plays.remove(play.name);
    }
    return observations;
  }

  private void listen() {
    while (!closed) {
      try {
        Socket socket = listener.accept();
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
      Arrived arrived = read(in);
      while (arrived != null && respond(arrived, out)) {
        out.flush();
        arrived = read(in);
      }
      out.flush();
    } catch (IOException e) {
      // The browser went away, which is its business.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next request; null when there is none. */
  private static @Nullable Arrived read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ");
    List<Header> headers = new ArrayList<>();
    for (String next = line(in); next != null && !next.isEmpty(); next = line(in)) {
      int colon = next.indexOf(':');
      headers.add(new Header(next.substring(0, colon), next.substring(colon + 1).strip()));
    }
    Arrived head = new Arrived(parts[0], "", headers, new byte[0]);
    String length = head.header("content-length");
    byte[] body = length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    String url = parts[1].startsWith("/") ? "http://" + head.header("host") + parts[1] : parts[1];
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
  private boolean respond(Arrived arrived, OutputStream out)
      throws IOException, InterruptedException {
    Url url = Url.parse(arrived.url);
    switch (url.path()) {
      case "/page" -> send(out, 200, List.of(new Header("Content-Type", "text/html")), page());
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
        return play(arrived, url, out);
      }
    }
    return true;
  }

  private boolean play(Arrived arrived, Url url, OutputStream out) throws IOException {
    String[] path = url.path().split("/");
    Play play = path.length > 2 && path[1].equals("c") ? plays.get(path[2]) : null;
    if (play == null) {
      send(out, 404, List.of(), new byte[0]);
      return true;
    }
    Optional<ServerAnswer> answer = play.answer(arrived);
    if (answer.isEmpty()) {
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
        (hasBody ? "ok" : "").getBytes(StandardCharsets.US_ASCII));
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
    json.put("name", play.name);
    json.put("url", play.played.request().url());
    json.put("method", play.played.request().method());
    json.put("mode", play.played.request().mode().keyword());
    json.put("credentials", play.played.request().credentials().keyword());
    json.put("redirect", play.played.request().redirect().keyword());
    json.put("referrerPolicy", play.played.request().referrerPolicy());
    ArrayNode headers = json.putArray("headers");
    for (Header header : play.played.request().headers()) {
      headers.addArray().add(header.name()).add(header.value());
    }
    return json;
  }

  private static byte[] page() throws IOException {
    try (InputStream in = Lab.class.getResourceAsStream("page.html")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    threads.shutdownNow();
  }
}
