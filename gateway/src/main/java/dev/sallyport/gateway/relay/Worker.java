package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.upstream.Dialing;
import dev.sallyport.gateway.upstream.UpstreamPool;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the connections of one event loop share; touched on that event loop only. */
public final class Worker {
  private final EventLoop loop;
  private final Relay relay;
  private final UpstreamPool pool;
  private final HttpDate date = new HttpDate();
  private final Set<ServedConnection> connections = new HashSet<>();
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private boolean stopping;

  /** The worker of {@code loop}. */
  public Worker(EventLoop loop, Relay relay, Dialing dialing) {
    this.loop = loop;
    this.relay = relay;
    this.pool = new UpstreamPool(loop, dialing);
  }

  /** The event loop. */
  public EventLoop loop() {
    return loop;
  }

  /** Ends idle connections, and each of the others after its answer; done when none is left. */
  public CompletionStage<Void> stop() {
    loop.execute(
        () -> {
          stopping = true;
          pool.close();
          new ArrayList<>(connections).forEach(ServedConnection::stop);
          completeIfEmpty();
        });
    return emptied;
  }

  /** Ends all connections at once; done when they are. */
  public CompletionStage<Void> abort() {
    return CompletableFuture.runAsync(
        () -> new ArrayList<>(connections).forEach(ServedConnection::abort), loop);
  }

  Relay relay() {
    return relay;
  }

  UpstreamPool pool() {
    return pool;
  }

  HttpDate date() {
    return date;
  }

  boolean isStopping() {
    return stopping;
  }

  void add(ServedConnection connection) {
    connections.add(connection);
  }

  void remove(ServedConnection connection) {
    connections.remove(connection);
    completeIfEmpty();
  }

  private void completeIfEmpty() {
    if (stopping && connections.isEmpty()) {
      emptied.complete(null);
    }
  }
}
