package dev.sallyport.doctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.url.Url;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a server's certificate is told apart. */
class CertificatesTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tls-expired, -10d, ip:127.0.0.1, expired at",
    "tls-not-yet-valid, +2d, ip:127.0.0.1, valid from",
    "tls-wrong-host, -1d, dns:photos.bar.com, 'is for photos.bar.com, not for 127.0.0.1'",
    "tls-self-signed, -1d, ip:127.0.0.1, signed by itself",
  })
  void ofItsOwn(String code, String start, String name, String told) throws Exception {
    Path store = directory.resolve("own.p12");
    make(store, "CN=server", start, "-ext", "san=" + name);
    assertTold(store, code, told);
  }

  @Test
  void ofAnAuthorityThatNobodyKnows() throws Exception {
    Path authority = directory.resolve("authority.p12");
    make(authority, "CN=Nobody", "-1d", "-ext", "bc:c");
    Path store = directory.resolve("own.p12");
    make(store, "CN=server", "-1d", "-ext", "san=ip:127.0.0.1");
    Path asked = directory.resolve("asked");
    Path signed = directory.resolve("signed");
    keytool(store, "-certreq", "-alias", "own", "-file", asked.toString());
    keytool(
        authority,
        "-gencert",
        "-alias",
        "own",
        "-ext",
        "san=ip:127.0.0.1",
        "-infile",
        asked.toString(),
        "-outfile",
        signed.toString());
    Path root = directory.resolve("root");
    keytool(authority, "-exportcert", "-alias", "own", "-file", root.toString());
    keytool(store, "-importcert", "-noprompt", "-alias", "root", "-file", root.toString());
    keytool(store, "-importcert", "-noprompt", "-alias", "own", "-file", signed.toString());
    assertTold(store, "tls-untrusted", "CN=Nobody");
  }

  private void make(Path store, String name, String start, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                name,
                "-startdate",
                start,
                "-validity",
                "5"));
    arguments.addAll(List.of(more));
    keytool(store, arguments.toArray(String[]::new));
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output;
    try (InputStream in = process.getInputStream()) {
      output = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static void assertTold(Path store, String code, String told) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    try (RawServer server =
        RawServer.start(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            request -> RawServer.answer(200))) {
      ProbeResult result =
          Probe.run(
              new ProbeRequest(
                  Url.parse("https://203.0.113.7/"),
                  false,
                  List.of(),
                  PageRequest.get(server.secureUrl("/")),
                  Profile.CHROMIUM,
                  false,
                  Duration.ofSeconds(5)));
      Finding first = result.findings().get(0);
      assertThat(Optional.of(first.code())).contains(code);
      assertThat(first.what()).contains(told).startsWith("Not CORS");
      assertThat(server.requests()).isEmpty();
    }
  }
}
