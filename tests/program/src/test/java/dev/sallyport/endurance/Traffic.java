package dev.sallyport.endurance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One user after another, each doing one of the things that users do, good and bad. */
final class Traffic {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] UPLOAD = new byte[1 << 16];

  /** Resets that come faster than people click are a flood, and end the connection. */
  private static final long ABORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InetSocketAddress address;
  private final Served gateway;
  private final HttpClient browser;
  private final AtomicInteger users;
  private final Random random;
  private long aborted = System.nanoTime();

  /**
   * Traffic of one thread.
   *
   * @param browser speaks HTTP/2, on a connection of its own
   * @param users counts those that were served
   */
  Traffic(Served gateway, HttpClient browser, AtomicInteger users, long seed) {
    this.gateway = gateway;
    this.address = gateway.address();
    this.browser = browser;
    this.users = users;
    this.random = new Random(seed);
  }

  /** Plays one user. */
  void next() throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> getOften();
      case 1 -> preflightAndPost();
      case 2 -> readEvents();
      case 3 -> talkByWebSocket();
      case 4 -> leaveInTheMiddle();
      case 5 -> meetBrokenUpstreams();
      case 6 -> useHttp2();
      default -> abortHttp2();
    }
    users.incrementAndGet();
  }

  private static void expect(String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      throw new AssertionError(what + ": " + actual + " instead of " + expected);
    }
  }

  private void getOften() throws IOException {
    try (Client client = new Client(address)) {
      for (int i = 0; i < 20; i++) {
        expect("GET", client.ask("GET /", ""), 200);
      }
    }
  }

  private void preflightAndPost() throws IOException {
    try (Client client = new Client(address)) {
      String asked = "Access-Control-Request-Method: POST\r\n";
      expect("preflight", client.ask("OPTIONS /", asked), 204);
      client.send("POST /", "Content-Length: " + UPLOAD.length + "\r\n", UPLOAD);
      expect("POST", client.answer(), 200);
      client
          .send("POST /", "Transfer-Encoding: chunked\r\n", NOTHING)
          .send("3\r\nabc\r\n0\r\n\r\n");
      expect("POST in chunks", client.answer(), 200);
    }
  }

  private void readEvents() throws IOException {
    try (Client client = new Client(address)) {
      if (random.nextBoolean()) {
        expect("events", client.ask("GET /events", ""), 200);
      } else {
        client.send("GET /events", "", NOTHING);
        expect("events", Client.status(client.readHead()), 200);
        client.read(20);
      }
    }
  }

  private void talkByWebSocket() throws IOException {
    try (Client client = new Client(address)) {
      client.send(
          "GET /socket",
          "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: "
              + Http.KEY
              + "\r\n",
          NOTHING);
      expect("handshake", Client.status(client.readHead()), 101);
      for (int i = 0; i < 10; i++) {
        client.send("frame");
        expect("frame", client.read(5), "frame");
      }
    }
  }

  private void leaveInTheMiddle() throws IOException {
    try (Client client = new Client(address)) {
      if (random.nextBoolean()) {
        client.send("POST /", "Content-Length: 100000\r\n", new byte[5000]);
      } else {
        client.send("GET /large", "", NOTHING);
        client.read(random.nextInt(1 << 17));
      }
      if (random.nextBoolean()) {
        client.reset();
      }
    }
  }

  private void meetBrokenUpstreams() throws IOException {
    try (Client client = new Client(address)) {
      expect("reset", client.ask("GET /reset", ""), 502);
      client.send("GET /cut", "", NOTHING);
      expect("cut", Client.status(client.readHead()), 200);
      expect("cut", client.read(100), "half");
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.secureUrl(path)).header("Origin", Client.ORIGIN);
  }

  private void useHttp2() throws Exception {
    var answer = browser.send(request("/").build(), BodyHandlers.ofString());
    expect("version", answer.version(), HttpClient.Version.HTTP_2);
    expect("body", answer.body(), "hello");
    HttpRequest upload = request("/").POST(HttpRequest.BodyPublishers.ofByteArray(UPLOAD)).build();
    expect("POST", browser.send(upload, BodyHandlers.discarding()).statusCode(), 200);
    var large = browser.send(request("/large").build(), BodyHandlers.ofByteArray());
    expect("length", large.body().length, 64 << 16);
  }

  /** Cancels, which resets the stream and keeps the connection. */
  private void abortHttp2() throws Exception {
    if (System.nanoTime() - aborted < ABORT_NANOS) {
      useHttp2();
      return;
    }
    aborted = System.nanoTime();
    CompletableFuture<?> answer =
        browser.sendAsync(request("/large").build(), BodyHandlers.ofByteArray());
    TimeUnit.MILLISECONDS.sleep(random.nextInt(5));
    answer.cancel(true);
    try {
      browser.sendAsync(request("/cut").build(), BodyHandlers.ofString()).join();
      throw new AssertionError("an answer that was cut off looks complete");
    } catch (CompletionException reset) {
      if (!(reset.getCause() instanceof IOException)) {
        throw reset;
      }
    }
  }
}
