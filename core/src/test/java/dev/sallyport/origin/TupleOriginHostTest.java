package dev.sallyport.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosts of origins: all that URLs can have in the value, only servers' names in a header. */
class TupleOriginHostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo.com",
        "foo.com.",
        "a_b.foo.com",
        "xn--fa-hia.example",
        "localhost",
        "0x.foo",
        "1.2.3.4.foo",
        "127.0.0.1",
        "[::1]",
        "[2001:db8::1]"
      })
  void aServersNameIsAHostInBoth(String host) {
    assertThat(TupleOrigin.of("https", host).host()).isEqualTo(host);
    assertThat(Origin.parse("https://" + host)).isEqualTo(TupleOrigin.of("https", host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a!b.com",
        "a,b.com",
        "a\"b.com",
        "*.foo.com",
        "{foo}.com",
        "foo.com`.evil.com",
        "a..b",
        ".foo.com",
        "foo.com..",
        ".",
        "..",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.foo.com"
      })
  void aHostOfUrlsAloneIsNeverReadFromAHeader(String host) {
    assertThat(TupleOrigin.of("https", host).serialize()).isEqualTo("https://" + host);
    assertThat(Origin.tryParse("https://" + host)).isEmpty();
    assertThat(Hosts.fault(host, true)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Foo.com",
        "föö.com",
        "foo%2ecom",
        "foo com",
        "foo.com/",
        "foo.com\\",
        "foo.com?",
        "foo.com#",
        "foo.com:",
        "u@foo.com",
        "a<b",
        "a>b",
        "a^b",
        "a|b",
        "a[b",
        "a]b",
        "foo\u0000.com",
        "foo\u001f.com",
        "foo\u007f.com",
        "foo\r\n.com",
        "127.1",
        "0x7f.0.0.1",
        "127.0.0.1.",
        "256.0.0.1",
        "1.2.3.4.5",
        "foo.1",
        "foo.0x",
        "foo.0x.",
        "[::1",
        "[0:0::1]",
        "[::A]",
        "[::127.0.0.1]",
        "[]"
      })
  void aHostOfNoUrlIsRefused(String host) {
    assertThatThrownBy(() -> TupleOrigin.of("https", host))
        .isInstanceOf(OriginSyntaxException.class)
        .hasMessageContaining("is not an origin: ");
    assertThat(Origin.tryParse("https://" + host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a!b", "a..b", "{extension}", ""})
  void aSchemeThatTheUrlStandardGivesNoTupleOriginHasServersNamesOnly(String host) {
    assertThatThrownBy(() -> TupleOrigin.of("chrome-extension", host))
        .isInstanceOf(OriginSyntaxException.class);
  }
}
