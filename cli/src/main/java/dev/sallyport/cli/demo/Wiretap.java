package dev.sallyport.cli.demo;

import dev.sallyport.cli.demo.Exchange.Header;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands on loopback before an HTTP/1.1 server, passes every byte on unchanged, and tells of each
 * exchange: the preflights and headers that browsers show to no script.
 *
 * <p>An exchange is told before its answer goes on, so that whoever has the answer finds the
 * exchange told.
 */
public final class Wiretap implements AutoCloseable {
  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Consumer<Exchange> heard;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "wiretap");
            thread.setDaemon(true);
            return thread;
          });

  private Wiretap(ServerSocket listening, InetSocketAddress server, Consumer<Exchange> heard) {
    this.listening = listening;
    this.server = server;
    this.heard = heard;
  }

  /**
   * Listens on 127.0.0.1.
   *
   * @param port 0 for any that is free
   * @param server to which everything is passed on
   * @param heard is told of each exchange, by several threads
   */
  public static Wiretap listen(int port, InetSocketAddress server, Consumer<Exchange> heard)
      throws IOException {
    ServerSocket listening = new ServerSocket(port, 128, Loopback.address());
    Wiretap tap = new Wiretap(listening, server, heard);
    tap.threads.execute(tap::accept);
    return tap;
  }

  /** The port on which it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        threads.execute(() -> connect(client));
      } catch (IOException | RejectedExecutionException e) {
        // Closed meanwhile, or a client that went before it was taken: the loop tells which.
      }
    }
  }

  private void connect(Socket client) {
    try {
      Socket upstream = new Socket(server.getAddress(), server.getPort());
      open.add(upstream);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      new Line(client, upstream).pump();
    } catch (IOException | RejectedExecutionException e) {
      // The server is not there, or all of this is being closed: the client loses its connection,
      // as it would without the tap.
      close(client);
    }
    if (listening.isClosed()) {
      open.forEach(this::close);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      // Closed is closed.
    }
    open.forEach(this::close);
    threads.shutdownNow();
  }

  /** One connection of a client and the one to the server that belongs to it. */
  private final class Line {
    private final Socket client;
    private final Socket upstream;
    private final Queue<HttpRequest> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();

    private final EmbeddedChannel requests =
        new EmbeddedChannel(new HttpRequestDecoder(), new Listener(this::heardRequest));
    private final EmbeddedChannel responses =
        new EmbeddedChannel(
            new HttpResponseDecoder() {
              @Override
              protected boolean isContentAlwaysEmpty(HttpMessage message) {
                HttpRequest request = asked.peek();
                return request != null && request.method().equals(HttpMethod.HEAD)
                    || super.isContentAlwaysEmpty(message);
              }
            },
            new Listener(this::heardResponse));

    Line(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void pump() {
      threads.execute(() -> pump(client, upstream, requests));
      pump(upstream, client, responses);
    }

    private void pump(Socket from, Socket to, EmbeddedChannel ear) {
      byte[] bytes = new byte[16 * 1024];
      try {
        for (int read; (read = from.getInputStream().read(bytes)) >= 0; ) {
          ear.writeInbound(Unpooled.copiedBuffer(bytes, 0, read));
          to.getOutputStream().write(bytes, 0, read);
        }
        to.shutdownOutput();
      } catch (IOException e) {
        // One side broke off; so that the other learns of it, both end.
        close(from);
        close(to);
      } finally {
        ear.finishAndReleaseAll();
        if (ended.incrementAndGet() == 2) {
          close(from);
          close(to);
        }
      }
    }

    private void heardRequest(HttpMessage message) {
      if (message instanceof HttpRequest request) {
        asked.add(request);
      }
    }

    private void heardResponse(HttpMessage message) {
      if (!(message instanceof HttpResponse response)
          || response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        return;
      }
      @Nullable HttpRequest request = asked.poll();
      if (request != null) {
        heard.accept(
            new Exchange(
                request.method().name(),
                request.uri(),
                list(request.headers()),
                response.status().code(),
                list(response.headers())));
      }
    }

    private static List<Header> list(HttpHeaders headers) {
      return headers.entries().stream()
          .map(line -> new Header(line.getKey(), line.getValue()))
          .toList();
    }
  }

  /** Hands on the heads of messages, and lets go of their bodies. */
  private static final class Listener extends SimpleChannelInboundHandler<HttpObject> {
    private final Consumer<HttpMessage> heard;

    Listener(Consumer<HttpMessage> heard) {
      this.heard = heard;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
      // What cannot be read as HTTP goes on over the wire all the same; there is nothing to tell.
      if (message.decoderResult().isSuccess() && message instanceof HttpMessage head) {
        heard.accept(head);
      }
    }
  }
}
