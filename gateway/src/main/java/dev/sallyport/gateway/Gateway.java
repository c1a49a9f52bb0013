package dev.sallyport.gateway;

import dev.sallyport.gateway.accesslog.AccessLog;
import dev.sallyport.gateway.admin.AdminActions;
import dev.sallyport.gateway.admin.AdminServer;
import dev.sallyport.gateway.config.Admin;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.limits.QuotaStore;
import dev.sallyport.gateway.relay.ClientInitializer;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.gateway.relay.Rules;
import dev.sallyport.gateway.relay.Worker;
import dev.sallyport.gateway.reload.ConfigSource;
import dev.sallyport.gateway.reload.ReloadOutcome;
import dev.sallyport.gateway.reload.ReloadRefusedException;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.gateway.reload.WatchedFiles;
import dev.sallyport.gateway.telemetry.Telemetry;
import dev.sallyport.gateway.tls.ShownCertificates;
import dev.sallyport.gateway.upstream.Dialing;
import dev.sallyport.gateway.upstream.HostNames;
import dev.sallyport.gateway.upstream.UpstreamTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A running gateway.
 *
 * <p>Its threads keep the process alive until it is stopped.
 */
public final class Gateway implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final GatewayConfig startedWith;
  private final Relay relay;
  private final UpstreamTls tls;
  private final Telemetry telemetry;
  private final EventLoopGroup loops;
  private final List<HostNames> names;
  private final List<Worker> workers;
  private final List<Channel> listeners = new ArrayList<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile @Nullable Reloader reloader;
  private @Nullable AdminServer admin;
  private Optional<InetSocketAddress> adminAddress = Optional.empty();

  private Gateway(
      GatewayConfig startedWith,
      Relay relay,
      UpstreamTls tls,
      Telemetry telemetry,
      EventLoopGroup loops,
      List<HostNames> names,
      List<Worker> workers) {
    this.startedWith = startedWith;
    this.relay = relay;
    this.tls = tls;
    this.telemetry = telemetry;
    this.loops = loops;
    this.names = names;
    this.workers = workers;
  }

  /**
   * Starts a gateway: when this returns, it listens.
   *
   * @throws GatewayStartException when it cannot; then nothing is left running
   */
  public static Gateway start(GatewayConfig config) throws GatewayStartException {
    return start(config, UpstreamTls.trustingTheJdks());
  }

  /**
   * Starts a gateway that reads its configuration again when {@code source} has changed.
   *
   * @param config what was read from {@code source}, after that was made
   * @throws GatewayStartException when it cannot; then nothing is left running
   */
  public static Gateway start(GatewayConfig config, ConfigSource source)
      throws GatewayStartException {
    // Before certificates and keys are read.
    WatchedFiles files = WatchedFiles.of(source, config);
    Gateway gateway = start(config);
    gateway.reloader =
        new Reloader(
            source,
            files,
            gateway.new Reloaded(),
            outcome -> gateway.telemetry.reloaded(outcome.applied()));
    return gateway;
  }

  /** Starts a gateway that trusts upstreams by {@code tls}. */
  static Gateway start(GatewayConfig config, UpstreamTls tls) throws GatewayStartException {
    return start(config, tls, InetAddress::getAllByName);
  }

  /** Starts a gateway that finds names by {@code resolver}. */
  static Gateway start(GatewayConfig config, UpstreamTls tls, HostNames.Resolver resolver)
      throws GatewayStartException {
    return start(config, tls, resolver, QuotaStore.IN_MEMORY);
  }

  /** Starts a gateway whose quotas are counted in {@code quotas}. */
  static Gateway start(
      GatewayConfig config, UpstreamTls tls, HostNames.Resolver resolver, QuotaStore quotas)
      throws GatewayStartException {
    Sockets sockets = Sockets.of(config.transport());
    List<Optional<ShownCertificates>> certificates = ListenerTls.ofAll(config);
    Telemetry telemetry = config.admin().isPresent() ? Telemetry.counting() : Telemetry.off();
    AccessLog accessLog = open(config, telemetry);
    Relay relay =
        new Relay(Rules.of(config, certificates, quotas, telemetry), telemetry, accessLog);
    ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            config.workers().orElse(Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("sallyport"),
            sockets.handlers());
    HostNames upstreamNames = new HostNames(resolver);
    HostNames targetNames = new HostNames(resolver);
    Dialing dialing =
        new Dialing(sockets.connected(), allocator, upstreamNames, targetNames, tls, telemetry);
    Map<EventLoop, Worker> workers = new HashMap<>();
    for (EventExecutor executor : loops) {
      EventLoop loop = (EventLoop) executor;
      workers.put(loop, new Worker(loop, relay, dialing));
    }
    Gateway gateway =
        new Gateway(
            config,
            relay,
            tls,
            telemetry,
            loops,
            List.of(upstreamNames, targetNames),
            List.copyOf(workers.values()));
    gateway.prepareTls(config);
    try {
      for (int i = 0; i < config.listeners().size(); i++) {
        ServerBootstrap bootstrap =
            new ServerBootstrap()
                .group(loops)
                .channel(sockets.listening())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, LastAccept.accepts())
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ClientInitializer(relay, workers, i));
        sockets.boundUnsent(bootstrap);
        gateway.listen(config.listeners().get(i), bootstrap);
      }
      if (config.admin().isPresent()) {
        gateway.listenForOperators(config.admin().get(), sockets);
      }
    } catch (GatewayStartException e) {
      gateway.shutDown();
      throw e;
    }
    return gateway;
  }

  private static AccessLog open(GatewayConfig config, Telemetry telemetry)
      throws GatewayStartException {
    try {
      return AccessLog.open(config.accessLog(), telemetry);
    } catch (IOException e) {
      throw new GatewayStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void listen(Listener listener, ServerBootstrap bootstrap) throws GatewayStartException {
    listeners.add(bind(listener, bootstrap::bind));
  }

  private static Channel bind(Listener listener, Function<InetSocketAddress, ChannelFuture> bind)
      throws GatewayStartException {
    String host = listener.host();
    InetSocketAddress address =
        new InetSocketAddress(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host, listener.port());
    ListenFaults.checkResolved(listener, address);
    ChannelFuture bound = bind.apply(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw ListenFaults.of(listener, bound.cause());
    }
    return bound.channel();
  }

  private void listenForOperators(Admin where, Sockets sockets) throws GatewayStartException {
    AdminServer server = new AdminServer(where, sockets.handlers(), new Actions());
    admin = server;
    Listener listener = new Listener(where.host(), where.port(), Optional.empty());
    Channel bound = bind(listener, address -> server.bind(sockets.listening(), address));
    adminAddress = Optional.of((InetSocketAddress) bound.localAddress());
  }

  /** What operators may ask. */
  private final class Actions implements AdminActions {
    @Override
    public String metrics() {
      return telemetry.scrape();
    }

    @Override
    public boolean isReady() {
      return !stopping.get();
    }

    @Override
    public Optional<CompletionStage<ReloadOutcome>> reload() {
      return Gateway.this.reload("POST /reload");
    }
  }

  /** Where the admin listener is; empty when there is none. */
  public Optional<InetSocketAddress> adminAddress() {
    return adminAddress;
  }

  /** Where it listens, in the order of the configuration, with the ports that were free for 0. */
  public List<InetSocketAddress> addresses() {
    return listeners.stream().map(channel -> (InetSocketAddress) channel.localAddress()).toList();
  }

  /** Reads the certificate authorities, if they are needed, before the first client has come. */
  private void prepareTls(GatewayConfig config) {
    List<Upstream> upstreams = new ArrayList<>();
    for (Route route : config.routes()) {
      if (route.destination() instanceof Upstream upstream) {
        upstreams.add(upstream);
      }
    }
    tls.prepare(upstreams, upstreams.size() < config.routes().size());
  }

  /** What a reload does to this gateway. */
  private final class Reloaded implements Reloader.Target {
    @Override
    public void told() {
      relay.accessLog().reopen();
    }

    @Override
    public void apply(GatewayConfig config) throws ReloadRefusedException {
      Gateway.this.apply(config);
    }
  }

  /**
   * Lets {@code config} serve from now on: what is in flight ends under the configuration before,
   * and no connection is closed.
   *
   * @throws ReloadRefusedException when it cannot; then nothing has changed
   */
  private void apply(GatewayConfig config) throws ReloadRefusedException {
    RestartCheck.check(startedWith, config);
    List<Optional<ShownCertificates>> certificates;
    try {
      certificates = ListenerTls.ofAll(config);
    } catch (GatewayStartException e) {
      throw new ReloadRefusedException(List.of(String.valueOf(e.getMessage())));
    }
    prepareTls(config);
    try {
      // The last that can fail, so that nothing has changed if it does.
      relay.accessLog().change(config.accessLog());
    } catch (IOException e) {
      throw new ReloadRefusedException(List.of(String.valueOf(e.getMessage())));
    }
    relay.swap(relay.rules().next(config, certificates));
    telemetry.retain(config.routes());
  }

  /**
   * Reads the configuration again, now.
   *
   * @param why what asked for it, for the log: {@code SIGHUP}
   * @return what became of it; empty when the gateway was not started from a file
   */
  public Optional<CompletionStage<ReloadOutcome>> reload(String why) {
    return Optional.ofNullable(reloader).map(each -> each.reload(why));
  }

  /**
   * Stops accepting, lets what is in flight finish within the configured grace, then ends all.
   *
   * @return done when nothing is left running; the same for every call
   */
  public CompletionStage<Void> stop() {
    if (stopping.compareAndSet(false, true)) {
      Reloader watching = reloader;
      if (watching != null) {
        watching.close();
      }
      listeners.forEach(LastAccept::close);
      listeners.forEach(listener -> listener.closeFuture().awaitUninterruptibly());
      // Nobody waits for this but the calls at its end.
      var unused =
          all(Worker::stop)
              .orTimeout(relay.rules().limits().grace().toNanos(), TimeUnit.NANOSECONDS)
              .exceptionallyCompose(late -> all(Worker::abort))
              // Only then: an event loop that ends closes what it has in good order.
              .whenComplete((done, fault) -> shutDown());
    }
    return stopped.minimalCompletionStage();
  }

  /** Done when every worker has done {@code what}. */
  private CompletableFuture<Void> all(Function<Worker, CompletionStage<Void>> what) {
    return CompletableFuture.allOf(
        workers.stream()
            .map(worker -> what.apply(worker).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private void shutDown() {
    loops
        .shutdownGracefully(0, 5, TimeUnit.SECONDS)
        .addListener(
            down -> {
              names.forEach(HostNames::close);
              telemetry.close();
              // Nobody waits for this but the calls at its end.
              var unused = relay.accessLog().stop().thenRun(this::stopTellingOperators);
            });
  }

  /** Last, so that it is said until the end that no new requests are taken. */
  private void stopTellingOperators() {
    if (admin == null) {
      stopped.complete(null);
    } else {
      admin.close(() -> stopped.complete(null));
    }
  }

  /** Stops, and waits until nothing is left running. */
  @Override
  public void close() {
    stop().toCompletableFuture().join();
  }
}
