package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.Frames;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Upstreams that misbehave in every way at once, and clients that go away: each request has the
 * outcome that its own upstream's behaviour gives it, whatever happens beside it.
 */
@ExtendWith(NoLeaks.class)
class ChaosTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** An answer that was cut off, which its client can tell. */
  private static final String CUT = "cut";

  /** What a request for a path may end with. */
  private static final Map<String, String> OUTCOMES =
      Map.ofEntries(
          Map.entry("/ok", "200 hello"),
          Map.entry("/trickles", "200 hello"),
          Map.entry("/says-more-than-its-length", "200 hello"),
          Map.entry("/stalls", "504"),
          Map.entry("/resets", "502"),
          Map.entry("/closes", "502"),
          Map.entry("/speaks-no-http", "502"),
          Map.entry("/lies-about-its-length", CUT),
          Map.entry("/closes-in-a-chunk", CUT),
          Map.entry("/resets-in-the-body", CUT),
          Map.entry("/garbles-a-chunk", CUT));

  private static final List<String> PATHS = OUTCOMES.keySet().stream().sorted().toList();

  /** The protocol of a client. */
  enum Protocol {
    HTTP_1_1,
    HTTP_2
  }

  private static void misbehave(FaultyUpstream.Visit visit) throws IOException {
    Wire wire = visit.wire();
    while (true) {
      String head = visit.readHead();
      visit.readBody(head);
      switch (head.split(" ", 3)[1]) {
        case "/ok" -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        case "/trickles" -> {
          for (char c : (CHUNKED + "5\r\nhello\r\n0\r\n\r\n").toCharArray()) {
            wire.send(String.valueOf(c));
          }
        }
        case "/says-more-than-its-length" ->
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, smuggled");
        case "/stalls" -> wire.awaitEnd();
        case "/resets" -> wire.reset();
        case "/closes" -> {
          return;
        }
        case "/speaks-no-http" -> wire.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        case "/lies-about-its-length" -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
          return;
        }
        case "/closes-in-a-chunk" -> {
          wire.send(CHUNKED + "9\r\nhello");
          return;
        }
        case "/resets-in-the-body" -> {
          wire.send(CHUNKED + "5\r\nhello\r\n");
          // A reset overtakes what has not been read.
          wire.reset();
        }
        case "/garbles-a-chunk" -> wire.send(CHUNKED + "5\r\nhello\r\nxyz\r\n\r\n");
        case "/large" -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + (1 << 26) + "\r\n\r\n");
          for (int i = 0; i < 1 << 10; i++) {
            wire.send(new byte[1 << 16]);
          }
        }
        default -> throw new AssertionError(head);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRequestHasItsOwnOutcome(Protocol protocol) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.playing(ChaosTest::misbehave);
        Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).timeout(Duration.ofMillis(400))))) {
      InetSocketAddress address = gateway.addresses().get(0);
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int seed = 1; seed <= 6; seed++) {
        Random random = new Random(seed);
        clients.add(
            CompletableFuture.runAsync(
                () -> play(protocol, address, random), task -> new Thread(task, "chaos").start()));
      }
      for (CompletableFuture<Void> client : clients) {
        client.get(120, TimeUnit.SECONDS);
      }
      try (RawClient after = RawClient.to(address)) {
        assertThat(after.get("/ok").answer().body()).isEqualTo("hello");
      }
    }
  }

  private static void play(Protocol protocol, InetSocketAddress address, Random random) {
    try {
      for (int i = 0; i < 60; i++) {
        if (random.nextInt(6) == 0) {
          goAway(protocol, address, random);
          continue;
        }
        String path = PATHS.get(random.nextInt(PATHS.size()));
        String outcome =
            protocol == Protocol.HTTP_2 ? overHttp2(address, path) : overHttp1(address, path);
        if (path.equals("/resets-in-the-body") && outcome.equals("502")) {
          continue;
        }
        assertThat(outcome).as(path).isEqualTo(OUTCOMES.get(path));
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String outcome(int status, String body) {
    return status == 200 ? "200 " + body : Integer.toString(status);
  }

  private static String overHttp1(InetSocketAddress address, String path) throws IOException {
    try (RawClient client = RawClient.to(address)) {
      RawClient.Answer answer = client.get(path).answer();
      return outcome(answer.status(), answer.body());
    } catch (EOFException | SocketException ended) {
      return CUT;
    }
  }

  /** The stream is reset, and its connection serves on. */
  private static String overHttp2(InetSocketAddress address, String path) throws Exception {
    try (FrameClient client = FrameClient.to(address)) {
      String outcome;
      client.request(1, true, "GET", path);
      int status = 0;
      StringBuilder body = new StringBuilder();
      while (true) {
        Frames.Frame frame = client.frame();
        if (frame.type() == FrameClient.HEADERS) {
          status = Integer.parseInt(client.list(frame).status().toString());
        } else if (frame.type() == FrameClient.DATA) {
          body.append(frame.payload().toString(StandardCharsets.US_ASCII));
        } else if (frame.type() == FrameClient.RST_STREAM) {
          outcome = CUT;
          break;
        }
        assertThat(frame.type()).isNotEqualTo(FrameClient.GOAWAY);
        if (frame.ends()) {
          outcome = outcome(status, body.toString());
          break;
        }
      }
      Frames.Frame next = client.request(3, true, "GET", "/ok").frame();
      assertThat(next.stream()).as("nothing follows the end of a stream").isNotEqualTo(1);
      while (next.type() != FrameClient.HEADERS) {
        next = client.frame();
      }
      assertThat(client.list(next).status()).hasToString("200");
      return outcome;
    }
  }

  /** Begins to read something large slowly, or to wait for what does not come, and leaves. */
  private static void goAway(Protocol protocol, InetSocketAddress address, Random random)
      throws Exception {
    String path = random.nextBoolean() ? "/large" : "/stalls";
    if (protocol == Protocol.HTTP_2) {
      try (FrameClient client = FrameClient.to(address)) {
        client.request(1, true, "GET", path);
        if (path.equals("/large")) {
          client.list(client.next(FrameClient.HEADERS));
          client.next(FrameClient.DATA);
        }
        if (random.nextBoolean()) {
          client.send(FrameClient.RST_STREAM, 0, 1, FrameClient.number(8));
          assertThat(client.request(3, true, "GET", "/ok").answer(3).status()).isEqualTo(200);
        }
      }
    } else {
      try (RawClient client = RawClient.to(address)) {
        client.get(path);
        if (path.equals("/large")) {
          client.wire().readHead();
          client.wire().read(100_000);
        }
        if (random.nextBoolean()) {
          client.wire().reset();
        }
      }
    }
  }

  /** Fails when a behaviour is played that no outcome is known for. */
  @Test
  void everyBehaviourIsPlayed() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.playing(ChaosTest::misbehave);
        Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).timeout(Duration.ofMillis(400))))) {
      for (String path : PATHS) {
        for (int i = 0; i < 3; i++) {
          String outcome = overHttp1(gateway.addresses().get(0), path);
          if (!(path.equals("/resets-in-the-body") && outcome.equals("502"))) {
            assertThat(outcome).as(path).isEqualTo(OUTCOMES.get(path));
          }
        }
      }
    }
  }
}
