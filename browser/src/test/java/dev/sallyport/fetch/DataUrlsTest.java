package dev.sallyport.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.url.Url;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became of each in Chromium, Firefox and WebKit, which agree. */
class DataUrlsTest {
  private static boolean isAllowed(String url) {
    return new Browser(Profile.STANDARD)
        .fetch(Url.parse("https://blog.foo.com/"), PageRequest.get(url), new Recording(List.of()))
        .allowed();
  }

  @Test
  void forgivingBase64() {
    for (String data :
        List.of("", "QQ", "QQ==", "QR==", "QUI=", "%51%51", "Q%0AQ%0C=%20=", "QQ#f@", "+/+/")) {
      assertThat(isAllowed("data:;base64," + data)).as(data).isTrue();
    }
    for (String data :
        List.of(
            "Q",
            "QQ=",
            "QQ===",
            "QUJD=",
            "QUI==",
            "QQ==QQ",
            "=",
            "@",
            "QQ\u00e9",
            "Q-_Q",
            "QQ?",
            "%zz",
            "%5",
            "Q%0BQ",
            "Q%00")) {
      assertThat(isAllowed("data:;base64," + data)).as(data).isFalse();
    }
  }

  @Test
  void whatSaysThatItIsBase64() {
    for (String type :
        List.of(";base64", "; base64", ";base64 ", ";BASE64", "a/b;c=d;base64", ";x=\";base64")) {
      assertThat(isAllowed("data:" + type + ",@")).as(type).isFalse();
    }
    for (String type : List.of("", "base64", ";base64;", ";base64=", ";xbase64", "a/b")) {
      assertThat(isAllowed("data:" + type + ",@")).as(type).isTrue();
    }
  }
}
