package dev.sallyport.peers;

import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A library in a server of its own, on loopback.
 *
 * @param port where the server listens
 * @param calls how often the application was called
 * @param end stops the server
 */
record ServedOverSocket(int port, AtomicInteger calls, Runnable end) implements Peer.Served {
  @Override
  public Peer.Outcome answer(VectorCase vector) throws IOException {
    int before = calls.get();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new Peer.Outcome(VectorClient.send(address, "/", vector), calls.get() - before);
  }

  @Override
  public void close() {
    end.run();
  }
}
