package dev.sallyport.embed;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.RequestMode;

/** How an embedding, with its attribute, makes mode and credentials mode of its request. */
enum Modes {
  /**
   * {@code no-cors} without the attribute, {@code cors} with it.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request">HTML,
   *     create a potential-CORS request</a>
   */
  POTENTIAL_CORS(true),
  /** The same with the <i>same-origin fallback flag</i>. */
  POTENTIAL_CORS_OR_SAME_ORIGIN(true),
  /** {@code cors}; the attribute says whether cookies go along to other origins. */
  CORS(true),
  /** {@code cors}, whatever an attribute says. */
  ALWAYS_CORS(false),
  /** {@code no-cors} with credentials. */
  NO_CORS(false),
  /** {@code no-cors}, with credentials for the own origin only. */
  NO_CORS_WITHOUT_CREDENTIALS(false),
  SAME_ORIGIN(false),
  NAVIGATE(false),
  WEBSOCKET(false),
  /** There is no request. */
  NO_REQUEST(false);

  private final boolean heeds;

  Modes(boolean heeds) {
    this.heeds = heeds;
  }

  /** Whether the attribute makes a difference. */
  boolean heedsCrossorigin() {
    return heeds;
  }

  RequestMode mode(Crossorigin crossorigin) {
    return switch (this) {
      case POTENTIAL_CORS ->
          crossorigin == Crossorigin.NONE ? RequestMode.NO_CORS : RequestMode.CORS;
      case POTENTIAL_CORS_OR_SAME_ORIGIN ->
          crossorigin == Crossorigin.NONE ? RequestMode.SAME_ORIGIN : RequestMode.CORS;
      case CORS, ALWAYS_CORS -> RequestMode.CORS;
      case NO_CORS, NO_CORS_WITHOUT_CREDENTIALS, NO_REQUEST -> RequestMode.NO_CORS;
      case SAME_ORIGIN -> RequestMode.SAME_ORIGIN;
      case NAVIGATE -> RequestMode.NAVIGATE;
      case WEBSOCKET -> RequestMode.WEBSOCKET;
    };
  }

  CredentialsMode credentials(Crossorigin crossorigin) {
    return switch (this) {
      case POTENTIAL_CORS, POTENTIAL_CORS_OR_SAME_ORIGIN ->
          crossorigin == Crossorigin.ANONYMOUS
              ? CredentialsMode.SAME_ORIGIN
              : CredentialsMode.INCLUDE;
      case CORS ->
          crossorigin == Crossorigin.USE_CREDENTIALS
              ? CredentialsMode.INCLUDE
              : CredentialsMode.SAME_ORIGIN;
      case ALWAYS_CORS, SAME_ORIGIN, NO_CORS_WITHOUT_CREDENTIALS, NO_REQUEST ->
          CredentialsMode.SAME_ORIGIN;
      case NO_CORS, NAVIGATE, WEBSOCKET -> CredentialsMode.INCLUDE;
    };
  }
}
