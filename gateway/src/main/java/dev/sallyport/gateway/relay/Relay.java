package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.accesslog.AccessLog;
import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.limits.ConnectionCount;
import dev.sallyport.gateway.telemetry.Telemetry;

/** What all connections of one gateway share. */
public final class Relay {
  private volatile Rules rules;
  private final ConnectionCount connections;
  private final Telemetry telemetry;
  private final AccessLog accessLog;

  /** A relay that begins with {@code rules}. */
  public Relay(Rules rules, Telemetry telemetry, AccessLog accessLog) {
    this.rules = rules;
    this.accessLog = accessLog;
    this.connections =
        new ConnectionCount(rules.limits().connections(), rules.limits().connectionsPerClient());
    this.telemetry = telemetry;
    telemetry.clientConnections(connections::count);
  }

  /** The rules that hold for what comes now. */
  public Rules rules() {
    return rules;
  }

  /** Lets {@code next} hold for what comes from now on. */
  public void swap(Rules next) {
    rules = next;
    connections.allow(next.limits().connections(), next.limits().connectionsPerClient());
  }

  /** Where requests are written down when they are over. */
  public AccessLog accessLog() {
    return accessLog;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  ConnectionLimits limits() {
    return rules.limits();
  }

  ConnectionCount connections() {
    return connections;
  }
}
