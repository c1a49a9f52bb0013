package dev.sallyport.gateway.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.Upstream;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationRewriterTest {
  private static String rewritten(String path, String base, String location) {
    Upstream upstream = new Upstream(true, "photos.bar.com", OptionalInt.empty(), base);
    return new LocationRewriter(upstream, path).rewrite(location).orElse(location);
  }

  @ParameterizedTest
  @CsvSource({
    "https://photos.bar.com/api/2?x=1#y, /photos/2?x=1#y",
    "HTTPS://PHOTOS.BAR.COM/api/2, /photos/2",
    "https://photos.bar.com:443/api/2, /photos/2",
    "https://photos.bar.com/api, /photos",
    "https://photos.bar.com/api?x, /photos?x",
    "//photos.bar.com/api/2, /photos/2",
    "/api/2, /photos/2",
    "/api/, /photos/",
    "/apis/2, /apis/2",
    "/login, /login",
    "https://photos.bar.com/login, https://photos.bar.com/login",
    "http://photos.bar.com/api/2, http://photos.bar.com/api/2",
    "https://photos.bar.com:8443/api/2, https://photos.bar.com:8443/api/2",
    "https://photos.bar.com.evil.com/api/2, https://photos.bar.com.evil.com/api/2",
    "https://photos.bar.com@evil.com/api/2, https://photos.bar.com@evil.com/api/2",
    "https://evil.com/api/2, https://evil.com/api/2",
    "//evil.com/api/2, //evil.com/api/2",
    "/api/../admin, /api/../admin",
    "/api/%2e%2e/admin, /api/%2e%2e/admin",
    "2, 2",
    "../2, ../2",
    "?x, ?x",
  })
  void rewrites(String location, String received) {
    assertThat(rewritten("/photos", "/api", location)).isEqualTo(received);
  }

  @ParameterizedTest
  @CsvSource({
    "https://photos.bar.com/2, /2",
    "https://photos.bar.com, /",
    "https://photos.bar.com?x, /?x",
    "https://photos.bar.com//evil.com/, https://photos.bar.com//evil.com/",
    "/2, /2",
  })
  void rewritesBehindTheRoot(String location, String received) {
    assertThat(rewritten("/", "", location)).isEqualTo(received);
  }
}
