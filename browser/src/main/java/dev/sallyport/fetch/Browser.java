package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A browser, as far as the requests of scripts go. It keeps the answers to preflights, as browsers
 * do; one that is made anew knows none.
 */
public final class Browser {
  private final Profile profile;
  private final PreflightCache cache;

  /** A browser that was just started. */
  public Browser(Profile profile) {
    this(profile, System::nanoTime);
  }

  Browser(Profile profile, LongSupplier nanoTime) {
    this.profile = profile;
    this.cache = new PreflightCache(nanoTime, mostSeconds(profile));
  }

  /** For how long the answer to a preflight is kept at most; the standard leaves that open. */
  private static long mostSeconds(Profile profile) {
    return switch (profile) {
      case STANDARD -> Integer.MAX_VALUE;
      case CHROMIUM -> 7200;
      case FIREFOX -> 86_400;
      case WEBKIT -> 600;
    };
  }

  /**
   * What comes of a script's {@code fetch}; never throws, whatever the request holds.
   *
   * @param page where the script's page came from
   * @param responder plays the servers
   */
  public Outcome fetch(Url page, PageRequest request, Responder responder) {
    return fetch(page, request, Initiator.script(AddressSpace.named(page)), responder);
  }

  /** What comes of a request that a script or something else of the page makes. */
  public Outcome fetch(Url page, PageRequest request, Initiator initiator, Responder responder) {
    Fetching fetching = new Fetching(profile, initiator, responder, cache);
    RequestConstructor constructor = new RequestConstructor(page, request, fetching);
    Request constructed = constructor.construct();
    Response response =
        constructed == null ? constructor.error() : MainFetch.mainFetch(fetching, constructed);
    return new Outcome(
        response.type(),
        response.status(),
        List.copyOf(response.visibleHeaders()),
        Optional.ofNullable(response.failure()),
        List.copyOf(fetching.preflights),
        List.copyOf(fetching.actuals),
        List.copyOf(fetching.trace));
  }
}
