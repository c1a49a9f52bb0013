package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One GiB each way through a gateway whose process has 64 MiB of heap and as much beside it. */
class SmallHeapTest {
  private static final long SIZE = 1L << 30;
  private static final byte[] PIECE = new byte[256 << 10];

  /** The gateway's process: relays to the port that it is given, and prints its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Gateway gateway = Gateway.start(Routes.config(Routes.to(Integer.parseInt(arguments[0]))));
      System.out.println(gateway.addresses().get(0).getPort());
      // Ends with its parent.
      while (System.in.read() >= 0) {}
      gateway.close();
    }
  }

  private static Process start(int upstreamPort) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            Integer.toString(upstreamPort))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void sendAll(Wire wire) throws IOException {
    for (long sent = 0; sent < SIZE; sent += PIECE.length) {
      wire.send(PIECE);
    }
  }

  @Test
  void relaysOneGibibyteEachWay() throws Exception {
    try (FaultyUpstream upstream =
        FaultyUpstream.playing(
            visit -> {
              while (true) {
                if (visit.readHead().startsWith("GET")) {
                  visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
                  sendAll(visit.wire());
                } else {
                  visit.wire().in().skipNBytes(SIZE);
                  visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                }
              }
            })) {
      Process child = start(upstream.port());
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
        String port = out.readLine();
        assertThat(port).as("the child's port").isNotNull();
        try (RawClient client =
            RawClient.to(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))) {
          client.get("/x").wire().readHead();
          client.wire().in().skipNBytes(SIZE);
          client.sendHead(
              "POST /x HTTP/1.1",
              "Host: gate",
              "Origin: " + Routes.BLOG,
              "Content-Length: " + SIZE);
          CompletableFuture<Void> sender =
              CompletableFuture.runAsync(
                  () -> {
                    try {
                      sendAll(client.wire());
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
          assertThat(client.answer().body()).isEqualTo("hello");
          sender.get(20, TimeUnit.SECONDS);
        }
        assertThat(child.isAlive()).isTrue();
      } finally {
        child.destroy();
        child.waitFor();
      }
    }
  }
}
