package dev.sallyport.gateway.upstream;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Finds the addresses of names, off the event loops.
 *
 * <p>The JDK does it as the operating system does, by its hosts file and whatever else it asks
 * beside DNS, and keeps what was found for half a minute. A name that is being looked up is not
 * looked up again meanwhile.
 */
public final class HostNames implements AutoCloseable {
  private static final int THREADS = 4;

  /** More names than that wait only if somebody makes them up, or nobody answers. */
  static final int MOST_WAITING = 1024;

  /** Asks for the addresses of a name. */
  @FunctionalInterface
  public interface Resolver {
    /**
     * All addresses of {@code name}, at least one.
     *
     * @throws UnknownHostException when there are none
     */
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final Map<String, CompletableFuture<List<InetAddress>>> lookups =
      new ConcurrentHashMap<>();
  private final ExecutorService threads;

  /** Asks {@code resolver}. Begins with no thread. */
  public HostNames(Resolver resolver) {
    this.resolver = resolver;
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "sallyport-names");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    this.threads = executor;
  }

  /**
   * All addresses of {@code host}, at least one, in the order to try them; fails with an {@link
   * UnknownHostException}, wrapped in a {@link CompletionException}.
   *
   * @param host a name or address as in a URL
   */
  public CompletionStage<List<InetAddress>> find(String host) {
    if (host.startsWith("[") || NetUtil.isValidIpV4Address(host)) {
      return literal(host);
    }
    try {
      return lookups.computeIfAbsent(
          host, name -> CompletableFuture.supplyAsync(() -> lookUp(name), threads));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          new CompletionException(
              new UnknownHostException(host + ": too many names are being looked up")));
    }
  }

  private static CompletionStage<List<InetAddress>> literal(String host) {
    try {
      // Nothing is looked up.
      return CompletableFuture.completedStage(List.of(InetAddress.getByName(host)));
    } catch (UnknownHostException e) {
      return CompletableFuture.failedStage(new CompletionException(e));
    }
  }

  private List<InetAddress> lookUp(String host) {
    try {
      return List.of(resolver.resolve(host));
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    } finally {
      lookups.remove(host);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
