package dev.sallyport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumSearchTest {
  @TempDir private Path directory;

  @Test
  void theVariableWins() throws Exception {
    Path mine = script("mine", "exit 0");
    script("chromium", "exit 0");
    assertThat(
            search(Map.of("SALLYPORT_CHROMIUM", mine.toString(), "PATH", directory.toString()))
                .find())
        .isEqualTo(mine);
  }

  @Test
  void aVariableThatNamesNothingIsNotPassedOver() {
    assertThatThrownBy(search(Map.of("SALLYPORT_CHROMIUM", "/nowhere/chrome"))::find)
        .isInstanceOf(ChromiumSearch.MissingException.class)
        .hasMessage(
            "SALLYPORT_CHROMIUM is \"/nowhere/chrome\", and there is no program of that name. Let it be the path of a"
                + " Chromium or Chrome, or unset it.");
  }

  @Test
  void theInstallersLastLineIsThePath() throws Exception {
    Path chromium = script("somewhere", "exit 0");
    script("checkout/scripts/need", "echo installing; echo " + chromium);
    assertThat(search(Map.of(), directory.resolve("checkout")).find()).isEqualTo(chromium);
  }

  @Test
  void whereTheInstallerFindsNoneThereIsNone() throws Exception {
    script("checkout/scripts/need", "exit 1");
    assertThatThrownBy(search(Map.of(), directory.resolve("checkout"))::find)
        .isInstanceOf(ChromiumSearch.MissingException.class)
        .hasMessageContaining("apt-get install chromium");
  }

  @Test
  void withoutACheckoutThePathIsSearched() throws Exception {
    Path chromium = script("google-chrome", "exit 0");
    assertThat(search(Map.of("PATH", "/nowhere:" + directory)).find()).isEqualTo(chromium);
  }

  private static ChromiumSearch search(Map<String, String> variables) {
    return new ChromiumSearch(name -> Optional.ofNullable(variables.get(name)), Optional.empty());
  }

  private static ChromiumSearch search(Map<String, String> variables, Path home) {
    return new ChromiumSearch(name -> Optional.ofNullable(variables.get(name)), Optional.of(home));
  }

  private Path script(String name, String body) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
