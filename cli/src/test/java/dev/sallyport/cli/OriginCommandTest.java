package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sallyport origin}, as people and programs use it. */
class OriginCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      textBlock =
          """
          http://foo.com            | "http://foo.com"        | tuple  | http  | "foo.com" | null | false
          http://foo.com:80/a?b#c   | "http://foo.com"        | tuple  | http  | "foo.com" | null | false
          https://foo.com:8443      | "https://foo.com:8443"  | tuple  | https | "foo.com" | 8443 | true
          HTTPS://Foo.COM:443/      | "https://foo.com"       | tuple  | https | "foo.com" | null | true
          ws://foo.com:8080/chat    | "ws://foo.com:8080"     | tuple  | ws    | "foo.com" | 8080 | false
          wss://foo.com/chat        | "wss://foo.com"         | tuple  | wss   | "foo.com" | null | true
          ftp://foo.com:21/         | "ftp://foo.com"         | tuple  | ftp   | "foo.com" | null | false
          http://127.1:3000         | "http://127.0.0.1:3000" | tuple  | http  | "127.0.0.1" | 3000 | true
          http://[0:0::1]/          | "http://[::1]"          | tuple  | http  | "[::1]" | null | true
          http://localhost:3000     | "http://localhost:3000" | tuple  | http  | "localhost" | 3000 | true
          blob:https://foo.com/9115 | "https://foo.com"       | tuple  | https | "foo.com" | null | true
          blob:null/9115            | "null"                  | opaque | blob  | null | null | false
          file:///etc/hosts         | "null"                  | opaque | file  | null | null | true
          data:text/html,hello      | "null"                  | opaque | data  | null | null | true
          about:blank               | "null"                  | opaque | about | null | null | true
          javascript:alert(1)       | "null"                  | opaque | javascript | null | null | false
          mailto:me@foo.com         | "null"                  | opaque | mailto | null | null | false
          """)
  void theOriginOfAUrl(
      String url,
      String origin,
      String kind,
      String scheme,
      String host,
      String port,
      boolean trustworthy) {
    Run run = Run.of("origin", "--json", url);
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(
            "{\"url\":\"%s\",\"origin\":%s,\"kind\":\"%s\",\"scheme\":\"%s\",\"host\":%s,\"port\":%s,\"potentiallyTrustworthy\":%s,"
                .formatted(url, origin, kind, scheme, host, port, trustworthy))
        .endsWith("}\n")
        .containsOnlyOnce("\n");
  }

  /** The five pairs that every introduction to CORS begins with, and some that it leaves out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http://foo.com         | https://foo.com          | false | false | true  | "scheme"
          http://www.foo.com     | http://blog.foo.com      | false | true  | true  | "host"
          http://foo.com:3000    | http://foo.com:8080      | false | true  | true  | "port"
          http://foo.com         | http://bar.com           | false | false | false | "host"
          http://foo.com/profile | http://foo.com/v1/users  | true  | true  | true  |
          http://foo.com:80      | http://foo.com           | true  | true  | true  |
          https://a.github.io    | https://b.github.io      | false | false | false | "host"
          http://www.foo.com     | https://blog.foo.com:99  | false | false | true  | "scheme","host","port"
          http://127.0.0.1       | http://127.0.0.2         | false | false | false | "host"
          http://foo.com.        | http://foo.com           | false | false | false | "host"
          http://foo.com         | data:,                   | false | false | false | "scheme","host","port"
          data:,                 | data:,                   | false | false | false |
          """)
  void whatTwoUrlsHaveInCommon(
      String a, String b, boolean origin, boolean site, boolean schemeless, String differs) {
    Run run = Run.of("origin", "--json", a, b);
    assertThat(run.out())
        .startsWith("{\"a\":{\"url\":\"" + a + "\",\"origin\":")
        .contains("},\"b\":{\"url\":\"" + b + "\",\"origin\":")
        .endsWith(
            "},\"sameOrigin\":%s,\"sameSite\":%s,\"schemelesslySameSite\":%s,\"differs\":[%s]}\n"
                .formatted(origin, site, schemeless, differs == null ? "" : differs));
    assertThat(run.exit()).isEqualTo(origin ? 0 : 1);

    Run told = Run.of("origin", a, b);
    assertThat(told.exit()).isEqualTo(run.exit());
    assertThat(told.out()).contains(origin ? "Same origin: " : "Cross-origin: ");
    assertThat(told.out()).contains(site ? "Same site: " : "Cross-site");
  }

  @Test
  void tellsAReaderWhichPartDiffers() {
    assertThat(Run.of("origin", "http://foo.com:3000", "http://foo.com:8080/v1").out())
        .isEqualTo(
            """
            A  http://foo.com:3000/
            B  http://foo.com:8080/v1

                      A                B
              scheme  http             http             same
              host    foo.com          foo.com          same
              port    3000             8080             differs
              site    http://foo.com   http://foo.com   same

            Cross-origin: the ports differ.
              A page of A may embed images, styles and scripts of B, but its own script reads what B
              answers only if the answer allows it by CORS. So it is the other way round.
            Same site: cookies marked SameSite=Lax or SameSite=Strict go along with requests between them.
            """);
  }

  @Test
  void tellsAReaderTheOriginOfAUrl() {
    assertThat(Run.of("origin", "https://blog.foo.com:8443/2026/hello.html").out())
        .isEqualTo(
            """
            https://blog.foo.com:8443/2026/hello.html

              origin  https://blog.foo.com:8443
              scheme  https
              host    blog.foo.com
              port    8443
              site    https://foo.com
              trust   potentially trustworthy: nobody on the way can have changed what comes from there
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo.com",
        "",
        "//foo.com",
        "http://",
        "http://foo.com:70000",
        "http://foo bar",
        "http://1.2.3.4.5",
        "http://[::1",
        "http://foo%00.com"
      })
  void aUrlThatCannotBeUnderstoodIsAnErrorNeverAGuess(String url) {
    Run told = Run.of("origin", url);
    assertThat(told.exit()).isEqualTo(1);
    assertThat(told.out()).isEmpty();
    assertThat(told.err()).startsWith("sallyport: \"" + url + "\" is not a URL: ").endsWith("\n");

    Run json = Run.of("origin", "--json", url);
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.err()).isEmpty();
    assertThat(json.out()).startsWith("{\"url\":\"" + url + "\",\"error\":\"");

    Run pair = Run.of("origin", "--json", "http://foo.com", url);
    assertThat(pair.exit()).isEqualTo(1);
    assertThat(pair.out())
        .contains("\"b\":{\"url\":\"" + url + "\",\"error\":\"")
        .doesNotContain("sameOrigin");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          foo.com,             https://foo.com
          www.foo.com:8080/a,  http://www.foo.com:8080/a
          localhost:3000,      http://localhost:3000
          foo.com:8080/a,      http://foo.com:8080/a
          """)
  void asksWhetherOnlyTheSchemeWasForgotten(String url, String meant) {
    Run run = Run.of("origin", url);
    assertThat(run.out() + run.err()).contains("Did you mean \"" + meant + "\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data:,1", "tel:911x", "javascript:void(0)"})
  void asksNothingWhereThereIsNoDoubt(String url) {
    assertThat(Run.of("origin", url).out()).doesNotContain("Did you");
  }

  @Test
  void coloursAreOnlyWhereTheyAreAskedFor() {
    assertThat(Run.of("origin", "http://foo.com", "http://bar.com").out()).doesNotContain("\u001b");
  }
}
