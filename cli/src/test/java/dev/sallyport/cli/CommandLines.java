package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;

/** Reads commands as a shell does, as far as help and documents need it. */
final class CommandLines {
  private CommandLines() {}

  /** The lines with those that end in a backslash joined to the next. */
  static List<String> joined(List<String> lines) {
    List<String> joined = new ArrayList<>();
    String begun = "";
    for (String line : lines) {
      if (line.endsWith("\\")) {
        begun += line.substring(0, line.length() - 1);
      } else {
        joined.add(begun + line);
        begun = "";
      }
    }
    return joined;
  }

  /**
   * The arguments of a command, the first word left out; what follows a redirection, a pipe or a
   * comment is no argument.
   */
  static String[] arguments(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean inWord = false;
    for (char c : (command + " ").toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == ' ') {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else if (!inWord && "<>|#&;".indexOf(c) >= 0) {
        break;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    return words.subList(1, words.size()).toArray(String[]::new);
  }
}
