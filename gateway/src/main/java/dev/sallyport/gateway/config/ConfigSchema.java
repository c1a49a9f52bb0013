package dev.sallyport.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema of the configuration file, for editors: they complete keys, show what each means,
 * and mark what cannot be right.
 *
 * <p>It knows the form only. Whether a pattern is safe, a variable set or a file there, {@link
 * ConfigFile} tells.
 */
public final class ConfigSchema {
  private static final String RESOURCE = "sallyport.schema.json";

  private ConfigSchema() {}

  /** The schema, of draft 2020-12. */
  public static String json() {
    try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
