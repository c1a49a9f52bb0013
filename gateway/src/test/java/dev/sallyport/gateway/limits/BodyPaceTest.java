package dev.sallyport.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a client may still take over a body, by a clock that the test turns. */
class BodyPaceTest {
  private static final long SECOND = 1_000_000_000;

  /** As {@link System#nanoTime} may have it: about to overflow. */
  private static final long START = Long.MAX_VALUE - 3 * SECOND;

  private final BodyPace pace = new BodyPace(100, 10 * SECOND);
  private long now = START;

  private void pass(double seconds) {
    now += (long) (seconds * SECOND);
  }

  private double left() {
    return (double) pace.await(now) / SECOND;
  }

  @Test
  void silenceEndsWithTheGrace() {
    assertThat(left()).isEqualTo(10);
    pass(4);
    assertThat(left()).isEqualTo(6);
    pass(6);
    assertThat(left()).isZero();
    assertThat(pace.isStall(now)).isTrue();
  }

  @Test
  void whoKeepsTheRateIsNeverThrough() {
    left();
    for (int i = 0; i < 1000; i++) {
      pass(1);
      pace.received(100, now);
      assertThat(left()).isBetween(9.0, 10.0);
    }
  }

  @Test
  void whoSendsAtHalfTheRateIsThroughAfterTwiceTheGrace() {
    left();
    for (int i = 0; i < 19; i++) {
      pass(1);
      pace.received(50, now);
      assertThat(left()).isPositive();
    }
    pass(1);
    assertThat(left()).isZero();
    assertThat(pace.isStall(now)).isFalse();
  }

  @Test
  void whatCameFastBeforeGivesNoMoreThanTheGrace() {
    left();
    pass(1);
    pace.received(Integer.MAX_VALUE, now);
    assertThat(left()).isEqualTo(10);
  }

  @Test
  void onlyTimeInWhichTheClientIsWaitedForCounts() {
    left();
    pass(3);
    pace.pause(now);
    pass(100);
    assertThat(left()).isEqualTo(7);
    pass(2);
    pace.pause(now);
    pace.pause(now);
    pass(100);
    pace.received(100, now);
    pass(100);
    assertThat(left()).isEqualTo(6);
  }

  @Test
  void nothingGivesBackNothing() {
    left();
    pass(9);
    pace.received(0, now);
    assertThat(left()).isEqualTo(1);
  }

  @Test
  void renewedItBeginsAnew() {
    left();
    pass(10);
    pace.renew();
    pass(5);
    assertThat(left()).isEqualTo(10);
  }

  @Test
  void withoutARateOnlySilenceEndsIt() {
    BodyPace any = new BodyPace(0, 10 * SECOND);
    any.await(now);
    for (int i = 0; i < 1000; i++) {
      pass(9);
      any.received(1, now);
      assertThat(any.await(now)).isEqualTo(10 * SECOND);
    }
    pass(10);
    assertThat(any.await(now)).isZero();
    assertThat(any.isStall(now)).isTrue();
  }
}
