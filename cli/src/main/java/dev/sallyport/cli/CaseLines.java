package dev.sallyport.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Arrays;
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
    Lines lines = new Lines(from);
    boolean allWereCases = true;
    for (byte @Nullable [] line = lines.next(); line != null; line = lines.next()) {
      if (!isBlank(line)) {
        allWereCases &= answerer.answer(line);
      }
      // Whoever waits for an answer before asking again gets it; thousands in a file go in one.
      if (!lines.isMoreThere() && out.checkError()) {
        break;
      }
    }
    return allWereCases ? Exit.FINE : Exit.USAGE;
  }

  /** Cuts what comes into lines, many of them from one look at the input. */
  private static final class Lines {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    Lines(InputStream in) {
      this.in = in;
    }

    /** Whether there is something that can be read without waiting. */
    boolean isMoreThere() throws IOException {
      return start < end || in.available() > 0;
    }

    /** The next line without its end; null after the last. */
    byte @Nullable [] next() throws IOException {
      ByteArrayOutputStream begun = null;
      while (true) {
        if (start == end) {
          start = 0;
          end = Math.max(0, in.read(buffer));
          if (end == 0) {
            return begun == null ? null : begun.toByteArray();
          }
        }
        int at = start;
        while (at < end && buffer[at] != '\n') {
          at++;
        }
        boolean isWhole = at < end;
        int from = start;
        start = isWhole ? at + 1 : at;
        if (isWhole && begun == null) {
          return Arrays.copyOfRange(buffer, from, at);
        }
        begun = begun == null ? new ByteArrayOutputStream() : begun;
        begun.write(buffer, from, at - from);
        if (isWhole) {
          return begun.toByteArray();
        }
      }
    }
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
