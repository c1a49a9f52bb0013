package dev.sallyport.gateway.testkit;

import dev.sallyport.gateway.config.ConnectionLimits;
import java.time.Duration;

/** Makes limits of connections: those that differ from the common ones in what a test is about. */
public final class Limits {
  private int requestHead = ConnectionLimits.DEFAULT.requestHead();
  private Duration headTimeout = ConnectionLimits.DEFAULT.headTimeout();
  private long leastBodyRate = ConnectionLimits.DEFAULT.leastBodyRate();
  private Duration idleTimeout = ConnectionLimits.DEFAULT.idleTimeout();
  private Duration writeTimeout = ConnectionLimits.DEFAULT.writeTimeout();
  private Duration webSocketIdleTimeout = ConnectionLimits.DEFAULT.webSocketIdleTimeout();
  private int connections = ConnectionLimits.DEFAULT.connections();
  private int connectionsPerClient = ConnectionLimits.DEFAULT.connectionsPerClient();
  private Duration grace = Duration.ofSeconds(5);

  private Limits() {}

  /** The limits that hold when nothing is configured, but that gateways of tests stop sooner. */
  public static Limits common() {
    return new Limits();
  }

  public Limits requestHead(int value) {
    requestHead = value;
    return this;
  }

  public Limits headTimeout(Duration value) {
    headTimeout = value;
    return this;
  }

  public Limits leastBodyRate(long value) {
    leastBodyRate = value;
    return this;
  }

  public Limits idleTimeout(Duration value) {
    idleTimeout = value;
    return this;
  }

  public Limits writeTimeout(Duration value) {
    writeTimeout = value;
    return this;
  }

  public Limits webSocketIdleTimeout(Duration value) {
    webSocketIdleTimeout = value;
    return this;
  }

  public Limits connections(int value) {
    connections = value;
    return this;
  }

  public Limits connectionsPerClient(int value) {
    connectionsPerClient = value;
    return this;
  }

  public Limits grace(Duration value) {
    grace = value;
    return this;
  }

  /** The limits. */
  public ConnectionLimits build() {
    return new ConnectionLimits(
        requestHead,
        headTimeout,
        leastBodyRate,
        idleTimeout,
        writeTimeout,
        webSocketIdleTimeout,
        connections,
        connectionsPerClient,
        grace);
  }
}
