package dev.sallyport.bench.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is asked of each proxy, and what processor time is aimed at beside two others. */
enum Workload {
  SMALL("1 KiB GET, keep-alive, 64 connections", "/1k", false, 1.10, 1.10, 0.3),
  PREFLIGHT("preflight", "/1k", false, 1.00, 1.00, 0.3),
  MEDIUM("100 KiB", "/100k", false, 1.25, 1.00, Double.NaN),
  LARGE("10 MiB", "/10m", false, 1.25, 1.00, Double.NaN),
  TLS("TLS, 1 KiB", "/1k", true, 1.15, 1.25, 0.3),
  HTTP2("HTTP/2 behind TLS, 1 KiB, 128 streams", "/1k", true, 1.00, 1.70, 0.3);

  static final String ORIGIN = "Origin: https://blog.foo.com";

  private final String text;
  private final String path;
  private final boolean tls;
  private final double ofNginx;
  private final double ofHaproxy;
  private final double ofCaddy;

  Workload(
      String text, String path, boolean tls, double ofNginx, double ofHaproxy, double ofCaddy) {
    this.text = text;
    this.path = path;
    this.tls = tls;
    this.ofNginx = ofNginx;
    this.ofHaproxy = ofHaproxy;
    this.ofCaddy = ofCaddy;
  }

  String text() {
    return text;
  }

  /** How much of a peer's processor time it may take; empty for as much as it takes. */
  OptionalDouble target(Peer peer) {
    double target =
        switch (peer) {
          case NGINX -> ofNginx;
          case HAPROXY -> ofHaproxy;
          case CADDY -> ofCaddy;
          case SALLYPORT -> Double.NaN;
        };
    return Double.isNaN(target) ? OptionalDouble.empty() : OptionalDouble.of(target);
  }

  /** What loads a proxy for so long, on the other processor. */
  List<String> command(Ports ports, int seconds, String preflightScript) {
    String url = (tls ? "https" : "http") + "://127.0.0.1:" + (tls ? ports.tls() : ports.clear());
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "1"));
    if (this == HTTP2) {
      command.addAll(
          List.of("h2load", "-D", String.valueOf(seconds), "-c", "4", "-m", "32", "-H", ORIGIN));
    } else {
      int connections = this == LARGE ? 8 : 64;
      command.addAll(
          List.of(
              "wrk",
              "-t1",
              "-c" + connections,
              "-d" + seconds + "s",
              "--timeout",
              "30s",
              "-H",
              ORIGIN));
      if (this == PREFLIGHT) {
        command.addAll(List.of("-s", preflightScript));
      }
    }
    command.add(url + path);
    return command;
  }
}
