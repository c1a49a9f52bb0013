package dev.sallyport.fuzz;

import dev.sallyport.url.Url;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A URL, or two lines: a base and what is relative to it. */
public final class UrlTarget {
  private UrlTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    Optional<Url> base = line < 0 ? Optional.empty() : Url.tryParse(text.substring(0, line));
    String relative = text.substring(line + 1);
    Optional<Url> parsed =
        base.isPresent() ? Url.tryParse(relative, base.get()) : Url.tryParse(relative);
    if (parsed.isEmpty()) {
      return;
    }
    String href = parsed.get().href();
    Optional<Url> again = Url.tryParse(href);
    Law.that(again.isPresent(), "what is written can be read", text);
    Law.that(again.orElseThrow().href().equals(href), "what is read is written the same", text);
    Law.that(
        again.orElseThrow().origin().serialize().equals(parsed.get().origin().serialize()),
        "its origin is the same",
        text);
    Law.that(href.chars().allMatch(c -> c > 0x20 && c < 0x7f || c == ' '), "it is ASCII", text);
  }
}
