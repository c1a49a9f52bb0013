package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.Routes;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An upstream that is killed and started again under load costs what was in flight, and no more.
 */
@ExtendWith(NoLeaks.class)
class ChaosRestartTest {
  private static final int KILLS = 12;
  private static final int CLIENTS = 8;

  private boolean down;
  private boolean done;
  private int inFlight;
  private int failures;
  private int answered;

  /** Waits while the upstream is down; false when the test is over. */
  private synchronized boolean begin() throws InterruptedException {
    while (down && !done) {
      wait();
    }
    inFlight += done ? 0 : 1;
    return !done;
  }

  private synchronized void end(int status) {
    inFlight--;
    answered++;
    failures += status == 200 ? 0 : 1;
    notifyAll();
  }

  @FunctionalInterface
  private interface Client {
    int ask(int number) throws Exception;
  }

  private void load(Client client) {
    try {
      for (int number = 0; begin(); number++) {
        end(client.ask(number));
      }
    } catch (Exception e) {
      throw new AssertionError("a client's connection must outlive the upstream's", e);
    }
  }

  private void overHttp1(InetSocketAddress address) {
    try (RawClient client = RawClient.to(address)) {
      load(
          number -> {
            String method = number % 2 == 0 ? "GET" : "POST";
            client.sendHead(
                method + " /x HTTP/1.1",
                "Host: gate",
                "Origin: " + Routes.BLOG,
                "Content-Length: 0");
            return client.answer().status();
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void overHttp2(InetSocketAddress address) {
    try (FrameClient client = FrameClient.to(address)) {
      load(
          number -> {
            int stream = 2 * number + 1;
            return client
                .request(stream, true, number % 2 == 0 ? "GET" : "POST", "/x")
                .answer(stream)
                .status();
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The one before lets go of the port only when its thread has come back from accepting. */
  private static boolean binds(ServerSocket server, InetSocketAddress address) throws IOException {
    try {
      server.bind(address, 64);
      return true;
    } catch (BindException taken) {
      return false;
    }
  }

  private static FaultyUpstream startAt(int port) throws Exception {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Await.until(address + " is free", () -> binds(server, address));
    return FaultyUpstream.playing(
        server, FaultyUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
  }

  @Test
  void costsWhatWasInFlight() throws Exception {
    FaultyUpstream upstream = startAt(0);
    int port = upstream.port();
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(port)))) {
      InetSocketAddress address = gateway.addresses().get(0);
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Runnable client = i % 2 == 0 ? () -> overHttp1(address) : () -> overHttp2(address);
        clients.add(CompletableFuture.runAsync(client, task -> new Thread(task, "load").start()));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        awaitAnswers(200);
        int atKill = takeDown();
        upstream.close();
        upstream = startAt(port);
        awaitStill();
        assertThat(takeFailures()).as("kill %s", kill).isLessThanOrEqualTo(atKill);
        bringUp();
      }
      awaitAnswers(200);
      synchronized (this) {
        done = true;
        notifyAll();
      }
      for (CompletableFuture<Void> client : clients) {
        client.get(20, TimeUnit.SECONDS);
      }
      assertThat(takeFailures()).as("behind the last restart").isZero();
    } finally {
      upstream.close();
    }
  }

  /** Between kills nothing fails, also on connections that were kept from before. */
  private synchronized void awaitAnswers(int more) throws InterruptedException {
    int until = answered + more;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (answered < until) {
      assertThat(System.nanoTime()).as("%s of %s answers", answered, until).isLessThan(deadline);
      wait(1000);
    }
    assertThat(failures).as("failures while the upstream was up").isZero();
  }

  private synchronized int takeDown() {
    down = true;
    return inFlight;
  }

  private synchronized void awaitStill() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (inFlight > 0) {
      assertThat(System.nanoTime()).as("%s in flight", inFlight).isLessThan(deadline);
      wait(1000);
    }
  }

  private synchronized int takeFailures() {
    int taken = failures;
    failures = 0;
    return taken;
  }

  private synchronized void bringUp() {
    down = false;
    notifyAll();
  }
}
