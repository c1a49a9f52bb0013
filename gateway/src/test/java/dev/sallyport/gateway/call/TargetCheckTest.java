package dev.sallyport.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which URLs are called. */
class TargetCheckTest {
  private static final TargetCheck LISTED =
      check(
          "https://*.bar.com",
          "https://cdn.foo.com:8443",
          "http://plain.foo.com",
          "!https://old.bar.com");

  private static final TargetCheck ANY = check("*", "!https://old.bar.com", "https://a.com:8443");

  private static TargetCheck check(String... patterns) {
    return new TargetCheck(
        new Targets(Stream.of(patterns).map(OriginPattern::parse).toList(), Egress.GLOBAL));
  }

  @ParameterizedTest
  @CsvSource({
    "https://photos.bar.com/, https://photos.bar.com",
    "https://a.b.bar.com/, https://a.b.bar.com",
    "https://cdn.foo.com:8443/, https://cdn.foo.com:8443",
    "http://plain.foo.com/, http://plain.foo.com",
  })
  void callsWhatIsListed(String url, String server) {
    assertThat(LISTED.server(Url.parse(url))).hasToString(server);
    assertThat(LISTED.server(Url.parse(url)).egress()).contains(Egress.GLOBAL);
  }

  @ParameterizedTest
  @CsvSource({
    "https://bar.com/, NOT_ALLOWED",
    "https://old.bar.com/, NOT_ALLOWED",
    "http://photos.bar.com/, NOT_ALLOWED",
    "https://photos.bar.com.evil.com/, NOT_ALLOWED",
    "https://evilbar.com/, NOT_ALLOWED",
    "https://photos.bar.com./, NOT_ALLOWED",
    "https://cdn.foo.com/, NOT_ALLOWED",
    "http://photos.bar.com:443/, NOT_ALLOWED",
    "https://photos.bar.com:80/, NOT_ALLOWED",
    "https://photos.bar.com:22/, PORT",
    "https://photos.bar.com:25/, PORT",
    "https://photos.bar.com:6379/, PORT",
    "https://photos.bar.com:8443/, PORT",
    "https://me@photos.bar.com/, CREDENTIALS",
    "https://:secret@photos.bar.com/, CREDENTIALS",
    "ftp://photos.bar.com/, SCHEME",
    "wss://photos.bar.com/, SCHEME",
    "file:///etc/passwd, SCHEME",
    "blob:https://photos.bar.com/1, SCHEME",
    "data:;x, SCHEME",
    "https://a!b.bar.com/, INVALID",
    "https://a..bar.com/, INVALID",
  })
  void refusesWhatIsNot(String url, TargetFault fault) {
    assertFault(LISTED, url, fault);
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.com/, https://evil.com",
    "http://evil.com:443/, http://evil.com:443",
    "https://a.com:8443/, https://a.com:8443",
    // Where the name leads is asked when it is dialled.
    "http://127.0.0.1/, http://127.0.0.1",
    "http://localhost/, http://localhost",
  })
  void anyCallsPortsOfTheWeb(String url, String server) {
    assertThat(ANY.server(Url.parse(url))).hasToString(server);
  }

  @ParameterizedTest
  @CsvSource({
    "https://old.bar.com/, NOT_ALLOWED",
    "https://evil.com:22/, PORT",
    "https://evil.com:8443/, PORT",
    "http://evil.com:6379/, PORT",
    "http://169.254.169.254/latest/, ADDRESS",
    "http://0xa9fea9fe/latest/, ADDRESS",
    "http://[::ffff:a9fe:a9fe]/, ADDRESS",
    "http://metadata.google.internal/, ADDRESS",
    "http://metadata.google.internal./, ADDRESS",
    "http://METADATA.google.internal/, ADDRESS",
    "http://a..b/, INVALID",
    "https://me@evil.com/, CREDENTIALS",
  })
  void anyIsNotEverything(String url, TargetFault fault) {
    assertFault(ANY, url, fault);
  }

  private static void assertFault(TargetCheck check, String url, TargetFault fault) {
    TargetException thrown =
        catchThrowableOfType(TargetException.class, () -> check.server(Url.parse(url)));
    assertThat(thrown).as(url).isNotNull();
    assertThat(thrown.fault()).isEqualTo(fault);
    assertThat(List.of(400, 403)).contains(thrown.fault().status());
    assertThat(thrown.detail()).endsWith(".").doesNotContain("secret").doesNotContain("bar.com");
  }
}
