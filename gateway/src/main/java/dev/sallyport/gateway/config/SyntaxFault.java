package dev.sallyport.gateway.config;

import dev.sallyport.origin.Printable;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a text is not YAML, in words for somebody who does not know how YAML is parsed.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong and how to mend it
 */
record SyntaxFault(int line, int column, String message) {

  static SyntaxFault of(MarkedYamlEngineException e, List<String> lines) {
    return new Explanation(e, lines).explain();
  }

  /**
   * What the parser said, taken apart. Its sentences are the only sign of which fault it met; one
   * that is not known is passed on as it is.
   */
  private static final class Explanation {
    private final String context;
    private final String problem;
    private final Optional<Mark> contextMark;
    private final Optional<Mark> problemMark;
    private final List<String> lines;

    Explanation(MarkedYamlEngineException e, List<String> lines) {
      this.context = e.getContext() == null ? "" : e.getContext();
      this.problem = e.getProblem() == null ? "" : e.getProblem();
      this.contextMark = e.getContextMark();
      this.problemMark = e.getProblemMark().or(e::getContextMark);
      this.lines = lines;
    }

    SyntaxFault explain() {
      return ipv6()
          .or(this::tab)
          .or(this::alias)
          .or(this::quote)
          .or(this::key)
          .or(this::flow)
          .or(this::indentation)
          .or(this::document)
          .orElseGet(() -> atProblem("this is not YAML: " + Printable.of(problem) + "."));
    }

    /** {@code listen: [::1]:8080}, which begins a list. */
    private Optional<SyntaxFault> ipv6() {
      String line = line(problemMark);
      int open = line.indexOf(" [") + 1;
      int close = open + 1;
      while (close < line.length() && isIpv6(line.charAt(close))) {
        close++;
      }
      if (open == 0 || !line.startsWith("]:", close)) {
        return Optional.empty();
      }
      int end = close + 2;
      while (end < line.length() && Character.isDigit(line.charAt(end))) {
        end++;
      }
      return Optional.of(
          new SyntaxFault(
              row(problemMark),
              line.codePointCount(0, open) + 1,
              "\"[\" begins a list in YAML. Write the address in quotes: \""
                  + Printable.of(line.substring(open, end))
                  + "\"."));
    }

    private static boolean isIpv6(char c) {
      return c == ':' || c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private Optional<SyntaxFault> tab() {
      if (!problem.contains("(TAB)")) {
        return Optional.empty();
      }
      String before = upTo(problemMark);
      return Optional.of(
          atProblem(
              before.isBlank()
                  ? "a tab cannot indent in YAML. Indent with blanks."
                  : "a tab cannot stand here in YAML. Write a blank instead."));
    }

    private Optional<SyntaxFault> alias() {
      if (context.equals("while scanning an alias") || context.equals("while scanning an anchor")) {
        char sign = context.endsWith("alias") ? '*' : '&';
        return Optional.of(
            at(
                contextMark,
                "\""
                    + sign
                    + "\" begins an "
                    + (sign == '*' ? "alias" : "anchor")
                    + " in YAML. If it is meant as text, write the value in quotes, such as \""
                    + sign
                    + "\"."));
      }
      if (problem.startsWith("found undefined alias ")) {
        String name = Printable.of(problem.substring("found undefined alias ".length()));
        return Optional.of(
            atProblem(
                "*"
                    + name
                    + " is an alias in YAML, and there is no anchor &"
                    + name
                    + " before it. If it is meant as text, write \"*"
                    + name
                    + "\"."));
      }
      return Optional.empty();
    }

    private Optional<SyntaxFault> quote() {
      if (context.contains("quoted scalar") && problem.startsWith("found unexpected")) {
        return Optional.of(
            at(
                contextMark,
                "the quote that opens here is never closed. Close it on the same line."));
      }
      if (problem.startsWith("found unknown escape character")) {
        return Optional.of(
            atProblem(
                "a backslash in double quotes begins an escape, and this is none. Write \\\\ for a backslash,"
                    + " or use single quotes."));
      }
      if (problem.contains("cannot start any token")) {
        String sign = Printable.of(at(problemMark).map(String::valueOf).orElse(""));
        return Optional.of(
            atProblem("\"" + sign + "\" cannot begin a value in YAML. Write the value in quotes."));
      }
      return Optional.empty();
    }

    private Optional<SyntaxFault> key() {
      if (problem.equals("could not find expected ':'")) {
        String word = line(contextMark).strip();
        int colon = word.indexOf(':');
        if (colon >= 0) {
          // What stands behind it may be a password.
          String name = Printable.of(word.substring(0, colon));
          return Optional.of(
              at(
                  contextMark,
                  "a blank is missing after \"" + name + ":\". Write it between colon and value."));
        }
        return Optional.of(
            at(
                contextMark,
                "\""
                    + Printable.of(word)
                    + "\" is no key without a colon. Write \""
                    + Printable.of(word)
                    + ":\", or indent it below the key that it belongs to."));
      }
      if (problem.equals("mapping values are not allowed here")) {
        return Optional.of(
            atProblem(
                "a colon and a blank begin a value, and none can begin here. Write a value that holds \": \" in"
                    + " quotes; a key stands on a line of its own, below the keys beside it, and ends in a"
                    + " colon."));
      }
      if (problem.equals("sequence entries are not allowed here")) {
        return Optional.of(
            atProblem(
                "\"-\" begins an element of a list, and none can begin here. Write it on a line of its own,"
                    + " below the key."));
      }
      return Optional.empty();
    }

    private Optional<SyntaxFault> flow() {
      boolean list = problem.startsWith("expected ',' or ']'");
      if (list || problem.startsWith("expected ',' or '}'")) {
        String closing = list ? "]" : "}";
        String begun =
            contextMark
                .map(
                    mark ->
                        " that begins in line "
                            + (mark.getLine() + 1)
                            + ", column "
                            + (mark.getColumn() + 1))
                .orElse("");
        String fix =
            upTo(problemMark).endsWith("$")
                ? " Write a value with ${...} in quotes."
                : " Close it, or put a comma between its elements.";
        return Optional.of(
            atProblem(
                "\""
                    + closing
                    + "\" or a comma is missing before this in the "
                    + (list ? "list" : "mapping")
                    + begun
                    + "."
                    + fix));
      }
      if (problem.startsWith("expected the node content")) {
        String sign = Printable.of(at(problemMark).map(String::valueOf).orElse(""));
        return Optional.of(
            atProblem(
                "a value is missing before \""
                    + sign
                    + "\". If it is meant as text, write it in quotes."));
      }
      return Optional.empty();
    }

    private Optional<SyntaxFault> indentation() {
      if (!problem.startsWith("expected <block end>")
          && !problem.startsWith("expected '<document start>'")) {
        return Optional.empty();
      }
      char sign = at(problemMark).orElse(' ');
      if (sign == ']' || sign == '}') {
        return Optional.of(atProblem("\"" + sign + "\" closes nothing. Remove it."));
      }
      return Optional.of(
          atProblem(
              upTo(problemMark).isBlank()
                  ? "this stands neither below what it belongs to nor in line with what is beside it. Give keys of one"
                      + " mapping, and elements of one list, the same indentation."
                  : "the value ended before this. Put the whole value into one pair of quotes; a quote within"
                      + " single quotes is written twice."));
    }

    private Optional<SyntaxFault> document() {
      return problem.equals("but found another document")
          ? Optional.of(
              atProblem(
                  "a second document begins here, and a configuration is one. Remove this line."))
          : Optional.empty();
    }

    private SyntaxFault atProblem(String message) {
      return at(problemMark, message);
    }

    private SyntaxFault at(Optional<Mark> mark, String message) {
      return new SyntaxFault(row(mark), mark.map(Mark::getColumn).orElse(0) + 1, message);
    }

    private static int row(Optional<Mark> mark) {
      return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private String line(Optional<Mark> mark) {
      int row = row(mark);
      return row <= lines.size() ? lines.get(row - 1) : "";
    }

    /** What stands before the mark in its line. */
    private String upTo(Optional<Mark> mark) {
      String line = line(mark);
      int column = mark.map(Mark::getColumn).orElse(0);
      return line.codePointCount(0, line.length()) >= column
          ? line.substring(0, line.offsetByCodePoints(0, column))
          : line;
    }

    /** The character at the mark; empty at the end of a line. */
    private Optional<Character> at(Optional<Mark> mark) {
      String line = line(mark);
      int index = upTo(mark).length();
      return index < line.length() ? Optional.of(line.charAt(index)) : Optional.empty();
    }
  }
}
