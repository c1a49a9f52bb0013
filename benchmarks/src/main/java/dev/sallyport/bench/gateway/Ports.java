package dev.sallyport.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Where one proxy listens, on loopback.
 *
 * @param clear for HTTP/1.1
 * @param tls for HTTP/1.1 and HTTP/2 behind TLS
 */
record Ports(int clear, int tls) {
  static Ports free() throws IOException {
    return new Ports(freePort(), freePort());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
