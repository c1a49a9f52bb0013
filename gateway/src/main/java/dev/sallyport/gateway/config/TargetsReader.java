package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.gateway.egress.CloudMetadata;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPattern.Any;
import dev.sallyport.origin.OriginPattern.Exact;
import dev.sallyport.origin.OriginPattern.Except;
import dev.sallyport.origin.OriginPattern.Null;
import dev.sallyport.origin.OriginPattern.Wildcard;
import dev.sallyport.origin.OriginPatternException;
import dev.sallyport.origin.Printable;
import dev.sallyport.url.Url;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a list of servers that a page or a redirect may name. */
final class TargetsReader {
  static final String EXAMPLE = "https://*.bar.com";

  private final Reading reading;
  private final Egress egress;
  private final String key;

  /** A reader of {@code key}. */
  TargetsReader(Reading reading, Egress egress, String key) {
    this.reading = reading;
    this.egress = egress;
    this.key = key;
  }

  /**
   * The servers that {@code value} says.
   *
   * @param any whether {@code *} is one of the patterns that may stand there
   */
  Targets read(Value value, boolean any) {
    if (value instanceof Sequence list && list.items().isEmpty()) {
      tellNothing(value.place(), "is an empty list");
    }
    Map<OriginPattern, Place> patterns = new LinkedHashMap<>();
    int before = reading.problems().errors();
    for (Scalar written : reading.texts(value, key, EXAMPLE)) {
      parse(written).ifPresent(pattern -> add(pattern, written, any, patterns));
    }
    boolean onlyExclusions =
        !patterns.isEmpty() && patterns.keySet().stream().allMatch(Except.class::isInstance);
    if (onlyExclusions && before == reading.problems().errors()) {
      tellNothing(value.place(), "takes servers out of a list that has none");
    }
    return new Targets(List.copyOf(patterns.keySet()), egress);
  }

  private void tellNothing(Place at, String what) {
    reading.error(
        at,
        key
            + " "
            + what
            + ", so that nothing could be called. List origins such as "
            + EXAMPLE
            + ".");
  }

  private Optional<OriginPattern> parse(Scalar written) {
    try {
      return Optional.of(OriginPattern.parse(written.text()));
    } catch (OriginPatternException e) {
      reading.error(
          written.place(),
          target(written)
              + "is not valid: "
              + e.why()
              + ". "
              + e.suggestion()
                  .map(suggestion -> "Did you mean " + suggestion + "?")
                  .orElse("Write it as https://foo.com or https://*.foo.com."));
      return Optional.empty();
    }
  }

  private void add(
      OriginPattern pattern, Scalar written, boolean any, Map<OriginPattern, Place> patterns) {
    String fault = fault(pattern, any);
    if (!fault.isEmpty()) {
      reading.error(written.place(), target(written) + fault);
      return;
    }
    Place first = patterns.putIfAbsent(pattern, written.place());
    if (first != null) {
      reading.warning(written.place(), target(written) + "is listed twice. Remove one.");
      return;
    }
    pattern
        .publicSuffix()
        .ifPresent(
            suffix ->
                reading.warning(
                    written.place(),
                    target(written)
                        + "covers the public suffix "
                        + suffix
                        + ": anyone can register a name under it. List the hosts if you do not mean all of them."));
    if (pattern instanceof Exact exact) {
      refusal(exact)
          .ifPresent(
              why ->
                  reading.warning(
                      written.place(),
                      target(written)
                          + "will be refused: "
                          + why
                          + ". Add its network to egress.allow, or make a route with it as upstream."));
    }
  }

  /** Why the pattern cannot stand here, and what to do; empty when it can. */
  private String fault(OriginPattern pattern, boolean any) {
    if (pattern instanceof Any) {
      return any
          ? ""
          : key.equals("targets")
              ? "would let pages call every server. List the origins that may be called, such as "
                  + EXAMPLE
                  + ", or set dangerouslyAllowAnyTarget."
              : "would have redirects followed to every server. List the origins, such as "
                  + EXAMPLE
                  + ".";
    }
    OriginPattern meant = pattern instanceof Except except ? except.excluded() : pattern;
    if (meant instanceof Null) {
      return "is no server. List the origins that may be called, such as " + EXAMPLE + ".";
    }
    String scheme =
        meant instanceof Exact exact ? exact.origin().scheme() : ((Wildcard) meant).scheme();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "is neither http nor https, and only those are called. Write it as " + EXAMPLE + ".";
    }
    if (meant instanceof Wildcard wildcard && wildcard.anyPort() && meant == pattern) {
      return "has every port, behind which there are other services than the web's. Name the port, or none for the"
          + " scheme's own.";
    }
    if (meant instanceof Exact exact && CloudMetadata.isAt(exact.origin().host())) {
      return "is the metadata service of a cloud, which hands out the machine's credentials; it is never called."
          + " Remove it.";
    }
    return "";
  }

  /** Why an address that is written down will not be called; empty for names. */
  private Optional<String> refusal(Exact exact) {
    return Url.tryParse(exact.origin().serialize())
        .flatMap(Url::ipAddress)
        .flatMap(egress::refusal);
  }

  private static String target(Scalar written) {
    return "target \"" + Printable.of(written.text()) + "\" ";
  }
}
