package dev.sallyport.gateway.config;

import dev.sallyport.origin.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** A configuration file: YAML 1.2 in UTF-8, as {@code docs/configuration.md} describes. */
public final class ConfigFile {
  /** Ten thousand routes fit. */
  static final int MOST_BYTES = 4 << 20;

  private ConfigFile() {}

  /**
   * Reads a file and checks all of it. Nothing that it holds is thrown: every problem is in the
   * result.
   *
   * @param file its name stands before each problem as it is given here
   * @param env the value of an environment variable, empty when it is not set
   */
  public static ConfigResult read(Path file, Function<String, Optional<String>> env) {
    Problems problems = new Problems();
    Path parent = file.toAbsolutePath().getParent();
    Reading reading = new Reading(problems, parent == null ? file : parent, env);
    return parse(file.toString(), text(file, problems), reading);
  }

  /**
   * Reads what another program writes, as {@link #read(Path, Function)} reads a file. Relative
   * names in it begin in the directory of this process.
   *
   * @param name stands before each problem
   * @throws IOException when {@code in} cannot be read
   */
  public static ConfigResult read(
      String name, InputStream in, Function<String, Optional<String>> env) throws IOException {
    Problems problems = new Problems();
    Reading reading = new Reading(problems, Path.of("").toAbsolutePath(), env);
    return parse(name, text(name, in, problems), reading);
  }

  private static ConfigResult parse(String source, Optional<String> text, Reading reading) {
    return text.map(each -> parse(source, each, reading))
        .orElseGet(() -> new ConfigResult(Optional.empty(), reading.problems().sorted()));
  }

  private static ConfigResult parse(String source, String text, Reading reading) {
    Problems problems = reading.problems();
    Optional<Value> value = YamlReader.read(source, text, problems);
    if (value.isEmpty() || isNothing(value.get())) {
      if (!problems.hasErrors()) {
        GatewayReader.tellEmpty(problems, new Place(source, 1, 1));
      }
      return new ConfigResult(Optional.empty(), problems.sorted());
    }
    return new GatewayReader(reading).read(value.get());
  }

  private static boolean isNothing(Value value) {
    return value instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.NULL;
  }

  private static Optional<String> text(Path file, Problems problems) {
    Place whole = Place.whole(file.toString());
    if (Files.isDirectory(file)) {
      problems.error(whole, "this is a directory. Name the file in it, such as sallyport.yaml.");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return text(file.toString(), in, problems);
    } catch (NoSuchFileException e) {
      problems.error(
          whole,
          "there is no such file. Check the name; relative names begin in "
              + Printable.of(Path.of("").toAbsolutePath().toString())
              + ".");
    } catch (AccessDeniedException e) {
      problems.error(
          whole, "the file may not be read by this user. Change its owner or its permissions.");
    } catch (IOException e) {
      problems.error(
          whole,
          "the file cannot be read ("
              + Printable.of(String.valueOf(e.getMessage()))
              + "). Check the disk it is on.");
    }
    return Optional.empty();
  }

  private static Optional<String> text(String source, InputStream in, Problems problems)
      throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      problems.error(
          Place.whole(source),
          "the file is larger than 4 MiB, and no configuration is. Name the right file, or split it over several"
              + " gateways.");
      return Optional.empty();
    }
    return decode(bytes, source, problems);
  }

  private static Optional<String> decode(byte[] bytes, String source, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (!result.isError()) {
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
    int lineStart = text.lastIndexOf('\n') + 1;
    problems.error(
        new Place(
            source,
            (int) text.chars().filter(c -> c == '\n').count() + 1,
            text.codePointCount(lineStart, text.length()) + 1),
        "the file is not UTF-8 from here on. Save it as UTF-8.");
    return Optional.empty();
  }
}
