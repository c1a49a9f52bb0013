package dev.sallyport.endurance;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was measured, beside its limits, on standard output and in {@code target/endurance.txt}. */
final class Summary {
  private static final List<Row> ROWS = new ArrayList<>();

  private Summary() {}

  private record Row(String metric, String limit, String measured) {
    String line(int first, int second) {
      return String.format("%-" + first + "s  %-" + second + "s  %s", metric, limit, measured);
    }
  }

  /** Notes a figure, before it is held against its limit: those that fail stand there too. */
  static synchronized void add(String metric, String limit, String measured) throws IOException {
    ROWS.add(new Row(metric, limit, measured));
    Path target = Path.of(requireNonNull(System.getProperty("sallyport.root")), "target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("endurance.txt"), table());
  }

  static synchronized void print() {
    System.out.println(table());
  }

  private static String table() {
    List<Row> all = new ArrayList<>(List.of(new Row("metric", "limit", "measured")));
    all.addAll(ROWS);
    int first = all.stream().mapToInt(row -> row.metric().length()).max().orElse(1);
    int second = all.stream().mapToInt(row -> row.limit().length()).max().orElse(1);
    StringBuilder table = new StringBuilder();
    all.forEach(row -> table.append(row.line(first, second)).append('\n'));
    return table.toString();
  }
}
