package dev.sallyport.fetch;

import java.util.Optional;

/** By what a script asks. */
public enum Api implements Keyword {
  FETCH("fetch"),
  /**
   * {@code XMLHttpRequest}: always {@code cors}, redirects always followed, repeated headers
   * joined.
   *
   * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">XMLHttpRequest, send()</a>
   */
  XHR("xhr"),
  /**
   * The same with a listener on its {@code upload}, and something to upload unless the method is
   * {@code GET} or {@code HEAD}: it is preflighted whatever else it is.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#use-cors-preflight-flag">Fetch, use-CORS-preflight
   *     flag</a>
   */
  XHR_UPLOAD("xhr-upload");

  private final String keyword;

  Api(String keyword) {
    this.keyword = keyword;
  }

  /** For programs: {@code xhr-upload}. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** The one with this {@link #keyword}. */
  public static Optional<Api> of(String keyword) {
    return Keyword.find(values(), keyword);
  }
}
