package dev.sallyport.peers;

import dev.sallyport.peers.Judge.Fault;
import dev.sallyport.peers.PeersTest.Results;
import dev.sallyport.vectors.VectorCase;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The page that tells what other libraries make of the shared cases. */
final class PeersPage {
  private static final int MOST_EXAMPLES = 3;
  private static final int LONGEST_VALUE = 60;

  private final Map<String, Results> results;
  private final StringBuilder page = new StringBuilder();

  PeersPage(Map<String, Results> results) {
    this.results = results;
  }

  String text() {
    page.append(
        """
        # What other libraries make of the same cases

        The [shared cases](../vectors/README.md) are policies, requests and what has to come out, written from the Fetch standard
        and from published faults. Here they are run in other Java libraries, each configured as somebody would who knows its
        documentation. A test makes this page from what came out, and fails when it is something else.

        """);
    page.append("Versions: ")
        .append(
            String.join(
                ", ",
                version("Spring Framework", "spring"),
                version("Tomcat", "tomcat"),
                version("Jetty", "jetty"),
                version("Vert.x Web", "vertx"),
                version("cors-filter (com.thetransactioncompany)", "cors-filter")))
        .append(
            """
            . The servlet filters are called with a request and a response of
            headers only; Jetty and Vert.x answer over a socket.

            An answer is judged as a browser and a cache would: may the page read it, does the browser go on after the preflight, could
            a cache give it to another origin. Whose headers they are does not matter, and neither does what is our own choice: the
            status of a failed preflight, names that are echoed, an actual request that is refused instead of being kept from the
            page. A policy that a library cannot be told (a pattern, an exclusion, enforcement, report-only) is not counted against it.

            """);
    table();
    examples();
    page.append(
        """
        ## Where we and the standard differ from all of them

        - **Names are checked one by one, and asked for in any order.** The standard has the browser compare each requested header
          with the list. Libraries that answer yes when *any* name is allowed, or check none, only move the failure into the browser, where
          nobody sees which name it was.
        - **`Vary: Origin` also on denied answers and on those to requests without `Origin`.** A cache that keeps one of them would
          give it to a page that is allowed.
        - **`*` never covers `Authorization`, and means nothing under credentials.** Who writes `*` there gets the names that were
          asked for instead, or an error when the policy is built.
        - **Two `Origin` lines, a list, or `null` are no origin that somebody listed.** No browser sends the first two.
        """);
    return page.toString();
  }

  private static String version(String name, String key) {
    return name + " " + System.getProperty("sallyport.version." + key, "?");
  }

  private void table() {
    page.append("| |");
    results.keySet().forEach(title -> page.append(' ').append(title).append(" |"));
    page.append("\n|---|").append("---|".repeat(results.size())).append('\n');
    row("cases judged", each -> each.judged());
    row("cases of policies that it cannot be told", each -> each.unsaid());
    row("policies that it refuses, of those", each -> each.refusedPolicies());
    for (Fault fault : Fault.values()) {
      row(fault.meaning(), each -> each.count(fault));
    }
    page.append('\n');
  }

  private void row(String name, ToLongFunction<Results> count) {
    page.append("| ").append(name).append(" |");
    results
        .values()
        .forEach(
            each -> {
              long number = count.applyAsLong(each);
              page.append(' ').append(number == 0 ? "–" : String.valueOf(number)).append(" |");
            });
    page.append('\n');
  }

  private void examples() {
    results.forEach(
        (title, each) -> {
          if (!each.faults().isEmpty()) {
            page.append("## ").append(title).append("\n\n");
            for (Fault fault : Fault.values()) {
              examples(fault, each);
            }
          }
        });
  }

  private void examples(Fault fault, Results each) {
    List<VectorCase> shown =
        each.faults().entrySet().stream()
            .filter(entry -> entry.getValue().contains(fault))
            .sorted(
                Comparator.comparingInt(
                    (Map.Entry<VectorCase, Set<Fault>> entry) -> entry.getValue().size()))
            .map(Map.Entry::getKey)
            .limit(MOST_EXAMPLES)
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    page.append("It ")
        .append(fault.meaning())
        .append(", ")
        .append(times(each.count(fault)))
        .append(". For example:\n\n");
    for (VectorCase vector : shown) {
      page.append("- *")
          .append(vector.name().replaceFirst("^[a-z-]+\\.json: ", ""))
          .append("*: `")
          .append(policy(vector))
          .append("`, asked `")
          .append(request(vector))
          .append("`\n");
    }
    page.append('\n');
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String policy(VectorCase vector) {
    return shorten(vector.policy().toString());
  }

  private static String request(VectorCase vector) {
    StringBuilder request = new StringBuilder(vector.request().method());
    vector
        .request()
        .headers()
        .forEach(
            line ->
                request
                    .append(", ")
                    .append(line.get(0).toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(shorten(line.get(1))));
    return request.toString().replace("`", "%60");
  }

  private static String shorten(String text) {
    StringBuilder printable = new StringBuilder();
    text.chars()
        .limit(LONGEST_VALUE * 3L)
        .forEach(
            c ->
                printable.append(
                    c < ' ' || c > '~'
                        ? String.format(Locale.ROOT, "\\u%04x", c)
                        : String.valueOf((char) c)));
    return printable.length() > LONGEST_VALUE * 2
        ? printable.substring(0, LONGEST_VALUE * 2) + "…"
        : printable.toString();
  }
}
