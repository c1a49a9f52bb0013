package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.AccessLogging.Format;
import dev.sallyport.gateway.config.AccessLogging.Output;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Printable;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code accessLog}: a format, or a mapping of format and where it goes. */
final class AccessLogReader {
  private static final String EXAMPLE = "{format: json, to: access.log}";
  private static final Format[] OWN = {Format.JSON, Format.COMMON, Format.COMBINED};

  private AccessLogReader() {}

  /** What is written; lines for people if {@code accessLog} is not written. */
  static AccessLogging read(Reading reading, Optional<Value> value) {
    return value.flatMap(each -> read(reading, each)).orElse(AccessLogging.TEXT);
  }

  private static Optional<AccessLogging> read(Reading reading, Value value) {
    if (value instanceof Mapping) {
      return Fields.open(reading, value, Keys.ACCESS_LOG, "accessLog", EXAMPLE)
          .flatMap(fields -> read(reading, fields));
    }
    return reading
        .choice(value, "accessLog", Format.values(), AccessLogReader::keyword)
        .map(
            format ->
                format == Format.TEXT
                    ? AccessLogging.TEXT
                    : new AccessLogging(format, Output.STDOUT, Optional.empty()));
  }

  private static Optional<AccessLogging> read(Reading reading, Fields fields) {
    Format format = fields.choice("format", OWN, AccessLogReader::keyword).orElse(Format.JSON);
    return fields.get("to").isEmpty()
        ? Optional.of(new AccessLogging(format, Output.STDOUT, Optional.empty()))
        : fields.text("to", "access.log").flatMap(to -> read(reading, format, to));
  }

  private static Optional<AccessLogging> read(Reading reading, Format format, Scalar to) {
    String name = to.text();
    if (name.equals("stdout") || name.equals("stderr")) {
      Output stream = name.equals("stdout") ? Output.STDOUT : Output.STDERR;
      return Optional.of(new AccessLogging(format, stream, Optional.empty()));
    }
    try {
      if (!name.isBlank()) {
        return Optional.of(
            new AccessLogging(
                format,
                Output.FILE,
                Optional.of(reading.directory().resolve(name).normalize().toAbsolutePath())));
      }
    } catch (InvalidPathException notOne) {
      // Said below.
    }
    reading.error(
        to.place(),
        "to \""
            + Printable.of(name)
            + "\" cannot be the name of a file. Write one such as access.log, or stdout or stderr.");
    return Optional.empty();
  }

  static String keyword(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
