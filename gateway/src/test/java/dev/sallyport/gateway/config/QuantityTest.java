package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.config.Route.Rate;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations, sizes and rates. */
final class QuantityTest {
  private static final DurationQuantity DURATION =
      new DurationQuantity(Duration.ZERO, DurationQuantity.DAY, "30s");
  private static final SizeQuantity SIZE = new SizeQuantity(0, 1L << 40, "1MiB");
  private static final ByteRateQuantity BYTE_RATE = new ByteRateQuantity("240B/s");
  private static final RateQuantity RATE = new RateQuantity("120/min");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "600, PT10M",
    "010, PT10S",
    "250ms, PT0.25S",
    "30s, PT30S",
    "10m, PT10M",
    "1h, PT1H",
    "86400000ms, PT24H",
    "24h, PT24H",
  })
  void durations(String text, Duration duration) throws Fault {
    assertThat(DURATION.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10min | Did you mean 10m?",
        "30 Seconds | Did you mean 30s?",
        "5 hours | Did you mean 5h?",
        "250millis | Did you mean 250ms?",
        "1h30m | Write one such as 30s.",
        "1.5s | Write one such as 30s.",
        "1d | Write one such as 30s.",
        "'' | Write one such as 30s.",
        "- | Write one such as 30s.",
        "s | Write one such as 30s.",
        "0x10 | Write one such as 30s.",
        "1_000 | Write one such as 30s.",
        "\u0663s | Write one such as 30s.",
        "-1 | is negative.",
        "-5m | is negative.",
        "-99999999999999999999s | is too long",
        "86401 | is too long; the most is 24h.",
        "25h | is too long; the most is 24h.",
        "999999999999999999h | is too long; the most is 24h.",
        "9223372036854775808 | is too long; the most is 24h.",
        "9999999999999999999999999999ms | is too long; the most is 24h.",
      })
  void noDurations(String text, String said) {
    assertThatThrownBy(() -> DURATION.parse(text))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65536, 65536",
    "5B, 5",
    "10kB, 10000",
    "500KB, 500000",
    "32KiB, 32768",
    "1MB, 1000000",
    "1MiB, 1048576",
    "2GB, 2000000000",
    "1GiB, 1073741824",
    "1024GiB, 1099511627776",
  })
  void sizes(String text, long bytes) throws Fault {
    assertThat(SIZE.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1mb | Did you mean 1MB?",
        "1 MiB | Did you mean 1MiB?",
        "1kib | Did you mean 1KiB?",
        "10m | Did you mean 10MiB?",
        "10K | Did you mean 10KiB?",
        "1TB | Write one such as 1MiB.",
        "1.5MB | Write one such as 1MiB.",
        "'' | Write one such as 1MiB.",
        "MB | Write one such as 1MiB.",
        "-1 | is negative.",
        "-1KiB | is negative.",
        "1025GiB | is too large; the most is 1024GiB.",
        "9223372036854775807GiB | is too large; the most is 1024GiB.",
        "99999999999999999999 | is too large; the most is 1024GiB.",
      })
  void noSizes(String text, String said) {
    assertThatThrownBy(() -> SIZE.parse(text)).isInstanceOf(Fault.class).hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"off, 0", "240B/s, 240", "240/s, 240", "1KiB/s, 1024", "1GiB/s, 1073741824"})
  void byteRates(String text, long bytes) throws Fault {
    assertThat(BYTE_RATE.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "240 | Did you mean 240/s?",
        "1KiB | Did you mean 1KiB/s?",
        "1kib/s | is not a number of bytes a second",
        "1KiB/min | Write one such as 240B/s, or off for no limit.",
        "/s | Write one such as 240B/s, or off for no limit.",
        "'' | Write one such as 240B/s, or off for no limit.",
        "none | Write one such as 240B/s, or off for no limit.",
        "0/s | limits nothing. Write off for no limit",
        "-1B/s | is negative.",
        "2GiB/s | is too large; the most is 1GiB.",
        "99999999999999999999/s | is too large; the most is 1GiB.",
      })
  void noByteRates(String text, String said) {
    assertThatThrownBy(() -> BYTE_RATE.parse(text))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"10/s, 10, PT1S", "120/min, 120, PT1M", "600/h, 600, PT1H", "1/s, 1, PT1S"})
  void rates(String text, long requests, Duration per) throws Fault {
    assertThat(RATE.parse(text)).isEqualTo(new Rate(requests, per));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120/m | Did you mean 120/min?",
        "120 / minute | Did you mean 120/min?",
        "10r/s | Did you mean 10/s?",
        "10 per second | Did you mean 10/s?",
        "60rpm | Did you mean 60/min?",
        "600/hour | Did you mean 600/h?",
        "120 | Write one such as 120/min.",
        "/s | Write one such as 120/min.",
        "1.5/s | Write one such as 120/min.",
        "10/d | Write one such as 120/min.",
        "'' | Write one such as 120/min.",
        "0/s | lets nobody in",
        "-1/s | lets nobody in",
        "1000000001/s | is too high to limit anything",
        "99999999999999999999/h | is too high to limit anything",
      })
  void noRates(String text, String said) {
    assertThatThrownBy(() -> RATE.parse(text)).isInstanceOf(Fault.class).hasMessageContaining(said);
  }
}
