package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.TraceStep;
import java.util.List;

/** What a probe showed, as a page that needs nothing beside it. */
public final class ProbeHtml {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;"
          + "color:#1b1b1b;background:#fff}"
          + "pre{background:#f4f4f4;padding:.75rem;overflow:auto}"
          + ".sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem}"
          + "section,li{margin:.75rem 0}.verdict{font-weight:bold}"
          + "@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}pre{background:#2a2a2a}"
          + "a{color:#8cf}}";

  private ProbeHtml() {}

  /** The page. */
  public static String page(ProbeResult result) {
    StringBuilder html =
        new StringBuilder("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">");
    html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Sallyport probe of ")
        .append(escaped(result.probe().request().url()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style>\n<h1>Probe</h1>\n<p class=\"verdict\">")
        .append(escaped(ProbeText.verdict(result)))
        .append("</p>\n");
    findings(html, result);
    fixes(html, result.fixes());
    html.append("<h2>On the wire</h2>\n");
    result.exchanges().forEach(exchange -> exchange(html, exchange));
    html.append("<h2>Step by step</h2>\n<ol>\n");
    for (TraceStep step : result.outcome().trace()) {
      html.append("<li><a href=\"")
          .append(escaped(step.anchor()))
          .append("\">")
          .append(escaped(step.step()))
          .append("</a>: ")
          .append(escaped(step.detail()))
          .append("</li>\n");
    }
    return html.append("</ol>\n").toString();
  }

  private static void findings(StringBuilder html, ProbeResult result) {
    html.append("<h2>Found</h2>\n<ul>\n");
    for (Finding finding : result.findings()) {
      html.append("<li><code>")
          .append(escaped(finding.code()))
          .append("</code> ")
          .append(escaped(finding.what()));
      fixes(html, finding.fixes());
      html.append("</li>\n");
    }
    for (CookieVerdict cookie : result.cookies()) {
      html.append("<li>Cookie <code>")
          .append(escaped(cookie.name()))
          .append(cookie.stored() ? "</code>: kept. " : "</code>: not kept. ")
          .append(escaped(String.join("; ", cookie.remarks())))
          .append("</li>\n");
    }
    html.append("</ul>\n");
  }

  private static void fixes(StringBuilder html, List<String> fixes) {
    if (!fixes.isEmpty()) {
      html.append("<ul>");
      fixes.forEach(fix -> html.append("<li>").append(escaped(fix)).append("</li>"));
      html.append("</ul>\n");
    }
  }

  private static void exchange(StringBuilder html, Exchange exchange) {
    html.append("<section><h3>")
        .append(escaped(ProbeText.heading(exchange)))
        .append("</h3><div class=\"sides\"><pre>");
    lines(html, exchange.sent());
    html.append("</pre><pre>");
    exchange
        .answer()
        .ifPresent(
            answer -> {
              html.append(escaped(answer.protocol() + " " + answer.status())).append('\n');
              lines(html, answer.headers());
            });
    exchange.fault().ifPresent(fault -> html.append(escaped(fault.detail())));
    html.append("</pre></div></section>\n");
  }

  private static void lines(StringBuilder html, List<Header> headers) {
    headers.forEach(
        header -> html.append(escaped(header.name() + ": " + Shown.value(header))).append('\n'));
  }

  private static String escaped(String text) {
    return Shown.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
