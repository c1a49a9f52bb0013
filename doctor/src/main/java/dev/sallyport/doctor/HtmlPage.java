package dev.sallyport.doctor;

import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.fetch.SentRequest;
import dev.sallyport.fetch.TraceStep;
import java.util.List;

/** An explanation as one page to share, which loads nothing from anywhere. */
public final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1d1d1f; --dim: #6b6b70; --paper: #fbfbfd; --card: #fff; --line: #dcdce0;
        --good: #1a7f37; --bad: #b3261e; --code: #f2f2f5; }
      @media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --dim: #a0a0a8; --paper: #17171a; --card: #1f1f23;
        --line: #37373d; --good: #4ac26b; --bad: #ff8a80; --code: #2a2a30; } }
      body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
      main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
      article + article { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 3rem; }
      h1 { font-size: 1.5rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
      h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
      .verdict { border-left: .4rem solid var(--bad); background: var(--card); padding: 1rem 1.25rem; border-radius: .5rem; }
      .verdict.allowed { border-color: var(--good); }
      .verdict strong { color: var(--bad); } .verdict.allowed strong { color: var(--good); }
      p { margin: .35rem 0; overflow-wrap: anywhere; } .dim { color: var(--dim); }
      ol, ul { padding-left: 1.4rem; margin: .25rem 0; } li { margin: .35rem 0; overflow-wrap: anywhere; }
      li.last { font-weight: 600; }
      pre, code { font: .875rem/1.45 ui-monospace, monospace; background: var(--code); border-radius: .4rem; }
      code { padding: .1rem .3rem; } pre { padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line); }
      a { color: inherit; }
      """;

  private final StringBuilder html = new StringBuilder();

  private HtmlPage() {}

  /**
   * A request that the page explains.
   *
   * @param notes what there is to know beside the outcome
   * @param fixes what to change
   */
  public record Part(
      ExplainCase explained, Outcome outcome, List<String> notes, List<String> fixes) {}

  /**
   * The page.
   *
   * @param parts at least one
   * @param server whose configuration is shown
   */
  public static String of(List<Part> parts, Server server) {
    HtmlPage page = new HtmlPage();
    page.head(title(parts));
    for (Part part : parts) {
      page.html.append("<article>\n");
      page.verdict(part);
      page.wire(part.outcome());
      page.steps(part.outcome());
      page.changes(part, server);
      page.html.append("</article>\n");
    }
    page.html.append("</main>\n");
    return page.html.toString();
  }

  private static String title(List<Part> parts) {
    if (parts.size() == 1) {
      return Verdict.of(parts.get(0).outcome());
    }
    long blocked = parts.stream().filter(part -> !part.outcome().allowed()).count();
    return blocked + " of " + parts.size() + " requests to other origins are blocked";
  }

  private void head(String title) {
    html.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
        .append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'\">\n")
        .append("<title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n<main>\n");
  }

  private void verdict(Part part) {
    Outcome outcome = part.outcome();
    ExplainCase explained = part.explained();
    html.append("<div class=\"verdict").append(outcome.allowed() ? " allowed" : "").append("\">\n");
    element(
        "h1",
        "<strong>"
            + escape(Verdict.word(outcome))
            + "</strong> "
            + escape(explained.request().method())
            + " "
            + escape(explained.request().url()));
    element("p", escape(Verdict.of(outcome)));
    part.notes().forEach(note -> element("p", escape(note)));
    element(
        "p class=\"dim\"", "asked by a page of " + escape(explained.page().origin().serialize()));
    html.append("</div>\n");
  }

  private void wire(Outcome outcome) {
    section("What goes over the wire");
    html.append("<ul>\n");
    for (SentPreflight preflight : outcome.preflights()) {
      element("li", code(Verdict.line(preflight)));
    }
    for (SentRequest actual : outcome.actuals()) {
      element("li", code(Verdict.line(actual)));
    }
    if (outcome.preflights().isEmpty() && outcome.actuals().isEmpty()) {
      element("li class=\"dim\"", "nothing");
    }
    html.append("</ul>\n");
  }

  private void steps(Outcome outcome) {
    section("Step by step");
    html.append("<ol>\n");
    for (int i = 0; i < outcome.trace().size(); i++) {
      TraceStep step = outcome.trace().get(i);
      boolean failed = !outcome.allowed() && i == outcome.trace().size() - 1;
      element(
          failed ? "li class=\"last\"" : "li",
          "<a href=\""
              + escape(step.anchor())
              + "\">"
              + escape(step.step())
              + "</a>: "
              + escape(step.detail()));
    }
    html.append("</ol>\n");
  }

  private void changes(Part part, Server server) {
    if (part.fixes().isEmpty()) {
      return;
    }
    section("What to change");
    html.append("<ul>\n");
    part.fixes().forEach(fix -> element("li", escape(fix)));
    html.append("</ul>\n");
    server
        .configuration(part.explained(), part.outcome())
        .ifPresent(
            configuration -> {
              section(server.where());
              element("pre", escape(configuration));
            });
  }

  private void section(String title) {
    element("h2", escape(title));
  }

  private void element(String tag, String content) {
    String name = tag.split(" ", 2)[0];
    html.append('<')
        .append(tag)
        .append('>')
        .append(content)
        .append("</")
        .append(name)
        .append(">\n");
  }

  private static String code(String text) {
    return "<code>" + escape(text) + "</code>";
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.append(c < ' ' && c != '\n' || Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }
}
