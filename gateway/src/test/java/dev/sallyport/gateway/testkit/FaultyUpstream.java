package dev.sallyport.gateway.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that does what a script says, right or wrong.
 *
 * <p>Each connection is served by a thread that runs the script; the connection is closed when the
 * script returns.
 */
public final class FaultyUpstream implements AutoCloseable {
  /** What is done on one connection. */
  @FunctionalInterface
  public interface Script {
    /** Plays the upstream's part on {@code wire}; may fail when the gateway closes it. */
    void play(Visit visit) throws IOException;
  }

  private final ServerSocket server;
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Script script;

  private FaultyUpstream(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  /** Starts one on loopback, that plays {@code script} on every connection. */
  public static FaultyUpstream playing(Script script) {
    try {
      return playing(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts one that accepts on {@code server}. */
  public static FaultyUpstream playing(ServerSocket server, Script script) {
    FaultyUpstream upstream = new FaultyUpstream(server, script);
    Thread acceptor = new Thread(upstream::accept, "faulty-upstream");
    acceptor.setDaemon(true);
    acceptor.start();
    return upstream;
  }

  /**
   * Starts one that answers every request with {@code answer}, after reading it whole, on as many
   * requests as come.
   */
  public static FaultyUpstream answering(String answer) {
    return playing(always(answer));
  }

  /** The script that answers every request with {@code answer}, after reading it whole. */
  public static Script always(String answer) {
    return visit -> {
      while (true) {
        visit.answer(answer);
      }
    };
  }

  /**
   * The script that reads the head of a request and never answers; {@code ended} is counted down
   * when the gateway has ended the connection.
   */
  public static Script silent(CountDownLatch ended) {
    return visit -> {
      visit.readHead();
      visit.wire().awaitEnd();
      ended.countDown();
    };
  }

  /** Starts one that answers 200 with a body. */
  public static FaultyUpstream ok() {
    return answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  }

  /** Plays another script on the connections that come from now on. */
  public void play(Script next) {
    script = next;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        Thread thread = new Thread(() -> serve(socket, number), "faulty-upstream-" + number);
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        if (!server.isClosed()) {
          faults.add(e);
        }
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (Wire wire = new Wire(socket)) {
      script.play(new Visit(wire, number));
    } catch (IOException expected) {
      // The gateway closes connections when it likes; what it should have done is asserted there.
    } catch (RuntimeException | Error e) {
      faults.add(e);
    }
  }

  /** One connection to the upstream. */
  public final class Visit {
    private final Wire wire;
    private final int number;

    private Visit(Wire wire, int number) {
      this.wire = wire;
      this.number = number;
    }

    /** The bytes. */
    public Wire wire() {
      return wire;
    }

    /** 1 for the first connection, 2 for the second. */
    public int number() {
      return number;
    }

    /** Reads the head of a request, which {@link FaultyUpstream#nextHead} will give. */
    public String readHead() throws IOException {
      String head = wire.readHead();
      heads.add(head);
      return head;
    }

    /** Reads a whole request; the answer is its body. */
    public String readRequest() throws IOException {
      return readBody(readHead());
    }

    /** Reads a whole request, and sends {@code answer} as it stands. */
    public void answer(String answer) throws IOException {
      readRequest();
      wire.send(answer);
    }

    /** Reads the body that {@code head} announces. */
    public String readBody(String head) throws IOException {
      if (Wire.header(head, "transfer-encoding").toLowerCase(Locale.ROOT).equals("chunked")) {
        Wire.Chunks chunks = wire.readChunks();
        return chunks.body() + (chunks.trailers().isEmpty() ? "" : "|" + chunks.trailers());
      }
      String length = Wire.header(head, "content-length");
      return length.isEmpty() ? "" : wire.read(Integer.parseInt(length));
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Waits for the head of the next request. */
  public String nextHead() throws InterruptedException {
    String head = heads.poll(20, TimeUnit.SECONDS);
    if (head == null) {
      throw new AssertionError("no request came; faults: " + faults);
    }
    return head;
  }

  /** Whether a head was read that {@link #nextHead} has not given. */
  public boolean hasHead() {
    return !heads.isEmpty();
  }

  /** How many connections were accepted. */
  public int connections() {
    return connections.get();
  }

  /** What went wrong in scripts beyond broken connections. */
  public List<Throwable> faults() {
    return faults;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    if (!faults.isEmpty()) {
      throw new AssertionError("a script failed", faults.get(0));
    }
  }
}
