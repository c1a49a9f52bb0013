package dev.sallyport.fuzz;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginSyntaxException;
import dev.sallyport.origin.TupleOrigin;

/** What an {@code Origin} header may hold. */
public final class OriginTarget {
  private OriginTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Law.text(input);
    Origin origin;
    try {
      origin = Origin.parse(text);
    } catch (OriginSyntaxException e) {
      Law.that(Origin.tryParse(text).isEmpty(), "tryParse agrees with parse", text);
      return;
    }
    Law.that(origin.serialize().equals(text), "serialize gives back what was parsed", text);
    if (origin instanceof TupleOrigin tuple) {
      Law.that(Origin.parse(text).isSameOrigin(tuple), "an origin is the same as itself", text);
      Law.that(tuple.isSameSite(tuple), "an origin is of its own site", text);
      boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '@' && c != '%');
      Law.that(plain && text.equals(text.strip()), "an origin is printable ASCII", text);
    }
  }
}
