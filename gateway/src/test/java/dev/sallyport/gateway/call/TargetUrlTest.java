package dev.sallyport.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URL in a path, in all the ways in which it is written. */
class TargetUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://photos.bar.com, https://photos.bar.com/",
    "https://photos.bar.com/peace.png?x=1, https://photos.bar.com/peace.png?x=1",
    "https://photos.bar.com?x=1, https://photos.bar.com/?x=1",
    "https://photos.bar.com/a?, https://photos.bar.com/a?",
    "HTTPS://Photos.Bar.com:443/A, https://photos.bar.com/A",
    "http://photos.bar.com:80/, http://photos.bar.com/",
    "http://photos.bar.com:8080/, http://photos.bar.com:8080/",
    "https:/photos.bar.com/a, https://photos.bar.com/a",
    "https://photos.bar.com/a%20b%2Fc, https://photos.bar.com/a%20b%2Fc",
    "https://photos.bar.com//a//b, https://photos.bar.com//a//b",
    "https://photos.bar.com/https://evil.com/, https://photos.bar.com/https://evil.com/",
    "https://photos.bar.com/?u=https%3A%2F%2Fa.com, https://photos.bar.com/?u=https%3A%2F%2Fa.com",
    "https://photos%2Ebar.com/, https://photos.bar.com/",
    "https://b%C3%BCcher.example/, https://xn--bcher-kva.example/",
    "https%3A%2F%2Fphotos.bar.com%2Fa%2520b%3Fx%3D1, https://photos.bar.com/a%20b?x=1",
    "https%3a%2f%2fphotos.bar.com, https://photos.bar.com/",
    "HTTP%3A%2F%2Fphotos.bar.com%3A8080, http://photos.bar.com:8080/",
    "https%3A%2Fphotos.bar.com%2Fa, https://photos.bar.com/a",
    "https%3A%2F%2Fb%C3%BCcher.example%2F%C3%BC, https://xn--bcher-kva.example/%C3%BC",
    "https%3A%2F%2Fphotos.bar.com%2Fa%20b, https://photos.bar.com/a%20b",
    "https%3A%2F%2Fphotos.bar.com%2F%3Fa%5Cb, 'https://photos.bar.com/?a\\b'",
    "http://0x7f000001/, http://127.0.0.1/",
    "http://0177.0.0.1/, http://127.0.0.1/",
    "http://2130706433/, http://127.0.0.1/",
    "http://127.1/, http://127.0.0.1/",
    "http://127.0.0.1./, http://127.0.0.1/",
    "http://%E2%91%A0%E2%91%A1%E2%91%A6.0.0.1/, http://127.0.0.1/",
    "http://127%E3%80%820%E3%80%820%E3%80%821/, http://127.0.0.1/",
    "http://[::ffff:169.254.169.254]/, http://[::ffff:a9fe:a9fe]/",
    "http://[0:0:0:0:0:0:0:1]/, http://[::1]/",
    "http://localhost./, http://localhost./",
    "https://me:secret@photos.bar.com/, https://me:secret@photos.bar.com/",
  })
  void reads(String written, String url) {
    assertThat(TargetUrl.read(written).href()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MISSING",
    "?url=https://photos.bar.com, MISSING",
    "photos.bar.com/a, INVALID",
    "/photos.bar.com/a, INVALID",
    "//photos.bar.com/a, INVALID",
    "https, INVALID",
    "https:, INVALID",
    "https://, INVALID",
    "https:photos.bar.com, INVALID",
    "https:///photos.bar.com, INVALID",
    "https:/?//photos.bar.com, INVALID",
    "https:?//photos.bar.com, INVALID",
    "https://?@photos.bar.com, INVALID",
    "https://[fe80::1%25eth0]/, INVALID",
    "https://[fe80::1%eth0]/, INVALID",
    "https://[::1/, INVALID",
    "https://1.2.3.4.5/, INVALID",
    "https://256.0.0.1/, INVALID",
    "https://a.0x100000000/, INVALID",
    "https://photos.bar.com:70000/, INVALID",
    "https://photos.bar.com:x/, INVALID",
    "https://photos%00.bar.com/, INVALID",
    "https://photos%2F.bar.com/, INVALID",
    "https://photos%5C.bar.com/, INVALID",
    "https://photos%40bar.com/, INVALID",
    "gopher://photos.bar.com:6379/_FLUSHALL, SCHEME",
    "file:///etc/passwd, SCHEME",
    "ftp://photos.bar.com/, SCHEME",
    "ws://photos.bar.com/, SCHEME",
    "javascript:alert(1), SCHEME",
    "data:text/html;hello, SCHEME",
    "blob:https://photos.bar.com/1, SCHEME",
    "file%3A%2F%2F%2Fetc%2Fpasswd, SCHEME",
    "https%253A%252F%252Fphotos.bar.com, ENCODING",
    "https%25253A%25252F%25252Fphotos.bar.com, ENCODING",
    "https%3A//photos.bar.com/, ENCODING",
    "https%3A%2F%2Fphotos.bar.com/a, ENCODING",
    "https%3A%2F%2Fphotos.bar.com?x=1, ENCODING",
    "https%3A%2F%2Fphotos.bar.com%2F%0A, ENCODING",
    "https%3A%2F%2Fpho%09tos.bar.com%2F, ENCODING",
    "https%3A%2F%2Fphotos.bar.com%5C%40evil.com, ENCODING",
    "https%3A%5C%5Cphotos.bar.com, ENCODING",
    "https%3A%2F%2Fphotos.bar.com%2F%FF, ENCODING",
    "https%3A%2F%2F%2Fphotos.bar.com, INVALID",
    "https%3Aphotos.bar.com, INVALID",
    "https%3A%2F%2Fphotos.bar.com%2F%23a, FRAGMENT",
    "https%3A%2F%2Fphotos.bar.com%23, FRAGMENT",
    "https%, INVALID",
    "1https://photos.bar.com, INVALID",
  })
  void refuses(String written, TargetFault fault) {
    TargetException thrown =
        catchThrowableOfType(TargetException.class, () -> TargetUrl.read(written));
    assertThat(thrown).as(written).isNotNull();
    assertThat(thrown.fault()).isEqualTo(fault);
    assertThat(thrown.detail()).endsWith(".").doesNotContain("secret");
  }
}
