package dev.sallyport.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Styles a piece of text, where styles are shown. */
final class Colours {
  private Colours() {}

  /** {@code text} in {@code style}; as it is where {@code ansi} is off. */
  static String of(Ansi ansi, Style style, String text) {
    // The end of one style alone, which picocli would write after bold, underlines on Linux.
    return ansi.enabled() ? style.on() + text + Style.reset.on() : text;
  }

  /** {@code text} in bold. */
  static String bold(Ansi ansi, String text) {
    return of(ansi, Style.bold, text);
  }
}
