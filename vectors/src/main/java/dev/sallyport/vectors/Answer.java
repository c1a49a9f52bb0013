package dev.sallyport.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a server under test answered.
 *
 * @param status the status code
 * @param lines the header lines, as they came
 */
public record Answer(int status, List<String> lines) {

  /**
   * The values of every line of a header, in order.
   *
   * @param name in lower case
   */
  public List<String> all(String name) {
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  /** Every header that a policy writes, {@code Vary} aside; one that stands twice shows as such. */
  public Map<String, String> corsHeaders() {
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines) {
      String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
      if (name.startsWith("access-control-")
          || name.equals("timing-allow-origin")
          || name.equals("cross-origin-resource-policy")) {
        headers.merge(name, line.substring(name.length() + 1).strip(), (a, b) -> a + " AND " + b);
      }
    }
    return headers;
  }

  /** Whether {@code Vary} names a header, or everything. */
  public boolean varies(String fieldName) {
    return varying().anyMatch(name -> name.equalsIgnoreCase(fieldName) || name.equals("*"));
  }

  /** How often {@code Vary} names a header. */
  public long timesVarying(String fieldName) {
    return varying().filter(fieldName::equalsIgnoreCase).count();
  }

  private Stream<String> varying() {
    return all("vary").stream().flatMap(line -> Stream.of(line.split(","))).map(String::strip);
  }

  /**
   * How this differs from what {@code vector} expects of a door whose application answers {@code
   * applicationStatus} and writes no CORS headers of its own; empty when it does not.
   *
   * @param calls how often the application was called
   */
  public List<String> differences(VectorCase vector, int applicationStatus, int calls) {
    VectorCase.Expected expected = vector.expected();
    boolean answeredHere = vector.isAnsweredByDoor();
    List<String> differences = new ArrayList<>();
    compare("calls of the application", calls, answeredHere ? 0 : 1, differences);
    compare("status", status, vector.status(applicationStatus), differences);
    compare("CORS headers", corsHeaders(), new TreeMap<>(expected.headers()), differences);
    compare("Vary: Origin, times", timesVarying("origin"), expected.vary() ? 1L : 0L, differences);
    return differences;
  }

  private static void compare(
      String what, Object actual, Object expected, List<String> differences) {
    if (!actual.equals(expected)) {
      differences.add(what + ": " + actual + " instead of " + expected);
    }
  }
}
