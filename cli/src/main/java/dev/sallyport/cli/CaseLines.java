package dev.sallyport.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Cases on standard input: a line each, answered by a line each. */
final class CaseLines {
  /** Answers one line. */
  @FunctionalInterface
  interface Answerer {
    /** Returns whether the line was a case. */
    boolean answer(byte[] line);
  }

  private CaseLines() {}

  /**
   * Answers until the input ends, or nobody reads the answers any more.
   *
   * @return the exit code
   */
  static int answerAll(InputStream from, PrintWriter out, Answerer answerer) throws IOException {
    InputStream in = new BufferedInputStream(from, 1 << 16);
    boolean allWereCases = true;
    for (byte @Nullable [] line = readLine(in); line != null; line = readLine(in)) {
      if (!isBlank(line)) {
        allWereCases &= answerer.answer(line);
      }
      // Whoever waits for an answer before asking again gets it; thousands in a file go in one.
      if (in.available() == 0 && out.checkError()) {
        break;
      }
    }
    return allWereCases ? Exit.FINE : Exit.USAGE;
  }

  /** The next line without its end; null after the last. */
  private static byte @Nullable [] readLine(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int b = first; b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toByteArray();
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
