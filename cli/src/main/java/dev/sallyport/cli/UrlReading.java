package dev.sallyport.cli;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import dev.sallyport.url.UrlSyntaxException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What comes of a text that should be a URL. */
sealed interface UrlReading {

  /** The text as it was given. */
  String text();

  /** Reads an absolute URL. */
  static UrlReading of(String text) {
    return read(text, () -> Url.parse(text));
  }

  /** Reads a URL that may be relative to {@code base}. */
  static UrlReading of(String text, String base) {
    return read(text, () -> Url.parse(text, Url.parse(base)));
  }

  private static UrlReading read(String text, Supplier<Url> parse) {
    try {
      Url url = parse.get();
      return new Understood(text, url, url.origin());
    } catch (UrlSyntaxException e) {
      return new Refused(text, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A URL.
   *
   * @param origin the URL's; asked once, because an opaque one is another each time
   */
  record Understood(String text, Url url, Origin origin) implements UrlReading {

    /** The origin's scheme, or the URL's when the origin is opaque. */
    String scheme() {
      return origin instanceof TupleOrigin tuple ? tuple.scheme() : url.scheme();
    }

    /** The origin's host; empty when it is opaque. */
    Optional<String> host() {
      return origin instanceof TupleOrigin tuple ? Optional.of(tuple.host()) : Optional.empty();
    }

    /** The origin's port; empty when it is the scheme's default, or the origin opaque. */
    OptionalInt port() {
      return origin instanceof TupleOrigin tuple ? tuple.port() : OptionalInt.empty();
    }

    /**
     * What was probably meant by {@code localhost:3000}, which is a URL of the scheme {@code
     * localhost}; empty when there is no such doubt.
     */
    Optional<String> probablyMeant() {
      return url.hasOpaquePath() && url.path().matches("\\d{1,5}(/.*)?")
          ? Optional.of("http://" + text.strip())
          : Optional.empty();
    }
  }

  /**
   * Not a URL.
   *
   * @param error what is wrong with it, the text quoted
   */
  record Refused(String text, String error) implements UrlReading {

    /** Asks whether only the scheme was left out; or nothing. */
    String hint() {
      String completed = "https://" + text.strip();
      boolean looksLikeHost = text.strip().matches("[\\w.-]+\\.[A-Za-z][\\w-]*(:\\d+)?([/?#].*)?");
      return looksLikeHost && Url.tryParse(completed).isPresent()
          ? ". Did you mean \"" + completed + "\"?"
          : "";
    }
  }
}
