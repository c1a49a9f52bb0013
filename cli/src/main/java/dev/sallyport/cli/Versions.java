package dev.sallyport.cli;

import dev.sallyport.origin.PublicSuffixes;
import io.netty.util.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** What {@code sallyport --version} shows. */
final class Versions implements IVersionProvider {

  /** The version of Sallyport itself, as the build wrote it down. */
  static String sallyport() {
    try (InputStream in = Versions.class.getResourceAsStream("version.txt")) {
      if (in == null) {
        throw new IllegalStateException("the build left out version.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String netty() {
    Version version = Version.identify(Versions.class.getClassLoader()).get("netty-common");
    return version == null ? "unknown" : version.artifactVersion();
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "sallyport           " + sallyport(),
      "JDK                 " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
      "Netty               " + netty(),
      "Public Suffix List  " + PublicSuffixes.get().version()
    };
  }
}
