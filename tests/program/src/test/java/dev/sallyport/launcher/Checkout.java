package dev.sallyport.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small checkout with the real scripts, in a directory with a blank in its name, where Java and
 * Maven are scripts that record how they were called. A command started in it sees nothing else of
 * this machine: PATH holds these, and the system's tools that the scripts are known to use.
 */
final class Checkout {
  /**
   * What the scripts may start. One more here is one more thing that a user's machine must have.
   */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "awk",
          "cat",
          "cksum",
          "cmp",
          "cp",
          "date",
          "dirname",
          "find",
          "grep",
          "head",
          "id",
          "ln",
          "ls",
          "mkdir",
          "mv",
          "paste",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sleep",
          "sort",
          "tail",
          "tr",
          "uname");

  /**
   * Lists its arguments, a line each; makes the archive it is asked for; waits for its input when
   * told to.
   */
  private static final String JAVA =
      """
      #!/bin/sh
      for argument in "$@"; do
        case $argument in
          -XX:AOTCacheOutput=* | -XX:ArchiveClassesAtExit=*) archive=${argument#*=} ;;
        esac
        last=$argument
      done
      if [ -n "${archive-}" ]; then
        echo "$0 $last" >>"$RECORDS/trainings"
        if [ -f "$RECORDS/fails-$last" ]; then exit 2; fi
        echo classes >"$archive"
        exit 0
      fi
      echo "java $0"
      echo "directory $PWD"
      for argument in "$@"; do printf '[%s]\\n' "$argument"; done
      if [ -f "$RECORDS/java-waits" ]; then cat; fi
      """;

  /** Makes two jars; or waits, or fails, when told to. */
  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$1" = --version ]; then
        cat "$RECORDS/maven-version"
        exit 0
      fi
      echo "$JAVA_HOME $*" >>"$RECORDS/builds"
      ls -d core/target/classes >>"$RECORDS/classes-found" 2>/dev/null
      while [ -f "$RECORDS/maven-waits" ]; do sleep 0.1; done
      if [ -f "$RECORDS/maven-fails" ]; then
        cat "$RECORDS/maven-fails"
        exit 1
      fi
      echo '[INFO] Building Sallyport core 0.1.0                                      [1/2]'
      for reports in "$RECORDS"/reports/*; do
        if [ -d "$reports" ]; then
          mkdir -p core/target/surefire-reports
          cp "$reports"/* core/target/surefire-reports
        fi
      done
      mkdir -p core/target/classes extras/target cli/target/sallyport/lib
      echo jar >core/target/sallyport-core-0.1.0.jar
      echo jar >extras/target/sallyport-extras-0.1.0.jar
      echo jar >cli/target/sallyport/lib/sallyport-core-0.1.0.jar
      echo jar >cli/target/sallyport/lib/sallyport-cli-0.1.0.jar
      """;

  private final Path temporary;
  private final Path root;
  private final Path programs;

  Checkout(Path temporary) {
    this.temporary = realPath(temporary);
    this.root = this.temporary.resolve("a checkout");
    this.programs = this.temporary.resolve("bin");
    Path original = original();
    for (String script : List.of("sallyport", "check")) {
      copy(original.resolve(script), root.resolve(script));
    }
    for (Path script : list(original.resolve("scripts"))) {
      copy(script, root.resolve("scripts").resolve(script.getFileName()));
    }
    write(
        "pom.xml",
        """
        <project>
          <modules>
            <module>core</module>
            <module>extras</module>
            <module>cli</module>
            <module>tests/program</module>
          </modules>
        </project>
        """);
    for (String module : List.of("core", "extras", "cli", "tests/program")) {
      write(module + "/pom.xml", "<project/>");
    }
    for (String module : List.of("core", "extras", "cli")) {
      write(module + "/src/main/java/Some.java", "class Some {}");
      write(module + "/src/test/java/SomeTest.java", "class SomeTest {}");
    }
    for (String tool : TOOLS) {
      program(programs.resolve(tool), "#!/bin/sh\nexec " + toolOnPath(tool) + " \"$@\"\n");
    }
    record(
        "maven-version",
        "Apache Maven 3.9.9 (8e8579a9e76f7d015ee5ec7bfcdc97d260186937)\nJava version: 17\n");
    program(programs.resolve("mvn"), MAVEN);
  }

  Path root() {
    return root;
  }

  /** The directory that holds everything of this test. */
  Path temporary() {
    return temporary;
  }

  Path script() {
    return root.resolve("sallyport");
  }

  Path programs() {
    return programs;
  }

  /** A JDK of this version where the launcher looks for them. */
  Path jdk(String version) {
    return jdk(temporary.resolve("jdks").resolve(version), version);
  }

  Path jdk(Path directory, String version) {
    jre(directory, version);
    program(directory.resolve("bin/javac"), "#!/bin/sh\n");
    return directory;
  }

  /** One without a compiler. */
  Path jre(Path directory, String version) {
    program(directory.resolve("bin/java"), JAVA);
    write(
        directory.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return directory;
  }

  Path write(String path, String content) {
    return write(root.resolve(path), content);
  }

  /** Tells the programs of this checkout how to behave: see {@link #JAVA} and {@link #MAVEN}. */
  void record(String name, String content) {
    write(temporary.resolve("records").resolve(name), content);
  }

  void erase(String name) {
    delete(temporary.resolve("records").resolve(name));
  }

  /** What the programs wrote down under this name, a line for each call. */
  List<String> records(String name) {
    Path file = temporary.resolve("records").resolve(name);
    return Files.exists(file) ? read(file).lines().toList() : List.of();
  }

  List<String> builds() {
    return records("builds");
  }

  /** A call of the launcher, with this environment and no other. */
  Call call(String... arguments) {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(List.of(arguments));
    return new Call(
        command,
        temporary,
        new TreeMap<>(
            Map.of(
                "PATH", programs.toString(),
                "HOME", temporary.resolve("home").toString(),
                "SALLYPORT_JDKS", temporary.resolve("jdks").toString(),
                "RECORDS", temporary.resolve("records").toString())),
        temporary.resolve("records"));
  }

  static Path link(Path link, Path target) {
    try {
      Files.createDirectories(link.getParent());
      return Files.createSymbolicLink(link, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void append(Path file, String content) {
    try {
      Files.writeString(file, content, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void program(Path file, String script) {
    write(file, script);
    if (!file.toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot make " + file + " executable");
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The checkout these tests are part of: the nearest directory upwards that holds the launcher.
   */
  /** The checkout that this test is in. */
  static Path original() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.isRegularFile(directory.resolve("sallyport"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException(
          "no directory from " + Path.of("").toAbsolutePath() + " upwards holds ./sallyport");
    }
    return directory;
  }

  private static Path toolOnPath(String tool) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      Path program = Path.of(directory, tool);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    throw new IllegalStateException("no " + tool + " on PATH");
  }
}
