package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.config.Upstream.Protocol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of HTTP/2 from one event loop to one server, and the exchanges that wait for room
 * on one.
 *
 * <p>While nobody knows what the server speaks, one connection is dialled and the others wait for
 * what TLS agrees on; so a burst of requests to a new server makes one connection, and not one
 * each.
 */
final class Http2Connections implements UpstreamDialer.Outcome {
  /** Each carries as many streams as the server takes. */
  private static final int MOST_CONNECTIONS = 16;

  private static final int LEAST_TO_SWEEP = 64;

  private final Server server;
  private final UpstreamPool pool;
  private final List<Http2UpstreamConnection> connections = new ArrayList<>();
  private final Deque<UpstreamListener> waiting = new ArrayDeque<>();
  private final Deque<UpstreamListener> waitingForFresh = new ArrayDeque<>();
  private int sweepAt = LEAST_TO_SWEEP;
  private boolean http1;
  private boolean dialing;
  private boolean serving;

  Http2Connections(Server server, UpstreamPool pool) {
    this.server = server;
    this.pool = pool;
  }

  /** Whether the server agreed on HTTP/1.1 when it was last asked. */
  boolean isHttp1() {
    return http1;
  }

  /** Whether nothing depends on it. */
  boolean isIdle() {
    return connections.isEmpty() && waiting.isEmpty() && waitingForFresh.isEmpty() && !dialing;
  }

  boolean isClosed() {
    return pool.isClosed();
  }

  /**
   * Gets a stream, which {@code listener} is told of now or later.
   *
   * @param fresh whether it has to be on a new connection
   */
  void acquire(UpstreamListener listener, boolean fresh) {
    if (fresh && (dialing || connections.size() < MOST_CONNECTIONS)) {
      waitingForFresh.add(listener);
      dial();
      return;
    }
    Http2UpstreamConnection connection = waiting.isEmpty() ? withRoom() : null;
    if (connection != null) {
      listener.connected(connection.open());
      return;
    }
    waiting.add(listener);
    sweep();
    dial();
  }

  /**
   * Forgets those who have gone, whenever as many wait as could be twice those who have not: where
   * an upstream's streams last for hours there may be no room as long.
   */
  private void sweep() {
    if (waiting.size() >= sweepAt) {
      waiting.removeIf(listener -> !listener.isWaiting());
      sweepAt = Math.max(LEAST_TO_SWEEP, 2 * waiting.size());
    }
  }

  /** How many are kept that wait, or have gone since. */
  int waiting() {
    return waiting.size();
  }

  /** The newest that has room: the others grow idle and end. */
  private @Nullable Http2UpstreamConnection withRoom() {
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (connections.get(i).hasRoom()) {
        return connections.get(i);
      }
    }
    return null;
  }

  private void dial() {
    if (!dialing && connections.size() < MOST_CONNECTIONS) {
      dialing = true;
      pool.dial(server, server.protocol(), this);
    }
  }

  /** Serves those who wait, behind what is being done. */
  void roomLater() {
    if (!waiting.isEmpty() && !serving) {
      serving = true;
      pool.later(
          () -> {
            serving = false;
            serve();
          });
    }
  }

  private void serve() {
    while (!waiting.isEmpty()) {
      Http2UpstreamConnection connection = withRoom();
      if (connection == null) {
        dial();
        return;
      }
      UpstreamListener next = waiting.remove();
      if (next.isWaiting()) {
        next.connected(connection.open());
      }
    }
  }

  /** Takes in a connection, which somebody has dialled. */
  void add(Http2UpstreamConnection connection) {
    http1 = false;
    connections.add(connection);
    connection.belongTo(this);
  }

  /** A connection takes no more streams. */
  void remove(Http2UpstreamConnection connection) {
    if (connections.remove(connection)) {
      roomLater();
      pool.forgetIfIdle(server, this);
    }
  }

  void close() {
    List.copyOf(connections).forEach(Http2UpstreamConnection::restIfIdle);
  }

  // ── how dialling went ────────────────────────────────────────────────────────────────────────

  @Override
  public boolean isWanted() {
    waiting.removeIf(listener -> !listener.isWaiting());
    waitingForFresh.removeIf(listener -> !listener.isWaiting());
    return !waiting.isEmpty() || !waitingForFresh.isEmpty();
  }

  @Override
  public void http2(Http2UpstreamConnection connection) {
    dialing = false;
    add(connection);
    mergeFresh();
    serve();
  }

  /** Those who waited for a fresh connection are first. */
  private void mergeFresh() {
    while (!waitingForFresh.isEmpty()) {
      waiting.addFirst(waitingForFresh.removeLast());
    }
  }

  /** The first of those who wait gets it, the others go the way of HTTP/1.1. */
  @Override
  public void http1(UpstreamConnection connection) {
    dialing = false;
    http1 = server.protocol() == Protocol.AUTO;
    mergeFresh();
    UpstreamListener first = nextWaiting();
    if (first == null) {
      connection.release();
    } else {
      first.connected(connection);
    }
    for (UpstreamListener next = nextWaiting(); next != null; next = nextWaiting()) {
      pool.acquire(server, next, false, false);
    }
  }

  private @Nullable UpstreamListener nextWaiting() {
    UpstreamListener next = waiting.poll();
    while (next != null && !next.isWaiting()) {
      next = waiting.poll();
    }
    return next;
  }

  @Override
  public void failed(UpstreamFailure failure) {
    dialing = false;
    // Those who come because of it are to dial anew.
    List<UpstreamListener> failing = new ArrayList<>(waitingForFresh);
    waitingForFresh.clear();
    if (connections.isEmpty()) {
      failing.addAll(waiting);
      waiting.clear();
    }
    failing.forEach(listener -> listener.failed(failure));
    pool.forgetIfIdle(server, this);
  }
}
