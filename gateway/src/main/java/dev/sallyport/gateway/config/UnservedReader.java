package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Scalar;

/**
 * Checks the key that has its place in the configuration and that this version does not serve. It
 * only ever opens something, so that ignoring it is safe; it is told, so that nobody waits for it.
 */
final class UnservedReader {
  private UnservedReader() {}

  static void check(Reading reading, Fields fields) {
    fields.get("admin").ifPresent(value -> checkAdmin(reading, value, fields));
  }

  private static void checkAdmin(Reading reading, Value value, Fields fields) {
    boolean off =
        value instanceof Scalar scalar && scalar.kind() == Kind.TEXT && scalar.text().equals("off");
    if (!off && Address.read(reading, value, "admin").isPresent()) {
      reading.warning(
          fields.keyPlace("admin"),
          "admin is not served by this version: nothing is opened. Remove it to be rid of this warning.");
    }
  }
}
