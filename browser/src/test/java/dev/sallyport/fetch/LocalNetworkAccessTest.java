package dev.sallyport.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.url.Url;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** As Chromium 156 does, with a page that it takes for one of the internet. */
class LocalNetworkAccessTest {
  private static Outcome ask(
      Profile profile, String page, Optional<AddressSpace> space, PageRequest request) {
    ServerAnswer open =
        new ServerAnswer(
            200,
            List.of(
                new Header("Access-Control-Allow-Origin", "*"),
                new Header("Access-Control-Allow-Methods", "*")));
    return new Browser(profile)
        .fetch(Url.parse(page), request, Initiator.script(space), sent -> Optional.of(open));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8741/p, public, http://localhost:8741/x, ",
    "http://localhost:8741/p, public, http://127.0.0.1:8741/x, local-network-permission-denied",
    "http://localhost:8741/p, public, http://10.99.99.99:8741/x, local-network-permission-denied",
    "http://localhost:8741/p, public, http://printer.local:8741/x, local-network-permission-denied",
    "http://blog.foo.com/p, public, http://127.0.0.1:8741/x, insecure-local-network",
    "http://blog.foo.com/p, public, http://10.99.99.99/x, insecure-local-network",
    "http://blog.foo.com/p, public, http://printer.local/x, insecure-local-network",
    "https://blog.foo.com/p, public, http://127.0.0.1/x, local-network-permission-denied",
    "https://blog.foo.com/p, public, http://10.99.99.99/x, local-network-permission-denied",
    "https://blog.foo.com/p, public, http://printer.local/x, local-network-permission-denied",
    "https://blog.foo.com/p, public, http://api.foo.com/x, mixed-content",
    "https://blog.foo.com/p, public, https://api.foo.com/x, ",
    "https://blog.foo.com/p, loopback, http://127.0.0.1/x, ",
    "https://blog.foo.com/p, loopback, http://10.99.99.99/x, ",
    "https://blog.foo.com/p, local, http://127.0.0.1/x, local-network-permission-denied",
    "https://blog.foo.com/p, local, http://10.99.99.99/x, ",
  })
  void aPageMayNotReachWhatIsNearerThanItIs(String page, String space, String url, String reason) {
    for (PageRequest request :
        List.of(
            PageRequest.get(url),
            PageRequest.get(url).withMethod("PUT"),
            PageRequest.get(url).withMode(RequestMode.NO_CORS))) {
      Outcome outcome = ask(Profile.CHROMIUM, page, AddressSpace.of(space), request);
      assertThat(outcome.reason().map(Reason::code)).isEqualTo(Optional.ofNullable(reason));
      if (reason != null) {
        assertThat(outcome.preflights()).isEmpty();
        assertThat(outcome.actuals()).isEmpty();
      }
    }
  }

  @Test
  void ofAPageThatMayBeAnywhereItIsOnlySaid() {
    Outcome outcome =
        ask(
            Profile.CHROMIUM,
            "https://blog.foo.com/",
            Optional.empty(),
            PageRequest.get("http://192.168.1.1/"));
    assertThat(outcome.allowed()).isTrue();
    assertThat(outcome.trace())
        .extracting(TraceStep::detail)
        .anyMatch(detail -> detail.contains("the user would be asked"));
  }

  @ParameterizedTest
  @EnumSource(value = Profile.class, names = "CHROMIUM", mode = EnumSource.Mode.EXCLUDE)
  void theOthersDoNotAsk(Profile profile) {
    assertThat(
            ask(
                    profile,
                    "http://blog.foo.com/",
                    Optional.of(AddressSpace.PUBLIC),
                    PageRequest.get("http://192.168.1.1/"))
                .allowed())
        .isTrue();
    assertThat(
            ask(
                    profile,
                    "https://blog.foo.com/",
                    Optional.of(AddressSpace.PUBLIC),
                    PageRequest.get("http://192.168.1.1/"))
                .reason())
        .contains(Reason.MIXED_CONTENT);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, LOOPBACK",
    "127.255.255.254, LOOPBACK",
    "0.0.0.0, LOOPBACK",
    "::1, LOOPBACK",
    "10.0.0.1, LOCAL",
    "172.16.0.1, LOCAL",
    "172.32.0.1, PUBLIC",
    "192.168.255.1, LOCAL",
    "169.254.1.1, LOCAL",
    "100.64.0.1, LOCAL",
    "100.128.0.1, PUBLIC",
    "fe80::1, LOCAL",
    "fc00::1, LOCAL",
    "fdff::1, LOCAL",
    "2001:db8::1, PUBLIC",
    "93.184.216.34, PUBLIC",
  })
  void addressesHaveASpace(String address, AddressSpace space) throws Exception {
    assertThat(AddressSpace.of(InetAddress.getByName(address))).isEqualTo(space);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost/, LOOPBACK",
    "http://a.localhost/, LOOPBACK",
    "http://0x7f.1/, LOOPBACK",
    "http://[::1]/, LOOPBACK",
    "http://printer.local/, LOCAL",
    "http://192.168.0.1/, LOCAL",
    "http://8.8.8.8/, PUBLIC",
    "http://foo.com/, ",
    "http://local/, ",
    "data:x, ",
  })
  void someHostsSayTheirs(String url, AddressSpace space) {
    assertThat(AddressSpace.named(Url.parse(url))).isEqualTo(Optional.ofNullable(space));
  }
}
