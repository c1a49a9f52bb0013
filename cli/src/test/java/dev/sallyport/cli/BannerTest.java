package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.QuickConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** What a gateway says of itself, where a test cannot listen. */
class BannerTest {

  private static GatewayConfig config(QuickConfig quick) {
    return quick.build(name -> Optional.empty()).config().orElseThrow();
  }

  @SuppressWarnings("AddressSelection") // addresses, not names
  private static String banner(GatewayConfig config, Ansi colours) throws UnknownHostException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (var listener : config.listeners()) {
      addresses.add(new InetSocketAddress(InetAddress.getByName(listener.host()), listener.port()));
    }
    return String.join("\n", Banner.of(config, addresses, Optional.empty(), colours));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1:8080 | http://127.0.0.1:8080  | http://127.0.0.1:8080/
          8080           | http://127.0.0.1:8080  | http://127.0.0.1:8080/
          localhost:80   | http://localhost       | http://localhost/
          [::1]:8080     | http://[::1]:8080      | http://[::1]:8080/
          0.0.0.0:8080   | http://0.0.0.0:8080 (every address of this machine) | http://localhost:8080/
          [::]:8080      | http://[::]:8080 (every address of this machine)    | http://localhost:8080/
          """)
  void namesTheAddressAsItWasConfigured(String listen, String shown, String called)
      throws UnknownHostException {
    GatewayConfig config =
        config(
            new QuickConfig("https://bar.com")
                .allowOrigins(List.of("https://foo.com"))
                .listen(List.of(listen)));
    assertThat(banner(config, Ansi.OFF))
        .contains("listens on " + shown + "\n")
        .contains("fetch(\"" + called + "\")");
  }

  @ParameterizedTest
  @CsvSource({
    "https://foo.com,   https://foo.com,   a page of https://foo.com",
    "https://*.foo.com, https://*.foo.com, a page of any https://*.foo.com",
    "*,                 any origin,        any page"
  })
  void namesThePagesThatMayCall(String pattern, String shown, String page)
      throws UnknownHostException {
    GatewayConfig config =
        config(new QuickConfig("https://bar.com").allowOrigins(List.of(pattern)));
    assertThat(banner(config, Ansi.OFF))
        .contains("for pages of  " + shown + "\n")
        .contains("Open " + page + " in a browser");
  }

  @Test
  void wildcardsAreSaidInWords() throws UnknownHostException {
    GatewayConfig config =
        config(
            new QuickConfig("https://bar.com")
                .allowOrigins(List.of("https://foo.com"))
                .allowMethods(List.of("*"))
                .allowHeaders(List.of("*", "authorization"))
                .exposeHeaders(List.of("*"))
                .forward(List.of("authorization")));
    assertThat(banner(config, Ansi.OFF))
        .contains("    methods       all\n")
        .contains("    headers       all but authorization; authorization\n")
        .contains("    exposes       all\n")
        .contains("    passes on     authorization\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["https://*.bar.com"] | https://*.bar.com |
          ["https://a.bar.com", "!https://b.bar.com"] | https://a.bar.com, !https://b.bar.com | http://127.0.0.1:8080/relay/https://a.bar.com/
          ["*"], dangerouslyAllowAnyTarget: true | any server |
          """)
  void aRelaySaysWhichServersMayBeNamed(String targets, String shown, String called)
      throws IOException {
    String yaml =
        """
        routes: [{path: /photos, upstream: https://photos.bar.com}]
        relay: {path: /relay, cors: {allowOrigins: ["https://foo.com"]}, targets: %s}
        """
            .formatted(targets);
    GatewayConfig config =
        ConfigFile.read(
                "a.yaml",
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                name -> Optional.empty())
            .config()
            .orElseThrow();
    String banner = banner(config, Ansi.OFF);
    assertThat(banner).contains("  http://127.0.0.1:8080/relay/URL  ->  URL, of " + shown + "\n");
    if (called == null) {
      assertThat(banner).doesNotContain("fetch(");
    } else {
      assertThat(banner).contains("fetch(\"" + called + "\")");
    }
  }

  @Test
  void coloursAreOnlyWhereTheyAreAskedFor() throws UnknownHostException {
    GatewayConfig config =
        config(new QuickConfig("https://bar.com").allowOrigins(List.of("https://foo.com")));
    assertThat(banner(config, Ansi.OFF)).doesNotContain("\u001b");
    assertThat(banner(config, Ansi.ON)).contains("\u001b[1m", "\u001b[0m");
  }
}
