package dev.sallyport.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of {@code urls.json}.
 *
 * @param algorithm the state or algorithm it is about
 * @param base what {@code input} is parsed against, if anything
 * @param href the serialization, unless there is a {@code failure}
 * @param origin the serialization of the origin, likewise
 * @param failure the validation error that parsing ends in
 */
record UrlCase(
    String algorithm,
    String input,
    @Nullable String base,
    @Nullable String href,
    @Nullable String origin,
    @Nullable String failure) {

  private record Line(
      String input,
      @Nullable String base,
      @Nullable String href,
      @Nullable String origin,
      @Nullable String failure) {
    UrlCase about(String algorithm) {
      return new UrlCase(algorithm, input, base, href, origin, failure);
    }
  }

  static List<UrlCase> all() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(UrlCase.class.getResourceAsStream("urls.json"), "urls.json")) {
      Map<String, Line[]> lines =
          new JsonMapper()
              .readerFor(
                  JsonMapper.shared()
                      .getTypeFactory()
                      .constructMapType(Map.class, String.class, Line[].class))
              .readValue(json);
      List<UrlCase> cases =
          lines.entrySet().stream()
              .flatMap(entry -> Arrays.stream(entry.getValue()).map(c -> c.about(entry.getKey())))
              .toList();
      assertThat(cases).hasSizeGreaterThan(250);
      return cases;
    }
  }

  Url parse() {
    return base == null ? Url.parse(input) : Url.parse(input, Url.parse(base));
  }

  @Override
  public String toString() {
    return algorithm
        + ": "
        + Quote.quote(input)
        + (base == null ? "" : " against " + Quote.quote(base));
  }
}
