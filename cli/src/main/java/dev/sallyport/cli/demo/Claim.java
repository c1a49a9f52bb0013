package dev.sallyport.cli.demo;

import java.util.Locale;

/** What the demonstration claims, in the order it is shown; the page proves each one. */
enum Claim {
  IMAGE_EMBEDDED("image embedded across origins", Seen.WORKS),
  IMAGE_PIXELS("that image's pixels read by a script", Seen.BLOCKED),
  READ_DIRECT("script's call straight to the API", Seen.BLOCKED),
  READ_GATEWAY("the same call through the gateway", Seen.WORKS),
  FONT_DIRECT("web font straight from the API", Seen.BLOCKED),
  FONT_GATEWAY("the same font through the gateway", Seen.WORKS),
  PUT_DIRECT("PUT of JSON straight to the API, which knows no preflight", Seen.BLOCKED),
  PUT_GATEWAY("the same PUT through the gateway, which answers the preflight", Seen.WORKS),
  COOKIE_DIRECT("call with cookies straight to the API", Seen.BLOCKED),
  COOKIE_GATEWAY("the same call through the gateway, cookie set and sent back", Seen.WORKS),
  STRANGER_READ("reading through the gateway from an origin that is not allowed", Seen.BLOCKED),
  STRANGER_POST("form-like POST from there, before the API sees it", Seen.REFUSED),
  ERROR_READABLE("the gateway's error, of an API that is down, read by the script", Seen.WORKS);

  /** What came of a try. */
  enum Seen {
    WORKS("works"),
    BLOCKED("blocked by the browser"),
    REFUSED("refused by the gateway"),
    FAILED("failed");

    private final String words;

    Seen(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String text;
  private final Seen expected;

  Claim(String text, Seen expected) {
    this.text = text;
    this.expected = expected;
  }

  String text() {
    return text;
  }

  Seen expected() {
    return expected;
  }

  /** As the page calls it: {@code image-embedded}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
