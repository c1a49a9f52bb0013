package dev.sallyport.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://foo.com",
        "http://foo.com:8080",
        "https://foo.com.",
        "http://localhost",
        "http://127.0.0.1:3000",
        "http://[::1]",
        "http://[2001:db8::1]:8080",
        "http://[1:2:3:4:5:6:7:8]",
        "http://[1:0:0:2::3]",
        "http://[::ffff:7f00:1]",
        "http://[1::]",
        "wss://foo.com",
        "ftp://foo.com",
        "http://foo.com:443",
        "https://foo.com:80",
        "http://foo.com:0",
        "https://xn--bcher-kva.de",
        "https://a_b.foo.com",
        "chrome-extension://abcdefghijklmnop",
        "moz-extension://0b2f1a2e-1111-4444-8888-1234567890ab",
        "capacitor://localhost",
        "http://1.foo",
      })
  void parsingThenSerializingIsIdentity(String text) {
    assertThat(Origin.parse(text).serialize()).isEqualTo(text);
    assertThat(Origin.parse(text)).isEqualTo(Origin.parse(text)).isInstanceOf(TupleOrigin.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://foo.com/ | an origin ends after host and port, without a slash or path",
        "https://foo.com/x | an origin ends after host and port, without a slash or path",
        "https://foo.com:443 | port 443 is the default of https and is left out",
        "http://foo.com:80 | port 80 is the default of http and is left out",
        "https://foo.com:080 | the port is not a plain number between 0 and 65535",
        "https://foo.com:65536 | the port is not a plain number between 0 and 65535",
        "https://foo.com:x | the port is not a plain number between 0 and 65535",
        "https://foo.com: | the port is not a plain number between 0 and 65535",
        "foo.com | it has no scheme, such as https://",
        "HTTPS://foo.com | the scheme is not made of lower-case letters, digits, \"+\", \"-\" and \".\"",
        "1http://foo.com | the scheme is not made of lower-case letters, digits, \"+\", \"-\" and \".\"",
        "https://Foo.com | the host has upper-case letters, which browsers lower",
        "https://bücher.de | the host is not ASCII; browsers send its punycode form",
        "https://u:p@foo.com | the port is not a plain number between 0 and 65535",
        "https://u@foo.com | an origin has no user or password",
        "https://a.com https://b.com | it is a list; an origin is only one",
        "https://a.com,https://b.com | it is a list; an origin is only one",
        "https://*.foo.com | \"*\" is allowed only as the left-most label or, next to a hyphen, as a part of it",
        "https://foo%2ecom | the host has the character \"%\"",
        "https://a..b | the host has an empty label",
        "https://. | the host has an empty label",
        "https:// | it has no host",
        "file:// | pages of file: have an opaque origin, which browsers send as null",
        "http://127.1 | the host ends in a number but is not an IPv4 address written as four decimal numbers",
        "http://1.2.3.4.5 | the host ends in a number but is not an IPv4 address written as four decimal numbers",
        "http://01.2.3.4 | the host ends in a number but is not an IPv4 address written as four decimal numbers",
        "http://0x7f000001 | the host ends in a number but is not an IPv4 address written as four decimal numbers",
        "http://[0:0::1] | browsers write this IPv6 address as [::1]",
        "http://[0:0:1::2:0:0] | browsers write this IPv6 address as [::1:0:0:2:0:0]",
        "http://[2001:0db8::1] | browsers write this IPv6 address as [2001:db8::1]",
        "http://[::127.0.0.1] | browsers write this IPv6 address as [::7f00:1]",
        "http://[1::2::3] | the host is not an IPv6 address",
        "http://[::1 | the bracket around the IPv6 address is not closed",
      })
  void refusesAndSaysWhy(String text, String why) {
    assertThatThrownBy(() -> Origin.parse(text))
        .isInstanceOfSatisfying(
            OriginSyntaxException.class, e -> assertThat(e.why()).isEqualTo(why));
    assertThat(Origin.tryParse(text)).isEmpty();
  }

  @Test
  void boundsWhatItReads() {
    assertThat(Origin.tryParse("https://" + "a.".repeat(4096) + "com")).isEmpty();
    assertThat(Origin.tryParse("https://" + "a".repeat(64) + ".com")).isEmpty();
    assertThat(Origin.tryParse("https://" + "a".repeat(63) + ".com")).isPresent();
  }

  @Test
  void anOpaqueOriginEqualsNothingButItself() {
    Origin one = Origin.parse("null");
    Origin other = Origin.parse("null");
    assertThat(one.serialize()).isEqualTo("null");
    assertThat(one.isSameOrigin(one)).isTrue();
    assertThat(one.isSameSite(one)).isTrue();
    assertThat(one.isSameOrigin(other)).isFalse();
    assertThat(one.isSameSite(other)).isFalse();
    assertThat(one.isSchemelesslySameSite(other)).isFalse();
    assertThat(one.isPotentiallyTrustworthy()).isFalse();
    assertThat(Origin.parse("https://foo.com").isSameSite(one)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // a, b, same origin, same site, schemelessly same site
    "https://foo.com, https://foo.com, true, true, true",
    "http://foo.com, https://foo.com, false, false, true",
    "http://www.foo.com, http://blog.foo.com, false, true, true",
    "http://foo.com:3000, http://foo.com:8080, false, true, true",
    "http://foo.com, http://bar.com, false, false, false",
    "https://foo.com, https://foo.com., false, false, false",
    "https://a.github.io, https://b.github.io, false, false, false",
    "https://x.a.github.io, https://y.a.github.io, false, true, true",
    "https://github.io, https://a.github.io, false, false, false",
    "https://a.co.uk, https://b.co.uk, false, false, false",
    "https://x.a.co.uk, https://y.a.co.uk, false, true, true",
    "http://127.0.0.1:1, http://127.0.0.1:2, false, true, true",
    "http://1.0.0.1, http://2.0.0.1, false, false, false",
    "http://[::1], https://[::1], false, false, true",
    "http://localhost, http://localhost:1, false, true, true",
    "http://a.localhost, http://b.localhost, false, false, false",
    "https://a.city.kawasaki.jp, https://b.city.kawasaki.jp, false, true, true",
    "https://a.x.kawasaki.jp, https://b.x.kawasaki.jp, false, false, false",
  })
  void comparesOrigins(String a, String b, boolean origin, boolean site, boolean schemeless) {
    Origin first = Origin.parse(a);
    Origin second = Origin.parse(b);
    assertThat(first.isSameOrigin(second)).as("same origin").isEqualTo(origin);
    assertThat(second.isSameOrigin(first)).as("same origin, turned").isEqualTo(origin);
    assertThat(first.isSameSite(second)).as("same site").isEqualTo(site);
    assertThat(second.isSameSite(first)).as("same site, turned").isEqualTo(site);
    assertThat(first.isSchemelesslySameSite(second))
        .as("schemelessly same site")
        .isEqualTo(schemeless);
  }

  @ParameterizedTest
  @CsvSource({
    "https://foo.com, true",
    "wss://foo.com, true",
    "http://foo.com, false",
    "ftp://foo.com, false",
    "http://localhost:3000, true",
    "http://a.localhost, true",
    "http://localhost., true",
    "http://localhost.com, false",
    "http://127.0.0.1, true",
    "http://127.255.3.4:80, false",
    "http://128.0.0.1, false",
    "http://[::1]:8080, true",
    "http://[::2], false",
  })
  void knowsWhatIsPotentiallyTrustworthy(String text, boolean trustworthy) {
    assertThat(Origin.tryParse(text).filter(Origin::isPotentiallyTrustworthy).isPresent())
        .isEqualTo(trustworthy);
  }
}
