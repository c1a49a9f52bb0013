package dev.sallyport.doctor;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The cross-origin requests of scripts in a HAR file, as browsers' developer tools save them.
 *
 * <p>A page's origin is the request's {@code Origin}, as long as one was sent. The answers of
 * preflights stand in entries of their own, of which some browsers save none.
 *
 * @see <a href="https://w3c.github.io/web-performance/specs/HAR/Overview.html">HTTP Archive</a>
 */
public final class HarFile {
  /** What a browser sends by itself, and what the protocol adds; no script gave it. */
  private static final Set<String> OF_BROWSER =
      Set.of(
          "accept",
          "accept-language",
          "cache-control",
          "pragma",
          "referer",
          "user-agent",
          "priority");

  private HarFile() {}

  /**
   * A request, and what was answered.
   *
   * @param status what the page's browser got; 0 when it got nothing
   */
  public record Entry(String method, String url, int status, ExplainCase explained) {}

  /**
   * The cross-origin requests, in order.
   *
   * @throws NoCaseException when {@code har} is no HAR file
   */
  public static List<Entry> read(JsonNode har) throws NoCaseException {
    JsonNode entries = har.path("log").path("entries");
    if (!entries.isArray()) {
      throw new NoCaseException(
          "it is no HAR file: it has no log.entries. Save one with the browser's developer tools, Network,"
              + " \"Save all as HAR\"");
    }
    List<RecordedExchange> all = new ArrayList<>();
    for (JsonNode entry : entries) {
      exchange(entry).ifPresent(all::add);
    }
    List<Entry> found = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (!isPreflight(entry)) {
        read(entry, all).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Entry> read(JsonNode entry, List<RecordedExchange> all) {
    JsonNode request = entry.path("request");
    Optional<Url> url = Url.tryParse(request.path("url").stringValue(""));
    String origin = header(request, "origin");
    if (url.isEmpty() || origin == null || origin.equals(url.get().origin().serialize())) {
      return Optional.empty();
    }
    Optional<Url> page = page(entry, origin);
    if (page.isEmpty()) {
      return Optional.empty();
    }
    List<Header> headers = new ArrayList<>();
    boolean credentials = false;
    for (Header line : headers(request)) {
      String name = line.name().toLowerCase(Locale.ROOT);
      credentials |= name.equals("cookie");
      // Names that begin with a colon are HTTP/2's own.
      if (!OF_BROWSER.contains(name) && !name.startsWith(":")) {
        headers.add(line);
      }
    }
    String method = request.path("method").stringValue("GET");
    PageRequest asked = PageRequest.get(url.get().href()).withMethod(method);
    for (Header header : headers) {
      asked = asked.withHeader(header.name(), header.value());
    }
    if (credentials) {
      asked = asked.withCredentials(CredentialsMode.INCLUDE);
    }
    // Its own answer first; then preflights, and where a redirect may have led.
    List<RecordedExchange> exchanges = new ArrayList<>();
    exchange(entry).ifPresent(exchanges::add);
    exchanges.addAll(all);
    return Optional.of(
        new Entry(
            method,
            url.get().href(),
            entry.path("response").path("status").intValue(0),
            new ExplainCase(page.get(), asked, exchanges)));
  }

  private static Optional<Url> page(JsonNode entry, String origin) {
    String referer = header(entry.path("request"), "referer");
    if (referer != null) {
      Optional<Url> page = Url.tryParse(referer);
      if (page.isPresent() && page.get().origin().serialize().equals(origin)) {
        return page;
      }
    }
    return Url.tryParse(origin.equals("null") ? "data:text/html," : origin + "/");
  }

  private static boolean isPreflight(JsonNode entry) {
    JsonNode request = entry.path("request");
    return request.path("method").stringValue("").equals("OPTIONS")
        && header(request, "access-control-request-method") != null;
  }

  /** What was answered to the request of an entry; empty when nothing was. */
  private static Optional<RecordedExchange> exchange(JsonNode entry) {
    JsonNode response = entry.path("response");
    int status = response.path("status").intValue(0);
    Optional<Url> url = Url.tryParse(entry.path("request").path("url").stringValue(""));
    return status < 200 || status > 599 || url.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RecordedExchange(
                isPreflight(entry), url, new ServerAnswer(status, headers(response))));
  }

  private static List<Header> headers(JsonNode message) {
    List<Header> headers = new ArrayList<>();
    for (JsonNode header : message.path("headers")) {
      headers.add(
          new Header(header.path("name").stringValue(""), header.path("value").stringValue("")));
    }
    return headers;
  }

  private static @Nullable String header(JsonNode message, String name) {
    for (Header header : headers(message)) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }
}
