package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.List;

/**
 * Answers what stands in the URL itself.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#data-url-processor">Fetch, data: URL processor</a>
 */
final class DataUrls {
  private DataUrls() {}

  static Response fetch(Url url) {
    String text = url.hrefWithoutFragment().substring("data:".length());
    if (text.indexOf(',') < 0) {
      return Fetching.networkError(Reason.NO_RESPONSE, url, url.href());
    }
    String type = HeaderValues.trim(text.substring(0, text.indexOf(',')));
    String essence = type.startsWith(";") ? "text/plain" : HeaderValues.mimeEssence(type);
    return Response.of(
        new ServerAnswer(
            200,
            List.of(
                new Header(
                    "Content-Type", essence == null ? "text/plain;charset=US-ASCII" : essence))));
  }
}
