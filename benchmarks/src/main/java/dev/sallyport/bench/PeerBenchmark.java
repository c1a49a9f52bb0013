package dev.sallyport.bench;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.peers.PeerPolicy;
import dev.sallyport.peers.ServletPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The same work in other libraries. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PeerBenchmark.BATCH)
public class PeerBenchmark {
  /** Small, because some take a hundred microseconds a request. */
  static final int BATCH = 256;

  /** Who does it. */
  public enum Peer {
    /** What every servlet filter shares: a request, and an empty response. */
    NOTHING,
    /** Ours, as a servlet filter. */
    SALLYPORT,
    /** Spring's servlet filter. */
    SPRING,
    /** Tomcat's servlet filter. */
    TOMCAT,
    /** Jetty's handler. */
    JETTY,
    /** Our engine, with messages of Jetty's kind. */
    SALLYPORT_ON_JETTY,
    /** Vert.x Web's handler. */
    VERTX,
    /** The cors-filter of com.thetransactioncompany. */
    CORS_FILTER
  }

  /** What is done. */
  public enum Work {
    /** An actual request, of the only origin. */
    ONE_ORIGIN,
    /** An actual request of any of ten thousand origins. */
    TEN_THOUSAND_ORIGINS,
    /** An actual request of an origin that is none of a hundred. */
    DENIED,
    /** A preflight that asks for three headers. */
    PREFLIGHT
  }

  /** Who does it. */
  @Param public Peer peer = Peer.SALLYPORT;

  /** What is done. */
  @Param public Work work = Work.ONE_ORIGIN;

  private final FreshOrigins fresh = new FreshOrigins();
  private PeerCalls.Call call = PeerCalls.nothing(false);

  /** Makes the policy and the request. */
  @Setup
  public void prepare() throws Exception {
    int count =
        switch (work) {
          case ONE_ORIGIN, PREFLIGHT -> 1;
          case DENIED -> 100;
          case TEN_THOUSAND_ORIGINS -> 10_000;
        };
    List<String> origins = new ArrayList<>(EngineBenchmark.origins(count));
    PeerPolicy policy =
        new PeerPolicy(
            origins,
            List.of("PUT"),
            List.of("authorization", "content-type", "x-token"),
            List.of(),
            false,
            Optional.of(600));
    boolean preflight = work == Work.PREFLIGHT;
    call =
        switch (peer) {
          case NOTHING -> PeerCalls.nothing(preflight);
          case SALLYPORT -> PeerCalls.servlet(ServletPeer.SALLYPORT, policy, preflight);
          case SPRING -> PeerCalls.servlet(ServletPeer.SPRING, policy, preflight);
          case TOMCAT -> PeerCalls.servlet(ServletPeer.TOMCAT, policy, preflight);
          case CORS_FILTER -> PeerCalls.servlet(ServletPeer.CORS_FILTER, policy, preflight);
          case JETTY -> PeerCalls.jetty(policy, preflight);
          case SALLYPORT_ON_JETTY ->
              PeerCalls.oursOnJetty(
                  CorsPolicy.builder()
                      .allowOrigins(origins)
                      .allowMethods(policy.methods())
                      .allowHeaders(policy.headers())
                      .maxAge(Duration.ofMinutes(10))
                      .build(),
                  preflight);
          case VERTX -> PeerCalls.vertx(policy, preflight);
        };
    fresh.drawFrom(work == Work.DENIED ? List.of("https://www.evil-site.com") : origins);
  }

  /** Makes the texts of the next run. */
  @Setup(Level.Invocation)
  public void makeTexts() {
    fresh.make();
  }

  /** A request, and its answer. */
  @Benchmark
  public void answer(Blackhole result) throws Exception {
    for (int i = 0; i < BATCH; i++) {
      result.consume(call.of(fresh.texts[i]));
    }
  }
}
