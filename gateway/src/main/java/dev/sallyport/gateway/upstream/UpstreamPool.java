package dev.sallyport.gateway.upstream;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections of one event loop to upstreams that wait for work.
 *
 * <p>Clients of an event loop use its connections only, so that nothing is handed from thread to
 * thread, and nothing is locked. The one used last is taken first: it is the least likely to have
 * been closed, and the others grow old and end.
 */
public final class UpstreamPool {
  /** Below the few seconds after which common servers close what is idle. */
  private static final long LONGEST_REST = Duration.ofSeconds(4).toNanos();

  private static final int MOST_RESTING = 256;

  private final Map<Server, Deque<UpstreamConnection>> resting = new HashMap<>();
  private final UpstreamDialer dialer;
  private boolean closed;

  /** The pool of {@code loop}, whose connections {@code dialing} makes. */
  public UpstreamPool(EventLoop loop, Dialing dialing) {
    this.dialer = new UpstreamDialer(loop, this, dialing);
  }

  /**
   * Gets a connection, which {@code listener} is told of now or later.
   *
   * @param fresh whether it has to be a new one
   */
  public void acquire(Server server, UpstreamListener listener, boolean fresh) {
    Deque<UpstreamConnection> waiting = resting.get(server);
    while (!fresh && waiting != null && !waiting.isEmpty()) {
      UpstreamConnection connection = waiting.removeLast();
      if (connection.wake()) {
        listener.connected(connection);
        return;
      }
    }
    dialer.dial(server, listener);
  }

  void giveBack(UpstreamConnection connection) {
    Deque<UpstreamConnection> waiting =
        resting.computeIfAbsent(connection.server(), server -> new ArrayDeque<>());
    if (closed || waiting.size() >= MOST_RESTING) {
      connection.close();
    } else {
      waiting.addLast(connection);
      connection.rest(LONGEST_REST);
    }
  }

  void forget(UpstreamConnection connection) {
    Deque<UpstreamConnection> waiting = resting.get(connection.server());
    if (waiting != null) {
      waiting.remove(connection);
    }
  }

  /** Ends what waits, and what would come to wait. */
  public void close() {
    closed = true;
    for (Deque<UpstreamConnection> waiting : resting.values()) {
      new ArrayList<>(waiting).forEach(UpstreamConnection::close);
    }
  }
}
