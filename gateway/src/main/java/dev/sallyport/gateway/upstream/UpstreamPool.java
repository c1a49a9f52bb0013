package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.config.Upstream.Protocol;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of one event loop to upstreams: those of HTTP/1.1 that wait for work, and those
 * of HTTP/2, which take more of it.
 *
 * <p>Clients of an event loop use its connections only, so that nothing is handed from thread to
 * thread, and nothing is locked. The one used last is taken first: it is the least likely to have
 * been closed, and the others grow old and end.
 */
public final class UpstreamPool {
  /** Below the few seconds after which common servers close what is idle. */
  private static final long LONGEST_REST = Duration.ofSeconds(4).toNanos();

  private static final int MOST_RESTING = 256;

  /** Of so many servers it is remembered that they speak HTTP/1.1. */
  private static final int MOST_KNOWN = 1024;

  private final Map<Server, Deque<UpstreamConnection>> resting = new HashMap<>();
  private final Map<Server, Http2Connections> shared = new HashMap<>();
  private final EventLoop loop;
  private final UpstreamDialer dialer;
  private boolean closed;

  /** The pool of {@code loop}, whose connections {@code dialing} makes. */
  public UpstreamPool(EventLoop loop, Dialing dialing) {
    this.loop = loop;
    this.dialer = new UpstreamDialer(loop, this, dialing);
  }

  /**
   * Gets a connection, which {@code listener} is told of now or later.
   *
   * @param fresh whether it has to be a new one
   * @param webSocket whether it is to become a WebSocket, which only one of HTTP/1.1 can
   */
  public void acquire(Server server, UpstreamListener listener, boolean fresh, boolean webSocket) {
    boolean mayShare = !webSocket && server.mayBeHttp2();
    if (mayShare) {
      Http2Connections connections = shared(server);
      if (!connections.isHttp1()) {
        connections.acquire(listener, fresh);
        return;
      }
    }
    Deque<UpstreamConnection> waiting = resting.get(server);
    while (!fresh && waiting != null && !waiting.isEmpty()) {
      UpstreamConnection connection = waiting.removeLast();
      if (connection.wake()) {
        listener.connected(connection);
        return;
      }
    }
    dial(server, mayShare ? server.protocol() : Protocol.HTTP_1_1, new Alone(server, listener));
  }

  private Http2Connections shared(Server server) {
    Http2Connections known = shared.get(server);
    if (known == null) {
      if (shared.size() >= MOST_KNOWN) {
        shared.values().removeIf(Http2Connections::isIdle);
      }
      known = new Http2Connections(server, this);
      shared.put(server, known);
    }
    return known;
  }

  void dial(Server server, Protocol protocol, UpstreamDialer.Outcome outcome) {
    dialer.dial(server, protocol, outcome);
  }

  /** Does something behind what the event loop is doing. */
  void later(Runnable task) {
    loop.execute(task);
  }

  boolean isClosed() {
    return closed;
  }

  void forgetIfIdle(Server server, Http2Connections connections) {
    if (connections.isIdle() && !connections.isHttp1()) {
      shared.remove(server, connections);
    }
  }

  /** One exchange waits for a connection of its own. */
  private final class Alone implements UpstreamDialer.Outcome {
    private final Server server;
    private final UpstreamListener listener;

    Alone(Server server, UpstreamListener listener) {
      this.server = server;
      this.listener = listener;
    }

    @Override
    public boolean isWanted() {
      return listener.isWaiting();
    }

    @Override
    public void http1(UpstreamConnection connection) {
      listener.connected(connection);
    }

    /** The server has learnt it since it was last asked. */
    @Override
    public void http2(Http2UpstreamConnection connection) {
      shared(server).add(connection);
      listener.connected(connection.open());
    }

    @Override
    public void failed(UpstreamFailure failure) {
      listener.failed(failure);
    }
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
    List.copyOf(shared.values()).forEach(Http2Connections::close);
  }
}
