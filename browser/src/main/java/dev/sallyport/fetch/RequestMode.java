package dev.sallyport.fetch;

import java.util.Optional;

/**
 * Under which rules a request is made.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request-mode">Fetch, request mode</a>
 */
public enum RequestMode implements Keyword {
  /** By the CORS protocol, when it goes to another origin. */
  CORS("cors"),
  /** To anywhere, but the answer stays closed. */
  NO_CORS("no-cors"),
  /** To the own origin only. */
  SAME_ORIGIN("same-origin"),
  /** By a document that is loaded; scripts cannot ask for it. */
  NAVIGATE("navigate"),
  /** By the opening of a WebSocket; scripts cannot ask for it. */
  WEBSOCKET("websocket");

  private final String keyword;

  RequestMode(String keyword) {
    this.keyword = keyword;
  }

  /** As scripts write it. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** The one that scripts write so; empty when there is none. */
  public static Optional<RequestMode> of(String keyword) {
    return Keyword.find(values(), keyword);
  }
}
