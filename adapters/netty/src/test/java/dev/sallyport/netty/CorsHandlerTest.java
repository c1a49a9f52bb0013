package dev.sallyport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.DynamicOrigins;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import dev.sallyport.vectors.Vectors;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("FutureReturnValueIgnored") // What is written is looked at, not when.
class CorsHandlerTest {
  private static final String BLOG = "https://blog.foo.com";
  private static final AtomicReference<CorsPolicy> POLICY = new AtomicReference<>();
  private static final AtomicInteger CALLS = new AtomicInteger();

  private static MultiThreadIoEventLoopGroup group;
  private static Channel server;

  @BeforeAll
  static void start() throws InterruptedException {
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(4096, 65_536, 8192),
                            new CorsHandler(POLICY::get),
                            new Application());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  @AfterAll
  static void stop() {
    server.close().syncUninterruptibly();
    group.shutdownGracefully().syncUninterruptibly();
  }

  /** Answers each request when it is complete, with CORS headers and a Vary of its own. */
  private static final class Application extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      boolean refused =
          message instanceof HttpRequest request && request.decoderResult().isFailure();
      CALLS.addAndGet(message instanceof HttpRequest && !refused ? 1 : 0);
      if (refused || message instanceof LastHttpContent) {
        DefaultFullHttpResponse answer =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                refused ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.NO_CONTENT,
                Unpooled.EMPTY_BUFFER);
        answer.headers().add("Access-Control-Allow-Origin", "https://own.example");
        answer.headers().add("Vary", "Accept-Encoding");
        context.writeAndFlush(answer);
      }
      ReferenceCountUtil.release(message);
    }
  }

  static Stream<VectorCase> cases() {
    return Vectors.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersTheSharedCases(VectorCase vector) throws IOException {
    POLICY.set(CorsPolicy.builder(vector.policy()).build());
    int before = CALLS.get();
    Answer answer = VectorClient.send((InetSocketAddress) server.localAddress(), "/", vector);
    int calls = CALLS.get() - before;
    if (vector.hasControlCharacter()) {
      assertThat(answer.status()).as("no HTTP message").isEqualTo(400);
      assertThat(calls).isZero();
      return;
    }
    assertThat(answer.varies("Accept-Encoding")).isEqualTo(!vector.isAnsweredByDoor());
    if (vector.isReportOnly()) {
      assertThat(answer.corsHeaders())
          .containsOnlyKeys("access-control-allow-origin")
          .containsEntry("access-control-allow-origin", "https://own.example");
      assertThat(calls).isEqualTo(1);
      return;
    }
    assertThat(answer.differences(vector, 204, calls)).isEmpty();
  }

  // ── without a socket: what comes and goes, in order ──────────────────────────────────────────

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<ChannelHandlerContext> application = new ArrayList<>();

  private EmbeddedChannel channel(CorsPolicy policy) {
    return new EmbeddedChannel(
        new HttpServerCodec(),
        new CorsHandler(policy),
        new ChannelInboundHandlerAdapter() {
          @Override
          public void handlerAdded(ChannelHandlerContext context) {
            application.add(context);
          }

          @Override
          public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof CorsDecision decision) {
              seen.add(decision.outcome().name());
            }
          }

          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
              seen.add(request.method() + " " + request.uri());
            }
            ReferenceCountUtil.release(message);
          }
        });
  }

  private static CorsPolicy blog() {
    return CorsPolicy.builder()
        .allowOrigins(BLOG, "https://shop.foo.com")
        .allowMethods("PUT")
        .build();
  }

  private static void send(EmbeddedChannel channel, String... lines) {
    channel.writeInbound(
        Unpooled.copiedBuffer(String.join("\r\n", lines) + "\r\n\r\n", StandardCharsets.US_ASCII));
  }

  private static void preflight(EmbeddedChannel channel, String... more) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "OPTIONS /p HTTP/1.1", "Origin: " + BLOG, "Access-Control-Request-Method: PUT"));
    lines.addAll(List.of(more));
    send(channel, lines.toArray(String[]::new));
  }

  private static String written(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(((ByteBuf) out).toString(StandardCharsets.US_ASCII));
      ReferenceCountUtil.release(out);
    }
    return text.toString();
  }

  private void answer(HttpResponseStatus status) {
    DefaultFullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    if (status.code() >= 200) {
      answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    }
    application.get(0).writeAndFlush(answer);
  }

  @Test
  void pipelinedAnswersEachGetTheDecisionOnTheirOwnRequest() {
    EmbeddedChannel channel = channel(blog());
    send(channel, "GET /1 HTTP/1.1", "Origin: " + BLOG);
    send(channel, "GET /2 HTTP/1.1", "Origin: https://evil.com");
    preflight(channel);
    send(channel, "GET /3 HTTP/1.1", "Origin: https://shop.foo.com");
    assertThat(seen)
        .containsExactly(
            "ACTUAL_ALLOWED", "GET /1", "ACTUAL_DENIED", "GET /2", "ACTUAL_ALLOWED", "GET /3");
    assertThat(written(channel)).as("the preflight waits for its turn").isEmpty();

    answer(HttpResponseStatus.OK);
    assertThat(written(channel)).contains("access-control-allow-origin: " + BLOG);
    answer(HttpResponseStatus.OK);
    assertThat(written(channel).split("HTTP/1.1 "))
        .hasSize(3)
        .satisfies(
            answers -> {
              assertThat(answers[1]).startsWith("200").doesNotContain("access-control");
              assertThat(answers[2])
                  .startsWith("204")
                  .contains("access-control-allow-methods: PUT");
            });
    answer(HttpResponseStatus.OK);
    assertThat(written(channel)).contains("access-control-allow-origin: https://shop.foo.com");
    assertThat(channel.finishAndReleaseAll()).isFalse();
  }

  @Test
  void anInterimAnswerTakesNoDecision() {
    EmbeddedChannel channel = channel(blog());
    send(channel, "POST /1 HTTP/1.1", "Origin: " + BLOG, "Content-Length: 0");
    answer(HttpResponseStatus.CONTINUE);
    assertThat(written(channel)).doesNotContain("access-control");
    answer(HttpResponseStatus.OK);
    assertThat(written(channel)).contains("access-control-allow-origin: " + BLOG);
    channel.finishAndReleaseAll();
  }

  @Test
  void anInterimAnswerInTwoPartsTakesNoDecision() {
    EmbeddedChannel channel = channel(blog());
    send(channel, "GET /1 HTTP/1.1", "Origin: https://evil.com");
    application
        .get(0)
        .write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.EARLY_HINTS));
    application.get(0).writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(written(channel)).doesNotContain("access-control");
    DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set("Access-Control-Allow-Origin", "https://evil.com")
        .set("Content-Length", "0");
    application.get(0).write(head);
    application.get(0).writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(written(channel)).doesNotContain("evil.com").contains("vary: Origin");
    channel.finishAndReleaseAll();
  }

  /** RFC 9112, section 9.6: what comes behind a last answer is not worked on. */
  @Test
  void nothingBehindAnAnswerThatClosesReachesTheApplication() {
    EmbeddedChannel channel = channel(blog());
    send(
        channel,
        "OPTIONS /1 HTTP/1.1",
        "Origin: " + BLOG,
        "Access-Control-Request-Method: PUT",
        "Connection: close",
        "",
        "POST /2 HTTP/1.1",
        "Origin: " + BLOG,
        "Content-Length: 0");
    assertThat(seen).noneMatch(each -> each.contains("/2"));
    channel.finishAndReleaseAll();
  }

  @Test
  void anAnswerInPartsTakesOneDecision() {
    EmbeddedChannel channel = channel(blog());
    send(channel, "GET /1 HTTP/1.1", "Origin: " + BLOG);
    send(channel, "GET /2 HTTP/1.1", "Origin: https://evil.com");
    DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set("Access-Control-Allow-Credentials", "true")
        .set("Transfer-Encoding", "chunked");
    application.get(0).write(head);
    application.get(0).write(new DefaultHttpContent(Unpooled.copiedBuffer(new byte[] {'a'})));
    application.get(0).writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(written(channel))
        .contains("access-control-allow-origin: " + BLOG)
        .doesNotContain("Access-Control-Allow-Credentials");
    answer(HttpResponseStatus.OK);
    assertThat(written(channel)).doesNotContain("access-control");
    channel.finishAndReleaseAll();
  }

  @Test
  void theBodyOfARequestAnsweredHereIsDiscarded() {
    EmbeddedChannel channel = channel(blog());
    channel.writeInbound(
        Unpooled.copiedBuffer(
            "OPTIONS /p HTTP/1.1\r\nOrigin: "
                + BLOG
                + "\r\nAccess-Control-Request-Method: PUT\r\n"
                + "Content-Length: 3\r\n\r\nabcGET /after HTTP/1.1\r\n\r\n",
            StandardCharsets.US_ASCII));
    assertThat(written(channel)).startsWith("HTTP/1.1 204");
    assertThat(seen).containsExactly("NOT_CORS", "GET /after");
    channel.finishAndReleaseAll();
  }

  @Test
  void keepsOrClosesTheConnectionAsTheRequestWants() {
    EmbeddedChannel kept = channel(blog());
    preflight(kept);
    assertThat(written(kept)).startsWith("HTTP/1.1 204").doesNotContain("connection: close");
    assertThat(kept.isOpen()).isTrue();
    preflight(kept, "Connection: close");
    assertThat(written(kept)).contains("connection: close");
    assertThat(kept.isOpen()).isFalse();

    EmbeddedChannel expecting = channel(blog());
    preflight(expecting, "Expect: 100-continue", "Content-Length: 5");
    assertThat(written(expecting)).startsWith("HTTP/1.1 204").contains("connection: close");
    assertThat(expecting.isOpen()).isFalse();

    EmbeddedChannel old = channel(blog());
    send(
        old,
        "OPTIONS /p HTTP/1.0",
        "Origin: https://evil.com",
        "Access-Control-Request-Method: PUT");
    assertThat(written(old)).contains("403 Forbidden", "content-length: 0");
    assertThat(old.isOpen()).isFalse();
  }

  @Test
  void requestsThatFollowWaitForADecisionInTheirOrder() {
    CompletableFuture<Boolean> question = new CompletableFuture<>();
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins(BLOG)
            .allowOriginsFrom(DynamicOrigins.from(origin -> question).build())
            .build();
    EmbeddedChannel channel = channel(policy);
    send(channel, "GET /1 HTTP/1.1", "Origin: https://customer.example");
    send(channel, "GET /2 HTTP/1.1", "Origin: " + BLOG);
    assertThat(seen).isEmpty();
    question.complete(true);
    channel.runPendingTasks();
    assertThat(seen).containsExactly("ACTUAL_ALLOWED", "GET /1", "ACTUAL_ALLOWED", "GET /2");
    answer(HttpResponseStatus.OK);
    assertThat(written(channel)).contains("access-control-allow-origin: https://customer.example");
    channel.finishAndReleaseAll();
  }

  @Test
  void aConnectionThatEndsWhileADecisionIsWaitedForLeavesNothingBehind() {
    CompletableFuture<Boolean> question = new CompletableFuture<>();
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOriginsFrom(DynamicOrigins.from(origin -> question).build())
            .build();
    EmbeddedChannel channel = channel(policy);
    ByteBuf body = Unpooled.copiedBuffer(new byte[] {'a', 'b'});
    send(channel, "POST /1 HTTP/1.1", "Origin: https://customer.example", "Content-Length: 2");
    channel.writeInbound(body);
    channel.close();
    question.complete(true);
    channel.runPendingTasks();
    assertThat(seen).isEmpty();
    channel.finishAndReleaseAll();
    assertThat(body.refCnt()).isZero();
  }

  @Test
  void afterAnUpgradeTheConnectionIsNotItsBusiness() {
    EmbeddedChannel channel = channel(blog());
    send(
        channel,
        "GET /ws HTTP/1.1",
        "Origin: " + BLOG,
        "Connection: Upgrade",
        "Upgrade: websocket");
    application
        .get(0)
        .writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SWITCHING_PROTOCOLS,
                Unpooled.EMPTY_BUFFER));
    assertThat(written(channel)).startsWith("HTTP/1.1 101");
    channel.finishAndReleaseAll();
  }

  @Test
  void refusesAWebSocketOfAnOriginThatIsNotAllowed() {
    EmbeddedChannel channel = channel(blog());
    send(
        channel,
        "GET /ws HTTP/1.1",
        "Origin: https://evil.com",
        "Connection: Upgrade",
        "Upgrade: websocket");
    assertThat(written(channel)).startsWith("HTTP/1.1 403");
    assertThat(seen).isEmpty();
    channel.finishAndReleaseAll();
  }
}
