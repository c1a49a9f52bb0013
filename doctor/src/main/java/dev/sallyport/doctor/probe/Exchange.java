package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.Header;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request that was sent, and what came back.
 *
 * @param sent the lines of the request as far as they are chosen here; {@code Host} and what HTTP
 *     itself needs go beside them
 * @param answer empty when there was a fault
 * @param fault empty when there was an answer
 */
public record Exchange(
    Kind kind,
    String method,
    Url url,
    List<Header> sent,
    Optional<LiveAnswer> answer,
    Optional<TransportFault> fault) {

  /** What it was sent for. */
  public enum Kind {
    /** A CORS-preflight request. */
    PREFLIGHT,
    /** The request of the page, and those of redirects. */
    ACTUAL,
    /** The same as curl would send it. */
    WITHOUT_ORIGIN,
    /** The same from a page of another origin. */
    OTHER_ORIGIN,
    /** The page itself. */
    PAGE;

    /** For programs: {@code without-origin}. */
    public String keyword() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Exchange {
    sent = List.copyOf(sent);
  }
}
