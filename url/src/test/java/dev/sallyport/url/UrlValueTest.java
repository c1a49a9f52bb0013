package dev.sallyport.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a URL, what is derived from them, and what is said when there are none. */
class UrlValueTest {

  @Test
  void everyPartOfASpecialUrl() {
    Url url = Url.parse("HTTPS://us%er:pa ss@Foo.com:8443/a/../b c/?q=1#frag");

    assertThat(url.scheme()).isEqualTo("https");
    assertThat(url.isSpecial()).isTrue();
    assertThat(url.username()).isEqualTo("us%er");
    assertThat(url.password()).isEqualTo("pa%20ss");
    assertThat(url.includesCredentials()).isTrue();
    assertThat(url.host()).contains("foo.com");
    assertThat(url.port()).hasValue(8443);
    assertThat(url.effectivePort()).hasValue(8443);
    assertThat(url.path()).isEqualTo("/b%20c/");
    assertThat(url.hasOpaquePath()).isFalse();
    assertThat(url.query()).contains("q=1");
    assertThat(url.fragment()).contains("frag");
    assertThat(url.href()).isEqualTo("https://us%er:pa%20ss@foo.com:8443/b%20c/?q=1#frag");
    assertThat(url).hasToString(url.href());
    assertThat(url.hrefWithoutFragment())
        .isEqualTo("https://us%er:pa%20ss@foo.com:8443/b%20c/?q=1");
    assertThat(url.withoutCredentials().withoutFragment().href())
        .isEqualTo("https://foo.com:8443/b%20c/?q=1");
  }

  @Test
  void everyPartOfAnOpaqueUrl() {
    Url url = Url.parse("mailto:me@foo.com");

    assertThat(url.scheme()).isEqualTo("mailto");
    assertThat(url.isSpecial()).isFalse();
    assertThat(url.includesCredentials()).isFalse();
    assertThat(url.host()).isEmpty();
    assertThat(url.ipAddress()).isEmpty();
    assertThat(url.port()).isEmpty();
    assertThat(url.effectivePort()).isEmpty();
    assertThat(url.path()).isEqualTo("me@foo.com");
    assertThat(url.hasOpaquePath()).isTrue();
    assertThat(url.query()).isEmpty();
    assertThat(url.fragment()).isEmpty();
  }

  @Test
  void anEmptyPartIsNotAMissingOne() {
    assertThat(Url.parse("file:///a").host()).contains("");
    assertThat(Url.parse("https://foo.com/?#").query()).contains("");
    assertThat(Url.parse("https://foo.com/?#").fragment()).contains("");
    assertThat(Url.parse("https://foo.com/?")).isNotEqualTo(Url.parse("https://foo.com/"));
    assertThat(Url.parse("https://foo.com/#").hrefWithoutFragment()).isEqualTo("https://foo.com/");
  }

  @Test
  void aFragmentIsTakenFromAnotherUrl() {
    Url url = Url.parse("https://foo.com/#a");
    assertThat(url.withFragmentOf(Url.parse("foo:bar#b")).href()).isEqualTo("https://foo.com/#b");
    assertThat(url.withFragmentOf(Url.parse("foo:bar")).href()).isEqualTo("https://foo.com/");
  }

  @ParameterizedTest
  @CsvSource({
    "http://foo.com/, 80",
    "https://foo.com/, 443",
    "ws://foo.com/, 80",
    "wss://foo.com/, 443",
    "ftp://foo.com/, 21",
    "http://foo.com:443/, 443",
    "foo://bar:80/, 80"
  })
  void theEffectivePort(String input, int port) {
    assertThat(Url.parse(input).effectivePort()).hasValue(port);
  }

  @Test
  void theIpAddressOfAHost() throws UnknownHostException {
    assertThat(Url.parse("http://0x7f.1/").ipAddress())
        .get()
        .isInstanceOf(Inet4Address.class)
        .isEqualTo(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    assertThat(Url.parse("http://[2001:db8::1.2.3.4]/").ipAddress())
        .get()
        .isInstanceOf(Inet6Address.class)
        .extracting(InetAddress::getHostAddress)
        .isEqualTo("2001:db8:0:0:0:0:102:304");
    assertThat(Url.parse("foo://[::1]/").ipAddress())
        .get()
        .extracting(InetAddress::isLoopbackAddress)
        .isEqualTo(true);
    assertThat(Url.parse("http://localhost/").ipAddress()).isEmpty();
    assertThat(Url.parse("foo://127.0.0.1/").ipAddress()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://foo.com/",
        "wss://foo.com/",
        "https://a..b/",
        "http://localhost:3000/",
        "http://LOCALHOST./",
        "http://app.localhost/",
        "http://127.1/",
        "http://127.255.255.255/",
        "http://[::1]/",
        "ftp://localhost/",
        "about:blank",
        "about:blank?a#b",
        "about:srcdoc",
        "about:srcdoc#a",
        "data:text/html,a",
        "file:///etc/hosts",
        "file://host/share",
        "blob:https://foo.com/1",
        "blob:http://localhost/1",
        "blob:file:///a"
      })
  void potentiallyTrustworthyUrls(String input) {
    assertThat(Url.parse(input).isPotentiallyTrustworthy()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://foo.com/",
        "ws://foo.com/",
        "ftp://foo.com/",
        "http://localhost.foo.com/",
        "http://xlocalhost/",
        "http://localhost../",
        "http://128.0.0.1/",
        "http://127.0.0.1.foo.com/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "about:blanc",
        "about:/blank",
        "about://blank",
        "about:srcdoc?a",
        "about:config",
        "javascript:alert(1)",
        "blob:http://foo.com/1",
        "blob:null/1",
        "blob:wss://foo.com/",
        "blob:data:,",
        "foo://localhost/"
      })
  void urlsThatAreNotPotentiallyTrustworthy(String input) {
    assertThat(Url.parse(input).isPotentiallyTrustworthy()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo.com | it does not begin with a scheme, such as https://, and there is no base URL"
            + " (missing-scheme-non-relative-URL)",
        "https:// | there is no host after https: (host-missing)",
        "https://u@/ | there is no host after the \"@\" of user and password (host-missing)",
        "https://:80/ | there is no host before the \":\" of the port (host-missing)",
        "https://foo.com:70000/ | the port \"70000\" is greater than 65535 (port-out-of-range)",
        "https://foo.com:7z/ | the port has \"z\", and a port is made of digits (port-invalid)",
        "https://foo%20bar/ | the host \"foo bar\" has \" \", which no domain can have"
            + " (domain-to-ASCII)",
        "https://xn--ß/ | the host \"xn--\\u00df\" has a label that begins with xn-- but is not"
            + " Punycode (domain-to-ASCII)",
        "https://a\u200db/ | the host \"a\\u200db\" has an invisible joiner where none can stand"
            + " (domain-to-ASCII)",
        "https://\u05d0a/ | the host \"\\u05d0a\" mixes directions of writing in a way that no"
            + " domain can (domain-to-ASCII)",
        "foo://a^b/ | the host \"a^b\" has \"^\", which no host can have (host-invalid-code-point)",
        "https://foo.42/ | the host \"foo.42\" ends in a number, which makes it an IPv4 address,"
            + " but its part \"foo\" is no number (IPv4-non-numeric-part)",
        "https://1.2.3.4.5/ | the host \"1.2.3.4.5\" ends in a number, which makes it an IPv4"
            + " address, but has 5 parts and not 4 (IPv4-too-many-parts)",
        "https://1.2.3.400/ | the part \"400\" of the IPv4 address \"1.2.3.400\" is greater than"
            + " 255 (IPv4-out-of-range-part)",
        "https://[::1/ | the IPv6 address \"[::1\" has no closing bracket at its end"
            + " (IPv6-unclosed)",
        "https://[1::2::3]/ | the IPv6 address \"1::2::3\" has \"::\" more than once"
            + " (IPv6-multiple-compression)",
        "https://[fe80::1%25eth0]/ | the IPv6 address \"fe80::1%25eth0\" has \"%\", which is no"
            + " hex digit (IPv6-invalid-code-point)"
      })
  void theMessageQuotesWhatIsWrongAndSaysWhy(String input, String why) {
    assertThatThrownBy(() -> Url.parse(input))
        .isInstanceOf(UrlSyntaxException.class)
        .hasMessage(Quote.quote(input) + " is not a URL: " + why);
    assertThat(Url.tryParse(input)).isEmpty();
  }

  @Test
  void theMessageNamesTheBase() {
    Url base = Url.parse("mailto:me@foo.com");
    assertThatThrownBy(() -> Url.parse("a\nb", base))
        .isInstanceOf(UrlSyntaxException.class)
        .hasMessage(
            "\"a\\u000ab\", relative to \"mailto:me@foo.com\", is not a URL: it does not begin with"
                + " a scheme, such as https://, and a base URL without a slash after its scheme"
                + " takes nothing but a fragment (missing-scheme-non-relative-URL)");
    assertThat(Url.tryParse("a", base)).isEmpty();
    assertThat(Url.tryParse("#a", base)).contains(Url.parse("mailto:me@foo.com#a"));
  }

  @Test
  void inputsFarTooLongAreUrlsOrRefused() {
    String megabyte = "a".repeat(1 << 20);
    assertThat(Url.parse("https://" + megabyte + "/").host()).contains(megabyte);
    assertThat(Url.parse("https://foo.com/" + "a/../".repeat(1 << 18)).path()).isEqualTo("/");
    assertThat(Url.parse("https://" + "@".repeat(1 << 18) + "foo.com/").username())
        .hasSize(3 * ((1 << 18) - 1));
    assertThatThrownBy(() -> Url.parse("https://foo.com:" + "9".repeat(1 << 20)))
        .isInstanceOf(UrlSyntaxException.class)
        .hasMessageEndingWith("(port-out-of-range)");
    assertThatThrownBy(() -> Url.parse("https://" + megabyte + "é/"))
        .isInstanceOf(UrlSyntaxException.class)
        .hasMessageEndingWith("has a label that is far too long (domain-to-ASCII)");
    assertThatThrownBy(() -> Url.parse("https://" + "1.".repeat(1 << 18) + "1/"))
        .isInstanceOf(UrlSyntaxException.class)
        .hasMessageEndingWith("(IPv4-too-many-parts)")
        .message()
        .hasSizeLessThan(500);
  }
}
