package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is suggested for a key that is not known. */
final class UnknownKeyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CORS | allow_origins | Did you mean allowOrigins?",
        "CORS | allowedOrigins | Did you mean allowOrigins?",
        "CORS | allowOrigin | Did you mean allowOrigins?",
        "CORS | Access-Control-Allow-Origin | Did you mean allowOrigins?",
        "CORS | Access-Control-Max-Age | Did you mean maxAge?",
        "CORS | Access-Control-Expose-Headers | Did you mean exposeHeaders?",
        "CORS | origin | Did you mean allowOrigins?",
        "CORS | alloworigins | Did you mean allowOrigins?",
        "CORS | alowOrgins | Did you mean allowOrigins?",
        "CORS | headers | Did you mean allowHeaders?",
        "CORS | credentials | Did you mean allowCredentials?",
        "CORS | max_age | Did you mean maxAge?",
        "CORS | maxAgeSeconds | Did you mean maxAge?",
        "CORS | methods | Did you mean allowMethods?",
        "CORS | setHeaders | setHeaders belongs in request or in response.",
        "ROUTE | target | Did you mean upstream?",
        "ROUTE | backend | Did you mean upstream?",
        "ROUTE | proxy_pass | Did you mean upstream?",
        "ROUTE | upstraem | Did you mean upstream?",
        "ROUTE | hsot | Did you mean host?",
        "ROUTE | pth | Did you mean path?",
        "ROUTE | headers | Did you mean request?",
        "ROUTE | allowOrigins | allowOrigins belongs in cors.",
        "ROUTE | max_age | maxAge belongs in cors.",
        "ROUTE | workers | workers belongs at the top of the file.",
        "ROUTE | credentials | Did you mean allowCredentials, in cors?",
        "FILE | port | Did you mean listen?",
        "FILE | upstream | upstream belongs in a route.",
        "FILE | path | path belongs in a route or in relay.",
        "LISTENER | ssl | Did you mean tls?",
        "TLS | key | Did you mean privateKey?",
        "EGRESS | deny | Known here: allow.",
        "TLS | x | Known here: certificate, privateKey.",
        "TLS | '' | Known here: certificate, privateKey.",
      })
  void suggests(Keys mapping, String written, String hint) {
    assertThat(UnknownKey.message(written, written, mapping, true))
        .isEqualTo("unknown key \"" + written + "\" " + mapping.where() + ". " + hint);
  }

  static Stream<String> names() {
    return Arrays.stream(Keys.values()).flatMap(keys -> keys.names().stream()).distinct();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyKeyIsFoundInOtherSpellings(String name) {
    List<String> names =
        Arrays.stream(Keys.values())
            .filter(keys -> keys.names().contains(name))
            .findFirst()
            .orElseThrow()
            .names();
    String snake = name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    assertThat(Spelling.nearest(snake, names)).contains(name);
    assertThat(Spelling.nearest(snake.replace('_', '-'), names)).contains(name);
  }

  @Test
  void everySynonymMeansAKey() {
    List<String> all = names().toList();
    assertThat(UnknownKey.synonyms().values())
        .allSatisfy(keys -> assertThat(all).containsAll(keys));
    assertThat(UnknownKey.synonyms().keySet())
        .allSatisfy(written -> assertThat(Spelling.plain(written)).isEqualTo(written));
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, 0",
    "'', ab, 2",
    "listen, listne, 1",
    "listen, lisen, 1",
    "listen, listenn, 1",
    "listen, lisTen, 1",
    "upstream, upstaer, 3",
    "ca, abc, 3",
    "abcdef, ghijkl, 3",
  })
  void distanceCountsSlipsUpToThree(String a, String b, int slips) {
    assertThat(Spelling.distance(a, b)).isEqualTo(slips);
    assertThat(Spelling.distance(b, a)).isEqualTo(slips);
  }
}
