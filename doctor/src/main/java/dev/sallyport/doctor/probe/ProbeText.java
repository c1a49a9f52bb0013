package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a probe showed, for people. */
public final class ProbeText {
  private ProbeText() {}

  /** The lines; none holds a secret or a control character. */
  public static List<String> lines(ProbeResult result) {
    List<String> lines = new ArrayList<>();
    int number = 1;
    for (Exchange exchange : result.exchanges()) {
      lines.add(number++ + ". " + heading(exchange));
      exchange
          .sent()
          .forEach(h -> lines.add("   > " + Shown.text(h.name()) + ": " + Shown.value(h)));
      exchange
          .answer()
          .ifPresent(
              answer -> {
                lines.add("   < " + answer.protocol() + " " + answer.status());
                answer
                    .headers()
                    .forEach(
                        h -> lines.add("   < " + Shown.text(h.name()) + ": " + Shown.value(h)));
              });
      exchange.fault().ifPresent(fault -> lines.add("   ! " + Shown.text(fault.detail())));
      lines.add("");
    }
    lines.add(verdict(result));
    if (!result.outcome().visibleHeaders().isEmpty()) {
      lines.add(
          "The page sees the headers: " + String.join(", ", result.outcome().visibleHeaders()));
    }
    if (!result.hidden().isEmpty()) {
      lines.add("It does not see: " + Shown.text(String.join(", ", result.hidden())));
    }
    for (CookieVerdict cookie : result.cookies()) {
      lines.add(
          "Cookie "
              + Shown.text(cookie.name())
              + (cookie.stored() ? ": kept" : ": not kept")
              + (cookie.remarks().isEmpty()
                  ? ""
                  : "; " + Shown.text(String.join("; ", cookie.remarks()))));
    }
    for (Finding finding : result.findings()) {
      lines.add("");
      lines.add("[" + finding.code() + "] " + Shown.text(finding.what()));
      finding.fixes().forEach(fix -> lines.add("  -> " + Shown.text(fix)));
    }
    if (!result.fixes().isEmpty()) {
      lines.add("");
      lines.add("What to change:");
      result.fixes().forEach(fix -> lines.add("  -> " + Shown.text(fix)));
    }
    return lines;
  }

  static String heading(Exchange exchange) {
    String what =
        switch (exchange.kind()) {
          case PREFLIGHT -> "The browser asks first";
          case ACTUAL -> "The request of the page";
          case WITHOUT_ORIGIN -> "The same from curl, without Origin";
          case OTHER_ORIGIN -> "The same from a page of another origin";
          case PAGE -> "The page itself";
        };
    return what
        + ": "
        + Shown.text(exchange.method())
        + " "
        + Shown.text(exchange.url().withoutCredentials().href());
  }

  static String verdict(ProbeResult result) {
    String page = result.probe().origin().serialize();
    String who =
        "For a page of "
            + page
            + ", as "
            + result.probe().profile().name().toLowerCase(Locale.ROOT)
            + " does it: ";
    return who
        + switch (result.verdict()) {
          case ALLOWED ->
              "allowed ("
                  + result.outcome().type().keyword()
                  + ", "
                  + result.outcome().status()
                  + ")";
          case NOT_SENT -> "not sent; so far nothing is wrong";
          case BLOCKED ->
              "blocked"
                  + result
                      .outcome()
                      .reason()
                      .map(reason -> " (" + reason.code() + "): " + told(reason))
                      .orElse("");
        };
  }

  private static String told(Reason reason) {
    return reason.summary();
  }
}
