package dev.sallyport.gateway.limits;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections of clients there are at this moment, of all and of each.
 *
 * <p>A client is counted for as long as it has a connection, so that the memory for it is bounded
 * by the connections that there are.
 */
public final class ConnectionCount {
  /** What a connection that is one too many may still get. */
  public enum Admission {
    /** To be served. */
    SERVED,
    /** To be told that there are too many. */
    TOLD,
    /** Nothing: there are too many of those that are told, too. */
    DROPPED;

    private static Admission of(int now, int served) {
      if (now <= served) {
        return SERVED;
      }
      return now <= served + Math.max(16, served / 8) ? TOLD : DROPPED;
    }

    private Admission orWorse(Admission other) {
      return compareTo(other) < 0 ? other : this;
    }
  }

  /**
   * One connection that is counted; it has to {@link ConnectionCount#leave}.
   *
   * @param client whose it is; empty where it carries requests of many
   * @param ofAll what it gets by the number of all
   * @param ofClient what it gets by the number of its client's
   */
  public record Entry(Optional<ClientAddress> client, Admission ofAll, Admission ofClient) {
    /** What it gets. */
    public Admission admission() {
      return ofAll.orWorse(ofClient);
    }
  }

  private final AtomicInteger count = new AtomicInteger();
  private final Map<ClientAddress, Integer> clients = new ConcurrentHashMap<>();
  private volatile int most;
  private volatile int mostPerClient;

  /** A count that serves {@code most}, and {@code mostPerClient} of each client. */
  public ConnectionCount(int most, int mostPerClient) {
    this.most = most;
    this.mostPerClient = mostPerClient;
  }

  /** Serves so many from now on; those that are there already stay. */
  public void allow(int ofAll, int ofClient) {
    most = ofAll;
    mostPerClient = ofClient;
  }

  /** One more connection, of the client at {@code address}. */
  public Entry enter(InetAddress address) {
    ClientAddress client = ClientAddress.of(address);
    int ofClient = clients.merge(client, 1, Integer::sum);
    int ofAll = count.incrementAndGet();
    return new Entry(
        Optional.of(client), Admission.of(ofAll, most), Admission.of(ofClient, mostPerClient));
  }

  /** One more connection, which carries requests of many clients. */
  public Entry enterForMany() {
    return new Entry(
        Optional.empty(), Admission.of(count.incrementAndGet(), most), Admission.SERVED);
  }

  /** How many there are. */
  public int count() {
    return count.get();
  }

  /** How many clients have one. */
  int clients() {
    return clients.size();
  }

  /** One connection less. */
  public void leave(Entry entry) {
    count.decrementAndGet();
    entry
        .client()
        .ifPresent(
            client ->
                clients.computeIfPresent(
                    client, (same, number) -> number == 1 ? null : number - 1));
  }
}
