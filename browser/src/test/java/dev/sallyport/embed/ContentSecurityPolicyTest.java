package dev.sallyport.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.origin.Origin;
import dev.sallyport.url.Url;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which URLs the lists of sources of a policy let through, for a page of https://foo.com. */
class ContentSecurityPolicyTest {

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "connect-src 'self' | https://foo.com/a | yes",
        "connect-src 'self' | wss://foo.com/a | yes",
        "connect-src 'self' | http://foo.com/a | no",
        "connect-src 'self' | https://api.foo.com/a | no",
        "connect-src 'none' | https://foo.com/ | no",
        "connect-src | https://foo.com/ | no",
        "default-src 'self' | https://bar.com/ | no",
        "default-src 'none'; connect-src https: | https://bar.com/ | yes",
        "connect-src * | https://bar.com:8443/ | yes",
        "connect-src * | data:, | no",
        "connect-src data: | data:, | yes",
        "connect-src *.bar.com | https://a.b.bar.com/ | yes",
        "connect-src *.bar.com | https://bar.com/ | no",
        "connect-src *.bar.com | http://a.bar.com/ | no",
        "connect-src http://bar.com | https://bar.com/ | yes",
        "connect-src https://bar.com:8443 | https://bar.com:8443/ | yes",
        "connect-src https://bar.com:8443 | https://bar.com/ | no",
        "connect-src https://bar.com:* | https://bar.com:1/ | yes",
        "connect-src https://bar.com/api/ | https://bar.com/api/x | yes",
        "connect-src https://bar.com/api | https://bar.com/api/x | no",
        "CONNECT-SRC HTTPS://BAR.COM | https://bar.com/ | yes",
        "connect-src https://a.com; connect-src https://bar.com | https://bar.com/ | no",
        "connect-src https:, default-src 'self' | https://bar.com/ | no",
        "img-src 'none' | https://bar.com/ | yes",
      })
  void connecting(String policy, String url, String through) {
    assertThat(
            ContentSecurityPolicy.parse(List.of(policy))
                .refusedBy("connect-src", Url.parse(url), Origin.parse("https://foo.com")))
        .matches(refused -> refused.isEmpty() == through.equals("yes"));
  }
}
