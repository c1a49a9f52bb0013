package dev.sallyport.cli.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds a Chromium on this machine: the one that {@code SALLYPORT_CHROMIUM} names, else the one
 * that Sallyport's own installer finds or installs, else one on the path.
 */
public final class ChromiumSearch {
  private static final String VARIABLE = "SALLYPORT_CHROMIUM";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private static final List<String> PLACES =
      List.of(
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private final Function<String, Optional<String>> variables;
  private final Optional<Path> home;

  /** There is none; the message says what to install. */
  public static final class MissingException extends Exception {
    private static final long serialVersionUID = 1;

    private MissingException(String message) {
      super(message);
    }
  }

  /**
   * @param variables the environment's variables; empty for one that is not set
   * @param home Sallyport's checkout; empty when it runs from elsewhere
   */
  public ChromiumSearch(Function<String, Optional<String>> variables, Optional<Path> home) {
    this.variables = variables;
    this.home = home;
  }

  /**
   * The executable; when it has to be installed first, that takes a while and says so on stderr.
   */
  public Path find() throws MissingException {
    Optional<String> named = variables.apply(VARIABLE).filter(value -> !value.isEmpty());
    if (named.isPresent()) {
      Path executable = Path.of(named.get());
      if (Files.isRegularFile(executable) && Files.isExecutable(executable)) {
        return executable;
      }
      throw new MissingException(
          VARIABLE
              + " is \""
              + named.get()
              + "\", and there is no program of that name. Let it be the path of a Chromium or Chrome, or unset it.");
    }
    Optional<Path> installer =
        home.map(checkout -> checkout.resolve("scripts").resolve("need"))
            .filter(Files::isExecutable);
    Optional<Path> found =
        installer.isPresent()
            ? fromInstaller(installer.get())
            : onPath().or(ChromiumSearch::inPlace);
    return found.orElseThrow(
        () ->
            new MissingException(
                "there is no Chromium on this machine. Install one (Debian, Ubuntu: apt-get install chromium; Fedora: dnf"
                    + " install chromium; macOS: brew install --cask chromium), or let "
                    + VARIABLE
                    + " be the path of a Chromium or Chrome."));
  }

  /** It says on stderr what it does, and why it does not succeed. */
  private static Optional<Path> fromInstaller(Path installer) {
    try {
      Process process =
          new ProcessBuilder(installer.toString(), "chromium")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0 || printed.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(Path.of(printed.lines().reduce((first, last) -> last).orElseThrow()))
          .filter(Files::isExecutable);
    } catch (IOException e) {
      // A script that cannot be run finds nothing.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<Path> onPath() {
    String path = variables.apply("PATH").orElse("");
    return NAMES.stream()
        .flatMap(
            name ->
                List.of(path.split(File.pathSeparator, -1)).stream()
                    .filter(directory -> !directory.isEmpty())
                    .map(directory -> Path.of(directory, name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Optional<Path> inPlace() {
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }
}
