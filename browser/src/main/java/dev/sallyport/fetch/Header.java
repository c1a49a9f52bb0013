package dev.sallyport.fetch;

import java.util.Locale;

/** One line of a message's header: a name, in the case in which it was given, and a value. */
public record Header(String name, String value) {
  /** The name in lower case. */
  String lowerCaseName() {
    return name.toLowerCase(Locale.ROOT);
  }
}
