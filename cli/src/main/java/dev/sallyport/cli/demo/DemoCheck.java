package dev.sallyport.cli.demo;

import dev.sallyport.cli.demo.ProofDesk.Proof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** Has a real browser run the demonstration's page, and tells of each claim whether it holds. */
final class DemoCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final PrintWriter out;
  private final Ansi colours;
  private final boolean ascii;

  DemoCheck(PrintWriter out, Ansi colours, Function<String, Optional<String>> variables) {
    this.out = out;
    this.colours = colours;
    this.ascii = !isUtf8(variables);
  }

  /** Whether the locale's characters are Unicode's; the first of these that is set says it. */
  private static boolean isUtf8(Function<String, Optional<String>> variables) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .flatMap(name -> variables.apply(name).filter(value -> !value.isEmpty()).stream())
        .findFirst()
        .filter(locale -> locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8"))
        .isPresent();
  }

  /**
   * Runs it; one line for each claim.
   *
   * @return how many claims do not hold
   * @throws Chromium.NoReportException when the page does not come to the end
   */
  int run(Path chromium) throws IOException, InterruptedException, Chromium.NoReportException {
    ProofDesk proofs = new ProofDesk();
    long end = System.nanoTime() + PATIENCE.toNanos();
    int failures = 0;
    try (Demo demo = new Demo(proofs);
        Chromium browser = Chromium.open(chromium, demo.page() + "/?check")) {
      for (Claim claim : Claim.values()) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        failures += tell(browser.await(proofs.of(claim), left));
      }
    }
    return failures;
  }

  /** The number of failures in it: 0 or 1. */
  private int tell(Proof proof) {
    Claim claim = proof.claim();
    boolean holds = proof.seen() == claim.expected();
    String line = claim.text() + ": " + claim.expected().words();
    if (!holds) {
      line =
          claim.text()
              + ": expected \""
              + claim.expected().words()
              + "\", saw \""
              + proof.seen().words()
              + "\": "
              + proof.detail();
    }
    out.println(sign(holds) + " " + (ascii ? plain(line) : line));
    out.flush();
    return holds ? 0 : 1;
  }

  private String sign(boolean holds) {
    if (ascii) {
      return holds ? "ok  " : "FAIL";
    }
    return colours.string(holds ? "@|green ✓|@" : "@|red ✗|@");
  }

  /** What the page shows has typographer's quotes. */
  private static String plain(String line) {
    return line.replace('’', '\'').replaceAll("[“”]", "\"").replaceAll("[^\\x20-\\x7E]", "?");
  }
}
