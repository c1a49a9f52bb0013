package dev.sallyport.oracle;

import dev.sallyport.fetch.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A real browser, and how it is started on a page that drives itself. */
enum Engine {
  CHROMIUM(Profile.CHROMIUM) {
    @Override
    List<String> command(String executable, Path home, Lab lab, String url) {
      return List.of(
          executable,
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-breakpad",
          "--remote-debugging-port=0",
          "--ignore-certificate-errors",
          "--host-resolver-rules=MAP * 127.0.0.1",
          "--user-data-dir=" + home.resolve("profile"),
          url);
    }
  },
  FIREFOX(Profile.FIREFOX) {
    @Override
    List<String> command(String executable, Path home, Lab lab, String url) throws IOException {
      Path profile = Files.createDirectories(home.resolve("profile"));
      Files.writeString(profile.resolve("user.js"), preferences());
      Files.writeString(profile.resolve("cert_override.txt"), exceptions(lab));
      return List.of(
          executable,
          "--headless",
          "--no-remote",
          "--remote-debugging-port",
          "0",
          "--profile",
          profile.toString(),
          url);
    }
  },
  WEBKIT(Profile.WEBKIT) {
    @Override
    List<String> command(String executable, Path home, Lab lab, String url) {
      return List.of(
          "xvfb-run",
          "-a",
          executable,
          "--private",
          "--ignore-tls-errors",
          "--proxy=http://127.0.0.1:" + lab.port(),
          url);
    }
  };

  private static final int WORKERS = 8;

  private final Profile profile;

  Engine(Profile profile) {
    this.profile = profile;
  }

  /** What models it. */
  Profile profile() {
    return profile;
  }

  abstract List<String> command(String executable, Path home, Lab lab, String url)
      throws IOException;

  private static String preferences() {
    StringBuilder lines = new StringBuilder();
    for (String off :
        List.of(
            "browser.shell.checkDefaultBrowser",
            "datareporting.policy.dataSubmissionEnabled",
            "app.normandy.enabled",
            "network.captive-portal-service.enabled",
            "network.connectivity-service.enabled",
            "browser.aboutwelcome.enabled",
            "browser.safebrowsing.update.enabled",
            "extensions.update.enabled")) {
      lines.append("user_pref(\"").append(off).append("\", false);\n");
    }
    lines.append("user_pref(\"services.settings.server\", \"data:,\");\n");
    lines.append("user_pref(\"network.dns.localDomains\", \"");
    return lines.append(String.join(",", CaseGenerator.HOSTS)).append("\");\n").toString();
  }

  /** The certificate, and where it is taken. */
  private static String exceptions(Lab lab) {
    StringBuilder lines = new StringBuilder();
    for (String host : CaseGenerator.HOSTS) {
      lines
          .append(host)
          .append(':')
          .append(lab.securePort())
          .append(":\tOID.2.16.840.1.101.3.4.2.1\t")
          .append(lab.certificate().fingerprint())
          .append("\t\n");
    }
    return lines.toString();
  }

  /** {@code SALLYPORT_CHROMIUM} and so on, which {@code ./check} sets to what it found. */
  String variable() {
    return "SALLYPORT_" + name();
  }

  /** Starts it on {@code lab}'s page. */
  Running start(Lab lab) throws IOException {
    return start(lab, "http://" + CaseGenerator.PAGE_HOST + ":" + lab.port(), WORKERS);
  }

  /** Starts it on {@code lab}'s page of https. */
  Running startSecure(Lab lab) throws IOException {
    return start(lab, secureOrigin(lab), WORKERS);
  }

  /** Starts it on {@code lab}'s page of https, which it takes for one of the internet. */
  Running startPublic(Lab lab) throws IOException {
    return open(lab, secureOrigin(lab) + "/page?workers=1&public");
  }

  private static String secureOrigin(Lab lab) {
    return "https://" + CaseGenerator.PAGE_HOST + ":" + lab.securePort();
  }

  /** Starts it on the page of an origin, which plays so many cases at the same time. */
  Running start(Lab lab, String origin, int workers) throws IOException {
    return open(lab, origin + "/page?workers=" + workers);
  }

  private Running open(Lab lab, String url) throws IOException {
    String executable = System.getenv(variable());
    if (executable == null) {
      throw new IOException(
          variable()
              + " does not name a "
              + name().toLowerCase(Locale.ROOT)
              + "; ./check finds or installs it, and sets it");
    }
    return new Running(this, executable, lab, url);
  }

  /** A browser that runs; closing ends it with all that it started. */
  static final class Running implements AutoCloseable {
    private final Path home;
    private final Process process;
    private final Thread atExit = new Thread(this::end);

    private Running(Engine engine, String executable, Lab lab, String url) throws IOException {
      home = Files.createTempDirectory("sallyport-" + engine.profile.keyword() + "-");
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(engine.command(executable, home, lab, url)));
      builder.redirectErrorStream(true).redirectOutput(home.resolve("output").toFile());
      builder.environment().put("HOME", home.toString());
      builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
      Runtime.getRuntime().addShutdownHook(atExit);
      process = builder.start();
    }

    /** Where it keeps what it knows. */
    Path profile() {
      return home.resolve("profile");
    }

    boolean isAlive() {
      return process.isAlive();
    }

    private void end() {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(each -> each.onExit().join());
      try (Stream<Path> files = Files.walk(home)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException | UncheckedIOException e) {
        // A file that went away by itself.
      }
    }

    @Override
    public void close() {
      end();
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }
}
