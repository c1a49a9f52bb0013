package dev.sallyport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Whether an output of this process may be coloured. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether the output with this number goes to a terminal that shows colours, and nobody asked for
   * none.
   *
   * @param descriptor 1 for standard output, 2 for standard error
   * @see <a href="https://no-color.org/">NO_COLOR</a>
   */
  static boolean isColoured(int descriptor, Function<String, Optional<String>> variables) {
    return variables.apply("NO_COLOR").filter(value -> !value.isEmpty()).isEmpty()
        && variables.apply("TERM").filter(value -> !value.equals("dumb")).isPresent()
        && isTerminal(descriptor);
  }

  /**
   * Linux says of each output what it is. Elsewhere Java only says whether input and output both
   * are a terminal, and from JDK 22 on not even that: there nothing is coloured unless it does.
   */
  @SuppressWarnings("SystemConsoleNull") // not asked where it says nothing
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (Files.isSymbolicLink(link)) {
      try {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      } catch (IOException e) {
        return false;
      }
    }
    return Runtime.version().feature() < 22 && System.console() != null;
  }
}
