package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.NoLeaks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The row "HTTP/2 floods" of the threats: what counts, and when the budget is spent. */
@ExtendWith(NoLeaks.class)
class FrameBudgetTest {
  private static final byte[] PING = frame(FrameClient.PING, new byte[8]);

  private final AtomicLong now = new AtomicLong();
  private final List<Throwable> faults = new ArrayList<>();
  private EmbeddedChannel channel;

  @BeforeEach
  void start() {
    channel =
        new EmbeddedChannel(
            FrameBudget.ofClient(now::get),
            new ChannelInboundHandlerAdapter() {
              @Override
              public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                faults.add(cause);
              }
            });
    channel.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
    passed();
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
  }

  private static byte[] frame(int type, byte[] payload) {
    return FrameClient.bytes(type, 0, 0, payload);
  }

  private void send(byte[] bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
  }

  private void send(int times, byte[] frame) {
    for (int i = 0; i < times; i++) {
      send(frame);
    }
  }

  /** How many bytes came out behind the budget since this was asked last. */
  private int passed() {
    int length = 0;
    for (ByteBuf bytes; (bytes = channel.readInbound()) != null; bytes.release()) {
      length += bytes.readableBytes();
    }
    return length;
  }

  private void assertSpent() {
    assertThat(faults).singleElement().isInstanceOf(Http2Exception.class);
    assertThat(((Http2Exception) faults.get(0)).error()).isEqualTo(Http2Error.ENHANCE_YOUR_CALM);
  }

  static Stream<Arguments> counted() {
    return Stream.of(
        Arguments.of("SETTINGS", frame(FrameClient.SETTINGS, new byte[6])),
        Arguments.of("PING", PING),
        Arguments.of("PRIORITY", frame(2, new byte[5])),
        Arguments.of("RST_STREAM", frame(FrameClient.RST_STREAM, new byte[4])),
        Arguments.of("CONTINUATION", frame(FrameClient.CONTINUATION, new byte[0])),
        Arguments.of("GOAWAY", frame(FrameClient.GOAWAY, new byte[8])),
        Arguments.of("unknown type", frame(0xfa, new byte[3])),
        Arguments.of(
            "WINDOW_UPDATE of 1023", frame(FrameClient.WINDOW_UPDATE, FrameClient.number(1023))),
        Arguments.of(
            "WINDOW_UPDATE of 0 with the reserved bit",
            frame(FrameClient.WINDOW_UPDATE, FrameClient.number(1 << 31))),
        Arguments.of(
            "WINDOW_UPDATE without increment", frame(FrameClient.WINDOW_UPDATE, new byte[0])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counted")
  void endsTheConnectionAtOneTooMany(String name, byte[] frame) {
    send(FrameBudget.MOST, frame);
    assertThat(faults).as(name).isEmpty();
    assertThat(passed()).as(name).isEqualTo(FrameBudget.MOST * frame.length);
    send(frame);
    assertSpent();
    assertThat(passed()).as("%s: nothing goes on", name).isZero();
    send(100, frame);
    assertThat(faults).as("%s: said once", name).hasSize(1);
    assertThat(passed()).as(name).isZero();
  }

  static Stream<Arguments> free() {
    return Stream.of(
        Arguments.of("DATA", frame(FrameClient.DATA, new byte[3])),
        Arguments.of("HEADERS", frame(FrameClient.HEADERS, new byte[3])),
        Arguments.of(
            "WINDOW_UPDATE of 1024", frame(FrameClient.WINDOW_UPDATE, FrameClient.number(1024))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("free")
  void doesNotCount(String name, byte[] frame) {
    send(10 * FrameBudget.MOST, frame);
    assertThat(faults).as(name).isEmpty();
    assertThat(passed()).as(name).isEqualTo(10 * FrameBudget.MOST * frame.length);
  }

  /** A payload that looks like frames is none. */
  @Test
  void payloadsAreNotRead() {
    byte[] payload = new byte[PING.length * 900];
    for (int at = 0; at < payload.length; at += PING.length) {
      System.arraycopy(PING, 0, payload, at, PING.length);
    }
    send(frame(FrameClient.DATA, payload));
    assertThat(faults).isEmpty();
    send(FrameBudget.MOST, PING);
    assertThat(faults).isEmpty();
    send(PING);
    assertSpent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 9, 13, 4096})
  void howTheBytesAreCutDoesNotMatter(int size) {
    ByteBuf all = Unpooled.buffer();
    byte[] large = frame(FrameClient.WINDOW_UPDATE, FrameClient.number(1 << 20));
    for (int i = 0; i <= FrameBudget.MOST; i++) {
      all.writeBytes(large).writeBytes(PING);
    }
    int lastPing = all.readableBytes() - PING.length;
    byte[] bytes = ByteBufUtil.getBytes(all);
    all.release();
    int at = 0;
    while (at + size <= lastPing) {
      send(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(bytes, at, size)));
      at += size;
    }
    assertThat(faults).as("before the last").isEmpty();
    send(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(bytes, at, bytes.length - at)));
    assertSpent();
  }

  @Test
  void theWindowBeginsAnew() {
    for (int window = 0; window < 5; window++) {
      send(FrameBudget.MOST, PING);
      assertThat(faults).as("window %s", window).isEmpty();
      now.addAndGet(FrameBudget.WINDOW + 1);
    }
    send(FrameBudget.MOST, PING);
    now.addAndGet(FrameBudget.WINDOW);
    send(PING);
    assertSpent();
  }
}
