package dev.sallyport.bench.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a Java program has allocated in its young generation so far, by the collections that jstat
 * counts: each empties a full Eden.
 */
record Allocation(double collections, double edenKibibytes, double usedKibibytes) {

  static Allocation of(Program program) throws IOException, InterruptedException {
    Process jstat =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                "-gc",
                String.valueOf(program.pid()))
            .redirectErrorStream(true)
            .start();
    String said = new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jstat.waitFor();
    List<String> lines = said.lines().toList();
    if (lines.size() != 2) {
      throw new IOException("jstat does not say what is allocated: " + said);
    }
    List<String> names = Arrays.asList(lines.get(0).trim().split(" +", -1));
    String[] values = lines.get(1).trim().split(" +", -1);
    return new Allocation(
        Double.parseDouble(values[names.indexOf("YGC")]),
        Double.parseDouble(values[names.indexOf("EC")]),
        Double.parseDouble(values[names.indexOf("EU")]));
  }

  /** The bytes allocated since {@code before}. */
  double since(Allocation before) {
    return 1024
        * ((collections - before.collections) * edenKibibytes
            + usedKibibytes
            - before.usedKibibytes);
  }
}
