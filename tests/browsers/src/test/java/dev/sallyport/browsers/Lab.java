package dev.sallyport.browsers;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cli.demo.Chromium;
import dev.sallyport.cli.demo.ChromiumSearch;
import dev.sallyport.cli.demo.Exchange;
import dev.sallyport.cli.demo.WallFont;
import dev.sallyport.cli.demo.Wiretap;
import dev.sallyport.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything between a page and an API, by names: pages on their hosts, the API as {@code
 * photos.bar.com}, the built program's gateway as {@code gate.example.com}, with a tap before it
 * that sees the preflights; and what one run of all cases in Chromium showed.
 */
final class Lab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Upstream upstream;
  private final Program program;
  private final Wiretap tap;
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final Socket asleep;
  private final Map<String, String> seen;

  private Lab(List<Case> cases, Path directory) throws Exception {
    HttpServer pages = Pages.bind();
    int pagePort = pages.getAddress().getPort();
    this.upstream = Upstream.start(WallFont.trueType());
    this.asleep = new Socket();
    asleep.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Path file = Files.writeString(directory.resolve("sallyport.yaml"), configuration(pagePort));
    this.program = Program.start("serve", "--config", file.toString());
    InetSocketAddress gateway =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), program.port());
    this.tap = Wiretap.listen(0, gateway, exchanges::add);
    Map<String, String> constants =
        Map.of(
            "api", "http://photos.bar.com:" + upstream.port(),
            "gate", "http://gate.example.com:" + tap.port(),
            "sibling", "http://gate.foo.com:" + tap.port());
    try (Pages served = Pages.serve(pages, constants, cases);
        Chromium browser = Chromium.open(chromium(), served.start())) {
      this.seen = browser.await(served.report(), PATIENCE);
    }
  }

  /** Starts everything and has Chromium run the cases. */
  static Lab run(List<Case> cases, Path directory) throws Exception {
    return new Lab(cases, directory);
  }

  static Path chromium() throws ChromiumSearch.MissingException {
    return new ChromiumSearch(
            name -> Optional.ofNullable(System.getenv(name)),
            Optional.ofNullable(System.getProperty("sallyport.root")).map(Path::of))
        .find();
  }

  private String configuration(int pagePort) throws IOException {
    try (InputStream in = Lab.class.getResourceAsStream("sallyport.yaml")) {
      return new String(
              Objects.requireNonNull(in).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .replace("PAGES", Integer.toString(pagePort))
          .replace("UPSTREAM", Integer.toString(upstream.port()))
          .replace("ASLEEP", Integer.toString(asleep.getLocalPort()));
    }
  }

  /** What the page's script saw in a case; says so when the page never came to it. */
  String seen(Case of) {
    return seen.getOrDefault(of.name(), "the page did not come to it");
  }

  /** What went over the wire between browser and gateway for a target, in order. */
  List<Exchange> exchanges(String target) {
    return exchanges.stream().filter(exchange -> exchange.target().equals(target)).toList();
  }

  /** The methods of these exchanges, in order. */
  List<String> methods(String target) {
    return exchanges(target).stream().map(Exchange::method).toList();
  }

  Upstream upstream() {
    return upstream;
  }

  Program program() {
    return program;
  }

  @Override
  public void close() throws IOException {
    tap.close();
    program.close();
    upstream.close();
    asleep.close();
  }
}
