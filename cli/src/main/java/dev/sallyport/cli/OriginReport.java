package dev.sallyport.cli;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.Printable;
import dev.sallyport.origin.PublicSuffixes;
import dev.sallyport.origin.TupleOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** The answers of {@code sallyport origin} for somebody who reads them. */
final class OriginReport {
  private static final String NONE = "-";

  private final Ansi colours;
  private final List<String> lines = new ArrayList<>();

  private OriginReport(Ansi colours) {
    this.colours = colours;
  }

  /** What there is to say about one URL. */
  static List<String> of(UrlReading.Understood url, Ansi colours) {
    OriginReport report = new OriginReport(colours);
    report.tell(url);
    report.doubt(url);
    return report.lines;
  }

  /** What two URLs have in common, what differs, and what comes of it. */
  static List<String> of(UrlReading.Understood a, UrlReading.Understood b, Ansi colours) {
    OriginReport report = new OriginReport(colours);
    Comparison comparison = Comparison.of(a.origin(), b.origin());
    report.table(a, b, comparison);
    report.sayOrigin(a, b, comparison);
    report.saySite(a, b, comparison);
    report.doubt(a);
    report.doubt(b);
    return report.lines;
  }

  private void tell(UrlReading.Understood url) {
    lines.add(url.url().href());
    lines.add("");
    if (url.origin() instanceof TupleOrigin tuple) {
      part("origin", coloured(Style.bold, tuple.serialize()));
      part("scheme", tuple.scheme());
      part("host", tuple.host());
      part("port", port(tuple));
      part("site", site(tuple));
    } else {
      part(
          "origin",
          coloured(Style.bold, "null")
              + " (opaque: it equals no other origin, not even that of the same URL elsewhere)");
      part("scheme", url.scheme());
    }
    part(
        "trust",
        url.url().isPotentiallyTrustworthy()
            ? "potentially trustworthy: nobody on the way can have changed what comes from there"
            : "not trustworthy: somebody on the way can have changed what comes from there");
  }

  private void part(String name, String value) {
    lines.add("  " + pad(name, 8) + value);
  }

  private void table(UrlReading.Understood a, UrlReading.Understood b, Comparison comparison) {
    lines.add("A  " + a.url().href());
    lines.add("B  " + b.url().href());
    lines.add("");
    List<List<String>> rows =
        List.of(
            List.of("", "A", "B", ""),
            List.of("scheme", a.scheme(), b.scheme(), mark(a, b, comparison, "scheme")),
            List.of("host", host(a), host(b), mark(a, b, comparison, "host")),
            List.of("port", port(a.origin()), port(b.origin()), mark(a, b, comparison, "port")),
            List.of("site", site(a.origin()), site(b.origin()), siteMark(comparison)));
    int widthOfA = widest(rows, 1);
    int widthOfB = widest(rows, 2);
    for (List<String> row : rows) {
      String line =
          "  "
              + pad(row.get(0), 8)
              + pad(row.get(1), widthOfA + 3)
              + pad(row.get(2), widthOfB + 3)
              + row.get(3);
      lines.add(line.stripTrailing());
    }
    lines.add("");
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private String mark(
      UrlReading.Understood a, UrlReading.Understood b, Comparison comparison, String part) {
    if (a.host().isEmpty() || b.host().isEmpty()) {
      return part.equals("scheme") ? "an opaque origin equals no other" : "";
    }
    if (comparison.differs().contains(part)) {
      return coloured(Style.bold, "differs");
    }
    boolean eachItsDefault = part.equals("port") && !a.scheme().equals(b.scheme());
    return eachItsDefault && a.port().isEmpty() ? "same: each its scheme's default" : "same";
  }

  private static String siteMark(Comparison comparison) {
    if (comparison.sameSite()) {
      return "same";
    }
    return comparison.schemelesslySameSite() ? "same but for the scheme" : "differs";
  }

  private void sayOrigin(UrlReading.Understood a, UrlReading.Understood b, Comparison comparison) {
    if (comparison.sameOrigin()) {
      lines.add(coloured(Style.fg_green, "Same origin") + ": a page of A may read what B answers.");
      return;
    }
    lines.add(coloured(Style.fg_red, "Cross-origin") + ": " + why(a, b, comparison) + ".");
    lines.add(
        "  A page of A may embed images, styles and scripts of B, but its own script reads what B");
    lines.add("  answers only if the answer allows it by CORS. So it is the other way round.");
  }

  private static String why(
      UrlReading.Understood a, UrlReading.Understood b, Comparison comparison) {
    if (a.host().isEmpty() || b.host().isEmpty()) {
      String who =
          a.host().isPresent() ? "B is" : b.host().isPresent() ? "A is" : "A and B are each";
      return who + " of an opaque origin, which equals no other";
    }
    List<String> differs = comparison.differs();
    String last = differs.get(differs.size() - 1);
    return differs.size() == 1
        ? "the " + last + "s differ"
        : String.join(", ", differs.subList(0, differs.size() - 1)) + " and " + last + " differ";
  }

  private void saySite(UrlReading.Understood a, UrlReading.Understood b, Comparison comparison) {
    if (comparison.sameSite()) {
      lines.add(
          "Same site: cookies marked SameSite=Lax or SameSite=Strict go along with requests between"
              + " them.");
    } else if (comparison.schemelesslySameSite()) {
      lines.add(
          "Cross-site, but only by the scheme (schemelessly same site): the standard counts the"
              + " scheme.");
    } else if (a.host().isPresent() && b.host().isPresent()) {
      lines.add(
          "Cross-site: cookies marked SameSite=Lax or SameSite=Strict do not go along with what a"
              + " script");
      lines.add("  of the one asks of the other.");
    } else {
      lines.add("Cross-site: an opaque origin has no site that it could share.");
    }
  }

  private void doubt(UrlReading.Understood url) {
    url.probablyMeant()
        .ifPresent(
            meant -> {
              lines.add("");
              lines.add(
                  "\""
                      + Printable.of(url.text())
                      + "\" is a URL of the scheme \""
                      + url.scheme()
                      + "\". Did you mean \""
                      + Printable.of(meant)
                      + "\"?");
            });
  }

  private static String host(UrlReading.Understood url) {
    return url.host().orElse(NONE);
  }

  private static String port(Origin origin) {
    if (!(origin instanceof TupleOrigin tuple)) {
      return NONE;
    }
    OptionalInt port = tuple.effectivePort();
    String number = port.isPresent() ? Integer.toString(port.getAsInt()) : NONE;
    return tuple.port().isPresent() ? number : number + " (default)";
  }

  /** The scheme and the registrable domain, or the host where it has none. */
  private static String site(Origin origin) {
    return origin instanceof TupleOrigin tuple
        ? tuple.scheme()
            + "://"
            + PublicSuffixes.get().registrableDomain(tuple.host()).orElse(tuple.host())
        : NONE;
  }

  private String coloured(Style style, String text) {
    return Colours.of(colours, style, text);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
