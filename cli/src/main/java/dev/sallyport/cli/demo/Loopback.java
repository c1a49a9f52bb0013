package dev.sallyport.cli.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** 127.0.0.1, and its free ports. */
final class Loopback {
  private static final int ATTEMPTS = 50;
  private static final int PATIENCE_MILLIS = 500;

  private Loopback() {}

  /** 127.0.0.1. */
  static InetAddress address() throws IOException {
    return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
  }

  /**
   * The preferred port if it is free, else any that is.
   *
   * <p>Free on ::1 as well: a browser asked for {@code localhost} tries both addresses, and would
   * find somebody else's server there.
   */
  static int freePort(int preferred) throws IOException {
    int port = preferred;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int bound = bind(port);
      if (bound != 0 && !isServed(bound)) {
        return bound;
      }
      port = 0;
    }
    throw new IOException("no port of 127.0.0.1 is free; end a program that listens on one");
  }

  /** The port that {@code port} stands for, or 0 when it is taken. */
  private static int bind(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket(port, 1, address())) {
      return probe.getLocalPort();
    } catch (BindException e) {
      return 0;
    }
  }

  private static boolean isServed(int port) throws IOException {
    try (Socket probe = new Socket()) {
      byte[] one = new byte[16];
      one[15] = 1;
      probe.connect(new InetSocketAddress(InetAddress.getByAddress(one), port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
