package dev.sallyport.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.net.InternetDomainName;
import com.ibm.icu.text.IDNA;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicSuffixesTest {
  private final PublicSuffixes suffixes = PublicSuffixes.get();

  @ParameterizedTest
  @CsvSource({
    "foo.com, foo.com",
    "a.b.foo.com, foo.com",
    "com, ",
    "github.io, ",
    "a.github.io, a.github.io",
    "foo.co.uk, foo.co.uk",
    "co.uk, ",
    "a.b.unlisted-top-level, b.unlisted-top-level",
    "unlisted-top-level, ",
    "www.ck, www.ck",
    "a.www.ck, www.ck",
    "a.ck, ",
    "b.a.ck, b.a.ck",
    "city.kawasaki.jp, city.kawasaki.jp",
    "x.kawasaki.jp, ",
    "y.x.kawasaki.jp, y.x.kawasaki.jp",
    "a.xn--55qx5d.cn, a.xn--55qx5d.cn",
    "foo.com., foo.com.",
    "localhost, ",
    "127.0.0.1, ",
    "[::1], ",
  })
  void findsTheRegistrableDomain(String host, String expected) {
    assertThat(suffixes.registrableDomain(host).orElse(null)).isEqualTo(expected);
  }

  /** The JDK's conversion is of Unicode 3.2; the standard's must give the same names. */
  @Test
  void convertsNamesAsTheUrlStandardDoes() throws IOException {
    IDNA uts46 =
        IDNA.getUTS46Instance(
            IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.NONTRANSITIONAL_TO_ASCII);
    try (InputStream list = PublicSuffixes.class.getResourceAsStream("public-suffixes.txt")) {
      List<String> names =
          new String(list.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("//") && line.chars().anyMatch(c -> c > 0x7f))
              .map(line -> line.replaceFirst("^(!|\\*\\.)", ""))
              .toList();
      assertThat(names).hasSizeGreaterThan(100);
      for (String name : names) {
        String expected = uts46.nameToASCII(name, new StringBuilder(), new IDNA.Info()).toString();
        assertThat(PublicSuffixes.toAscii(name)).as(name).isEqualTo(expected);
      }
    }
  }

  @Test
  void saysWhenTheListWasMade() {
    assertThat(suffixes.version()).matches("20\\d\\d-\\d\\d-\\d\\d.*");
  }

  /**
   * Another reader of the list, with a list of its own date: names under old, settled rules must
   * come out alike.
   */
  @Test
  void agreesWithAnotherReaderOfTheList() {
    Random random = new Random(20261123);
    List<String> tails =
        List.of(
            "com",
            "co.uk",
            "github.io",
            "kawasaki.jp",
            "city.kawasaki.jp",
            "ck",
            "www.ck",
            "de",
            "org.au",
            "blogspot.com",
            "s3.amazonaws.com",
            "pvt.k12.ma.us",
            "compute.amazonaws.com",
            "no",
            "gov.uk");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder host = new StringBuilder();
      for (int labels = random.nextInt(4); labels > 0; labels--) {
        host.append((char) ('a' + random.nextInt(3))).append('.');
      }
      host.append(tails.get(random.nextInt(tails.size())));
      if (host.toString().equals("ck")) {
        // No rule but the list's default one covers it, and the other reader leaves that one out.
        continue;
      }
      InternetDomainName name = InternetDomainName.from(host.toString());
      assertThat(suffixes.isPublicSuffix(host.toString()))
          .as(host.toString())
          .isEqualTo(name.isPublicSuffix());
      assertThat(suffixes.registrableDomain(host.toString()).orElse(""))
          .as(host.toString())
          .isEqualTo(name.isUnderPublicSuffix() ? name.topPrivateDomain().toString() : "");
    }
  }

  @Test
  void anotherListCanBeUsedAtRunTime(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("list.dat"),
            """
            // VERSION: 2030-01-01_00-00-00_UTC
            // ===BEGIN ICANN DOMAINS===
            com
            *.ck
            !www.ck
            // ===BEGIN PRIVATE DOMAINS===
            pages.foo.com
            bücher.example
            """);
    PublicSuffixes before = PublicSuffixes.get();
    OriginPattern pattern = OriginPattern.parse("https://*.pages.foo.com");
    assertThat(pattern.publicSuffix()).isEmpty();
    PublicSuffixes list = PublicSuffixes.read(file);
    assertThat(list.version()).isEqualTo("2030-01-01_00-00-00_UTC");
    assertThat(list.isPublicSuffix("xn--bcher-kva.example")).isTrue();
    try {
      PublicSuffixes.use(list);
      assertThat(pattern.publicSuffix()).contains("pages.foo.com");
      assertThat(
              Origin.parse("https://a.pages.foo.com")
                  .isSameSite(Origin.parse("https://b.pages.foo.com")))
          .isFalse();
    } finally {
      PublicSuffixes.use(before);
    }
    assertThat(pattern.publicSuffix()).isEmpty();
  }

  @Test
  void refusesWhatIsNoList(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("list.dat"), "<html>not found</html>\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublicSuffixes.read(file))
        .withMessageEndingWith("is no Public Suffix List: it has no rule com");
  }
}
