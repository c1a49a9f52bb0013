package dev.sallyport.doctor.har;

import dev.sallyport.fetch.Header;
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
 * A request of a HAR file, and what was answered. Names that begin with {@code _} are the browsers'
 * own additions: only some of them write them.
 *
 * @param url without what no URL is made of
 * @param type what Chromium and Playwright call it, {@code fetch}, {@code image}; empty otherwise
 * @param status below 200 when the file holds no answer
 * @param error what the browser calls the failure; empty when it names none
 * @see <a href="http://www.softwareishard.com/blog/har-12-spec/">HAR 1.2</a>
 */
record HarEntry(
    Url url,
    String method,
    String type,
    List<Header> requestHeaders,
    boolean hasCookies,
    int status,
    List<Header> responseHeaders,
    Optional<String> error,
    @Nullable String pageref) {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** The entry; empty when what it asked for is no URL. */
  static Optional<HarEntry> read(JsonNode entry) {
    JsonNode request = entry.path("request");
    JsonNode response = entry.path("response");
    return Url.tryParse(request.path("url").stringValue(""))
        .map(
            url ->
                new HarEntry(
                    url,
                    request.path("method").stringValue("GET"),
                    entry.path("_resourceType").stringValue("").toLowerCase(Locale.ROOT),
                    headers(request),
                    request.path("cookies").size() > 0,
                    response.path("status").intValue(0),
                    headers(response),
                    text(response, "_error").or(() -> text(response, "_failureText")),
                    entry.path("pageref").stringValue(null)));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).stringValue(null)).filter(text -> !text.isEmpty());
  }

  private static List<Header> headers(JsonNode message) {
    List<Header> headers = new ArrayList<>();
    for (JsonNode header : message.path("headers")) {
      headers.add(
          new Header(header.path("name").stringValue(""), header.path("value").stringValue("")));
    }
    return headers;
  }

  /** The value of a header of the request; empty when it was not sent. */
  Optional<String> sent(String name) {
    return first(requestHeaders, name);
  }

  private static Optional<String> first(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  boolean isPreflight() {
    return method.equals("OPTIONS") && sent("access-control-request-method").isPresent();
  }

  /**
   * Whether it leads to another document, in a tab or in a frame: that is no request of a script.
   */
  boolean isNavigation() {
    return type.equals("document") || sent("sec-fetch-mode").filter("navigate"::equals).isPresent();
  }

  boolean isWebSocket() {
    return type.equals("websocket") || sent("sec-websocket-key").isPresent();
  }

  /** Whether the browser kept what was answered. */
  boolean isAnswered() {
    return status >= 200 && status <= 599;
  }

  /** Whether the browser says that the page got nothing. */
  boolean isFailed() {
    return error.isPresent() || !isAnswered();
  }

  /** Where it leads on; empty when it does not. */
  Optional<Url> redirect() {
    return REDIRECTS.contains(status)
        ? first(responseHeaders, "location").flatMap(location -> Url.tryParse(location, url))
        : Optional.empty();
  }

  /** What was answered; empty when the file does not say. */
  Optional<RecordedExchange> exchange() {
    return isAnswered()
        ? Optional.of(
            new RecordedExchange(
                isPreflight(), Optional.of(url), new ServerAnswer(status, responseHeaders)))
        : Optional.empty();
  }
}
