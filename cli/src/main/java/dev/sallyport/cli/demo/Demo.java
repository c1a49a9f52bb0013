package dev.sallyport.cli.demo;

import dev.sallyport.cli.demo.LocalServer.Answerer;
import dev.sallyport.cli.demo.LocalServer.Reply;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The demonstration, running: the page, the API, the gateway between them, and a stranger's page
 * that the gateway's policy does not allow.
 *
 * <p>The page and the gateway are called {@code localhost}, so that cookies go between them as
 * between two hosts of one site; the API and the stranger are called {@code 127.0.0.1}, which to a
 * browser is another site.
 */
final class Demo implements AutoCloseable {
  private static final int PAGE_PORT = 8640;
  private static final int API_PORT = 8641;
  private static final int GATEWAY_PORT = 8642;
  private static final int STRANGER_PORT = 8643;

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Journal journal = new Journal();
  private final String page;
  private final String api;
  private final String gateway;
  private final String stranger;

  /**
   * Starts it.
   *
   * @param proofs is told what came of each try when the page is opened to be checked
   */
  Demo(ProofDesk proofs) throws IOException {
    try {
      int pagePort = Loopback.freePort(PAGE_PORT);
      this.page = "http://localhost:" + pagePort;
      int apiPort = Loopback.freePort(API_PORT);
      startApi(apiPort);
      this.api = "http://127.0.0.1:" + apiPort;
      Socket asleep = holdPort();
      int gatewayPort = Loopback.freePort(GATEWAY_PORT);
      String configuration =
          DemoGateway.configuration(
              gatewayPort, page, api, "http://127.0.0.1:" + asleep.getLocalPort());
      tap("gateway", gatewayPort, keep(DemoGateway.start(configuration, journal)).address());
      this.gateway = "http://localhost:" + gatewayPort;
      int strangerPort = Loopback.freePort(STRANGER_PORT);
      startStranger(strangerPort);
      this.stranger = "http://127.0.0.1:" + strangerPort;
      startPage(pagePort, configuration, proofs);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The page's origin; the page is at its root. */
  String page() {
    return page;
  }

  String api() {
    return api;
  }

  String gateway() {
    return gateway;
  }

  String stranger() {
    return stranger;
  }

  private <T extends AutoCloseable> T keep(T server) {
    running.push(server);
    return server;
  }

  private void startApi(int port) throws IOException {
    PhotoApi photos = new PhotoApi(PageSite.resource("peace.svg"), WallFont.trueType());
    tap("api", port, keep(LocalServer.start(0, photos)).address());
  }

  /**
   * Stands before a server on the port that browsers know: what a page cannot see of its own calls
   * is on the wire.
   */
  private void tap(String name, int port, InetSocketAddress server) throws IOException {
    keep(Wiretap.listen(port, server, exchange -> journal.saw(name, exchange)));
  }

  /** Holds a port on which nobody listens: whoever calls it is told so at once. */
  private Socket holdPort() throws IOException {
    Socket held = keep(new Socket());
    held.bind(new InetSocketAddress(Loopback.address(), 0));
    return held;
  }

  private void startStranger(int port) throws IOException {
    PageSite site =
        new PageSite(
            "stranger.html",
            Set.of("stranger.css", "stranger.js"),
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
                + gateway
                + "; frame-ancestors "
                + page,
            Map.of());
    keep(LocalServer.start(port, site));
  }

  private void startPage(int port, String configuration, ProofDesk proofs) throws IOException {
    Map<String, Answerer> made =
        Map.of(
            "GET /demo.json",
            request -> Reply.json(200, description(configuration)),
            "GET /journal",
            request -> Reply.json(200, journal.json(since(request.query()))),
            "POST /proof",
            proofs);
    PageSite site =
        new PageSite(
            "index.html",
            Set.of(
                "page.css",
                "picture.css",
                "demo.js",
                "dom.js",
                "journal.js",
                "tries.js",
                "icon.svg"),
            "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; img-src 'self' "
                + api
                + "; font-src "
                + api
                + " "
                + gateway
                + "; connect-src 'self' "
                + api
                + " "
                + gateway
                + "; frame-src "
                + stranger,
            made);
    keep(LocalServer.start(port, site));
  }

  /** The number in {@code since=12}; of anything else, everything. */
  private static long since(String query) {
    try {
      return Long.parseLong(query.replaceFirst("^since=", ""));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** What the page has to know, as JSON. */
  private String description(String configuration) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("addresses");
      addresses().forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeObjectPropertyStart("claims");
      for (Claim claim : Claim.values()) {
        json.writeObjectPropertyStart(claim.id());
        json.writeStringProperty("claim", claim.text());
        json.writeStringProperty("expected", claim.expected().id());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeStringProperty("configuration", configuration);
      json.writeEndObject();
    }
    return text.toString();
  }

  private Map<String, String> addresses() {
    Map<String, String> of = new LinkedHashMap<>();
    of.put("page", page);
    of.put("api", api);
    of.put("gateway", gateway);
    of.put("stranger", stranger);
    return of;
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        // The process ends; what does not close now is closed with it, and the others still have
        // to be.
      }
    }
  }
}
