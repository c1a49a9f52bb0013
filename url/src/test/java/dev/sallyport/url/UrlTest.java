package dev.sallyport.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The URL standard's parser, serializer and origin, on a table of its states and algorithms. */
class UrlTest {

  static List<UrlCase> cases() throws IOException {
    return UrlCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void parsesAsTheStandardSays(UrlCase c) {
    if (c.failure() != null) {
      UrlSyntaxException failure = catchThrowableOfType(UrlSyntaxException.class, c::parse);
      assertThat(failure).as(c.toString()).isNotNull();
      assertThat(failure.validationError()).as(c.toString()).isEqualTo(c.failure());
      assertThat(failure.input()).isEqualTo(c.input());
      assertThat(failure)
          .hasMessageContaining(Quote.quote(c.input()))
          .hasMessageEndingWith(failure.why() + " (" + c.failure() + ")");
    } else {
      Url url = c.parse();
      assertThat(url.href()).as(c.toString()).isEqualTo(c.href());
      assertThat(url.origin().serialize()).as(c.toString()).isEqualTo(c.origin());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void parsingASerializationGivesTheSameUrl(UrlCase c) {
    if (c.failure() == null) {
      UrlLaws.check(c.parse());
    }
  }
}
