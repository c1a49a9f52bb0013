package dev.sallyport.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.TupleOrigin;
import java.util.List;

/** What is true of every URL, whatever it was parsed from. */
final class UrlLaws {
  private UrlLaws() {}

  static void check(Url url) {
    assertThat(url.href()).isASCII();
    assertThat(url.host().isPresent()).isEqualTo(url.hostOrNull() != null);
    parsingASerializationGivesTheSame(url);
    relativeReferences(url);
    origin(url);
  }

  private static void parsingASerializationGivesTheSame(Url url) {
    Url again = Url.parse(url.href());
    assertThat(again.href()).isEqualTo(url.href());
    assertThat(again).isEqualTo(url).hasSameHashCodeAs(url);
    assertThat(parts(again)).isEqualTo(parts(url));
    assertThat(Url.parse(url.hrefWithoutFragment())).isEqualTo(url.withoutFragment());
    assertThat(Url.parse(url.withoutCredentials().href())).isEqualTo(url.withoutCredentials());
    assertThat(url.withoutCredentials().includesCredentials()).isFalse();
    assertThat(url.withoutFragment().fragment()).isEmpty();
    assertThat(url.withoutFragment().withFragmentOf(url)).isEqualTo(url);
  }

  private static List<Object> parts(Url url) {
    return List.of(
        url.scheme(),
        url.username(),
        url.password(),
        url.host(),
        url.ipAddress(),
        url.port(),
        url.path(),
        url.segments(),
        url.hasOpaquePath(),
        url.query(),
        url.fragment());
  }

  private static void relativeReferences(Url url) {
    assertThat(Url.parse(url.href(), Url.parse("foo://bar/"))).isEqualTo(url);
    url.fragment()
        .ifPresent(
            fragment ->
                assertThat(Url.parse("#" + fragment, url.withoutFragment())).isEqualTo(url));
    if (!url.hasOpaquePath()) {
      assertThat(Url.parse("", url)).isEqualTo(url.withoutFragment());
    }
  }

  private static void origin(Url url) {
    Origin origin = url.origin();
    if (origin instanceof TupleOrigin tuple) {
      assertThat(Url.parse(origin.serialize()).origin()).isEqualTo(origin);
      Origin.tryParse(origin.serialize()).ifPresent(read -> assertThat(read).isEqualTo(origin));
      assertThat(url.isPotentiallyTrustworthy()).isEqualTo(origin.isPotentiallyTrustworthy());
      assertThat(url.withoutCredentials().origin()).isEqualTo(origin);
      if (!url.scheme().equals("blob")) {
        assertThat(tuple.effectivePort()).isEqualTo(url.effectivePort());
      }
    } else {
      assertThat(origin.isSameOrigin(url.origin())).isFalse();
    }
  }
}
