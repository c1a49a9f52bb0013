package dev.sallyport.doctor.probe;

import dev.sallyport.cors.FetchNames;
import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Initiator;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Does to a live server what a browser would. */
public final class Probe {
  /** An origin that no server allows by name. */
  static final String OTHER_ORIGIN = "https://other-origin.example";

  private Probe() {}

  /**
   * Sends what the browser would send, and three requests more where that is harmless: without an
   * origin, from another one, and for the page itself if that is asked for.
   */
  public static ProbeResult run(ProbeRequest probe) {
    WireClient client = new WireClient(probe.timeout());
    List<Exchange> exchanges = new ArrayList<>();
    if (probe.fetchesPage()) {
      exchanges.add(
          client.send(
              Kind.PAGE,
              "GET",
              probe.page(),
              List.of(BrowserHeaders.USER_AGENT, new Header("Accept", "text/html,*/*"))));
    }
    LiveServer server = new LiveServer(client, probe);
    // As if the user let the page reach the local network: that it takes that is a finding of its
    // own.
    Initiator anywhere = Initiator.script(Optional.empty());
    Outcome outcome =
        new Browser(probe.profile()).fetch(probe.page(), probe.request(), anywhere, server);
    exchanges.addAll(server.exchanges());
    more(client, probe, server, exchanges);
    ProbeResult facts =
        new ProbeResult(
            probe,
            outcome,
            server.withheld(),
            exchanges,
            List.of(),
            cookies(probe, server),
            hidden(outcome, server),
            server.withheld().isPresent() ? List.of() : Advice.of(probe.request(), outcome));
    return new ProbeResult(
        probe,
        outcome,
        facts.withheld(),
        exchanges,
        Findings.of(facts),
        facts.cookies(),
        facts.hidden(),
        facts.fixes());
  }

  /** The same request as curl, and another page, would send it; only where it changes nothing. */
  private static void more(
      WireClient client, ProbeRequest probe, LiveServer server, List<Exchange> exchanges) {
    Optional<Url> url = Url.tryParse(probe.request().url(), probe.page());
    String method = probe.request().method().toUpperCase(Locale.ROOT);
    boolean reached =
        server.exchanges().stream().anyMatch(exchange -> exchange.answer().isPresent());
    if (url.isEmpty() || !LiveServer.isSafe(method) || !reached) {
      return;
    }
    List<Header> plain = new ArrayList<>();
    plain.add(new Header("User-Agent", "curl/8 (compatible; Sallyport probe)"));
    plain.add(new Header("Accept", "*/*"));
    plain.addAll(setByScript(probe));
    exchanges.add(client.send(Kind.WITHOUT_ORIGIN, method, url.get(), plain));
    List<Header> other = new ArrayList<>(plain);
    other.set(0, BrowserHeaders.USER_AGENT);
    other.add(new Header("Origin", OTHER_ORIGIN));
    exchanges.add(client.send(Kind.OTHER_ORIGIN, method, url.get(), other));
  }

  /** The headers that the script sets, without those that are not its to set. */
  private static List<Header> setByScript(ProbeRequest probe) {
    return probe.request().headers().stream()
        .filter(
            header ->
                !FetchNames.isForbiddenRequestHeader(header.name().toLowerCase(Locale.ROOT))
                    && !header.name().equalsIgnoreCase("accept")
                    && !header.name().equalsIgnoreCase("user-agent"))
        .toList();
  }

  private static List<CookieVerdict> cookies(ProbeRequest probe, LiveServer server) {
    List<CookieVerdict> cookies = new ArrayList<>();
    for (Exchange exchange : server.exchanges()) {
      if (exchange.kind() == Kind.ACTUAL && exchange.answer().isPresent()) {
        for (String line : exchange.answer().get().all("set-cookie")) {
          cookies.add(
              CookieVerdict.of(line, exchange.url(), probe.page(), probe.request().credentials()));
        }
      }
    }
    return cookies;
  }

  private static List<String> hidden(Outcome outcome, LiveServer server) {
    if (outcome.type() != ResponseType.CORS && outcome.type() != ResponseType.OPAQUE) {
      return List.of();
    }
    Set<String> names = new TreeSet<>();
    server.exchanges().stream()
        .filter(exchange -> exchange.kind() == Kind.ACTUAL)
        .reduce((first, second) -> second)
        .flatMap(Exchange::answer)
        .ifPresent(
            answer -> answer.headers().forEach(h -> names.add(h.name().toLowerCase(Locale.ROOT))));
    names.removeAll(outcome.visibleHeaders());
    return List.copyOf(names);
  }
}
