package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a client that takes what it likes has stalled. */
// What is written is never done with.
@SuppressWarnings("FutureReturnValueIgnored")
class WriteStallTest {
  private static final int LIMIT_MILLIS = 50;

  private final Reader reader = new Reader();
  private final WriteStall stall =
      new WriteStall(reader, TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS));

  /** A channel whose other side takes so many bytes as it is told. */
  private static final class Reader extends EmbeddedChannel {
    private long takes;

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
      in.removeBytes(takes);
      takes = 0;
    }

    void take(long bytes) {
      takes = bytes;
      flush();
    }
  }

  @BeforeEach
  void write() {
    reader.write(Unpooled.wrappedBuffer(new byte[1000]));
    reader.write(Unpooled.wrappedBuffer(new byte[1000]));
    reader.flush();
  }

  @AfterEach
  void close() {
    reader.finishAndReleaseAll();
  }

  private static void passLimit() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(LIMIT_MILLIS + 10);
  }

  @Test
  void whoTakesNothingHasStalled() throws Exception {
    assertThat(stall.begin()).isPositive();
    passLimit();
    assertThat(stall.look()).isZero();
  }

  @Test
  void whoTakesAnythingHasNot() throws Exception {
    stall.begin();
    for (long bytes : new long[] {1, 1, 998, 500}) {
      passLimit();
      reader.take(bytes);
      assertThat(stall.look()).as("taken: " + bytes).isPositive();
    }
    passLimit();
    assertThat(stall.look()).isZero();
  }

  @Test
  void whatWaitedBeforeDoesNotCount() throws Exception {
    stall.begin();
    passLimit();
    assertThat(stall.begin()).isPositive();
    assertThat(stall.look()).isPositive();
  }

  @Test
  void nothingWaitsBehindTheLastByte() {
    assertThat(stall.isWaiting()).isTrue();
    reader.take(2000);
    assertThat(stall.isWaiting()).isFalse();
  }
}
