package dev.sallyport.fuzz;

import dev.sallyport.gateway.call.Call;
import dev.sallyport.gateway.call.TargetCheck;
import dev.sallyport.gateway.call.TargetException;
import dev.sallyport.gateway.call.TargetUrl;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.gateway.http.MalformedException;
import dev.sallyport.gateway.http.RequestTarget;
import dev.sallyport.gateway.upstream.Server;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.url.Url;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What stands behind the path of a relay: the URL that a page names. */
public final class RelayTarget {
  private static final String RELAY = "/relay/";

  private static final TargetCheck ANY =
      new TargetCheck(new Targets(List.of(OriginPattern.parse("*")), Egress.GLOBAL));

  private static final TargetCheck LISTED =
      new TargetCheck(
          new Targets(List.of(OriginPattern.parse("https://*.bar.com")), Egress.GLOBAL));

  private RelayTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Law.text(input);
    Url url;
    try {
      url = read(text);
    } catch (MalformedException | TargetException e) {
      return;
    }
    Law.that(url.scheme().equals("http") || url.scheme().equals("https"), "it is of http", text);
    Law.that(url.fragment().isEmpty(), "it has no fragment", text);
    Law.that(readsAs(encoded(url), url), "encoded whole, it is the same", text);
    Law.that(readsAs(url.href(), url), "written as it is, it is the same", text);
    server(LISTED, url)
        .ifPresent(
            server -> {
              Law.that(server.host().endsWith(".bar.com"), "what is listed is called", text);
              Law.that(server.tls() && server.dialledPort() == 443, "at its port", text);
              Law.that(server(ANY, url).isPresent(), "any is more than what is listed", text);
            });
    server(ANY, url).ifPresent(server -> check(server, url, text));
  }

  private static void check(Server server, Url url, String text) {
    Law.that(server.dialledPort() == 80 || server.dialledPort() == 443, "a web's port", text);
    Law.that(url.host().filter(server.host()::equals).isPresent(), "the URL's host", text);
    Law.that(!url.includesCredentials(), "no user or password", text);
    Call call = Call.of(server, url);
    Law.that(call.pathAndQuery().startsWith("/"), "the path is whole", text);
    Law.that(
        call.pathAndQuery().chars().allMatch(c -> c > 0x20 && c < 0x7f),
        "the request line stays one",
        text);
    Law.that(call.url().filter(url::equals).isPresent(), "the URL is what is called", text);
    Law.that(
        Egress.GLOBAL.equals(server.egress().orElse(null)), "its address will be checked", text);
    // A literal that is dialled has to be the one that the URL says, whoever reads it.
    url.ipAddress()
        .ifPresent(
            address -> Law.that(address.equals(asTheJdkReads(server.host())), "one address", text));
  }

  private static InetAddress asTheJdkReads(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address that is none: " + host, e);
    }
  }

  private static Url read(String text) {
    return TargetUrl.read(RequestTarget.parse(RELAY + text).raw().substring(RELAY.length()));
  }

  /** What servers could read as a path elsewhere is refused. */
  private static boolean readsAs(String text, Url url) {
    try {
      return read(text).equals(url);
    } catch (MalformedException e) {
      return true;
    }
  }

  /** As {@code encodeURIComponent} writes it, but for marks that may stand for themselves. */
  private static String encoded(Url url) {
    return URLEncoder.encode(url.href(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Optional<Server> server(TargetCheck check, Url url) {
    try {
      return Optional.of(check.server(url));
    } catch (TargetException e) {
      return Optional.empty();
    }
  }
}
