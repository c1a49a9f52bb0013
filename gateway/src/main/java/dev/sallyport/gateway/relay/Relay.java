package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.limits.ConnectionCount;
import dev.sallyport.gateway.telemetry.Telemetry;

/** What all connections of one gateway share. */
public final class Relay {
  private volatile Rules rules;
  private final ConnectionCount connections;
  private final Telemetry telemetry;

  /** A relay that begins with {@code rules}. */
  public Relay(Rules rules, Telemetry telemetry) {
    this.rules = rules;
    this.connections = new ConnectionCount(rules.limits().connections());
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
    connections.allow(next.limits().connections());
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
