package dev.sallyport.embed;

import dev.sallyport.embed.AnswerCheck.Fault;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A frame, or a window that leaves for another page.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/browsing-the-web.html#create-navigation-params-by-fetching">HTML,
 *     create navigation params by fetching</a>
 */
final class Navigation {
  private final Set<EmbeddingDeviation> deviations;
  private final EmbeddingPage page;
  private final Embedding embedding;
  private final Trail trail;
  private boolean crossedOrigins;

  Navigation(
      Set<EmbeddingDeviation> deviations, EmbeddingPage page, Embedding embedding, Trail trail) {
    this.deviations = deviations;
    this.page = page;
    this.embedding = embedding;
    this.trail = trail;
  }

  Embedded navigate(Url resource, Responder server) {
    Url url = resource;
    String method = embedding.method();
    for (int hop = 0; hop <= Redirects.MOST; hop++) {
      Optional<Fault> mixed = mixedContent(url);
      if (mixed.isPresent()) {
        return blocked(mixed.get());
      }
      Optional<ServerAnswer> answer = server.answer(request(url, method));
      if (answer.isEmpty()) {
        return trail.blocked(Rules.NAVIGATION, "nothing answers");
      }
      Optional<Fault> policy = nested(url, answer.get());
      if (policy.isPresent()) {
        return blocked(policy.get());
      }
      Optional<Url> location = Redirects.location(url, answer.get());
      if (location.isEmpty()) {
        return arrive(url, answer.get());
      }
      Optional<Fault> redirect = redirected(url, answer.get());
      if (redirect.isPresent()) {
        return blocked(redirect.get());
      }
      method = after(answer.get().status(), method);
      crossedOrigins |=
          !location.get().origin().isSameOrigin(url.origin())
              && !page.url().origin().isSameOrigin(url.origin());
      trail.add(Rules.NAVIGATION, "redirected to " + location.get());
      url = location.get();
    }
    return trail.blocked(Rules.NAVIGATION, "more than " + Redirects.MOST + " redirects");
  }

  private Embedded blocked(Fault fault) {
    return trail.blocked(fault.rule(), fault.detail());
  }

  private Optional<Fault> mixedContent(Url url) {
    return !embedding.isTopLevel()
            && page.url().scheme().equals("https")
            && url.scheme().equals("http")
            && !url.isPotentiallyTrustworthy()
        ? Optional.of(new Fault(Rules.MIXED, "a page of https has no frames of http"))
        : Optional.empty();
  }

  private WireRequest request(Url url, String method) {
    return method.equals("GET")
        ? new WireRequest(false, url, method, List.of())
        : new WireRequest(false, url, method, List.of(new Header("Origin", origin(url))));
  }

  /**
   * What a request that is no GET says of where it comes from.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#append-a-request-origin-header">Fetch, append a
   *     request Origin header</a>
   */
  private String origin(Url url) {
    boolean downgraded = page.url().scheme().equals("https") && !url.scheme().equals("https");
    return crossedOrigins || downgraded ? "null" : page.url().origin().serialize();
  }

  private static String after(int status, String method) {
    return status == 303 || (status == 301 || status == 302) && method.equals("POST")
        ? "GET"
        : method;
  }

  /** What is asked of each answer within a frame, redirects included. */
  private Optional<Fault> nested(Url url, ServerAnswer answer) {
    if (embedding.isTopLevel()) {
      return Optional.empty();
    }
    boolean isOther = !page.url().origin().isSameOrigin(url.origin());
    return isResource()
        ? Optional.of(url)
            .filter(from -> isOther)
            .flatMap(from -> FramePolicyCheck.blocked(page, from, answer, false))
        : FramePolicyCheck.blocked(page, url, answer, true);
  }

  private Optional<Fault> redirected(Url url, ServerAnswer answer) {
    // DEVIATION EMBEDDER_POLICY_OF_REDIRECTS
    return !embedding.isTopLevel()
            && deviations.contains(EmbeddingDeviation.EMBEDDER_POLICY_OF_REDIRECTS)
        ? FrameCheck.embedderPolicy(deviations, page, url, answer.headers())
        : Optional.empty();
  }

  private boolean isResource() {
    // DEVIATION OBJECTS_ARE_RESOURCES
    return deviations.contains(EmbeddingDeviation.OBJECTS_ARE_RESOURCES)
        && (embedding == Embedding.OBJECT || embedding == Embedding.EMBED);
  }

  private Embedded arrive(Url url, ServerAnswer answer) {
    if (answer.status() == 204 || answer.status() == 205) {
      return trail.blocked(
          Rules.NAVIGATION, "the status is " + answer.status() + ": where one was, one stays");
    }
    if (isDownload(answer.headers())) {
      return trail.blocked(Rules.NAVIGATION, "Content-Disposition: attachment makes it a download");
    }
    Optional<Fault> fault = embedding.isTopLevel() ? Optional.empty() : refused(url, answer);
    if (fault.isPresent()) {
      return blocked(fault.get());
    }
    boolean same = page.url().origin().isSameOrigin(url.origin());
    Set<Reading> readable = same ? embedding.readableWhenShared() : embedding.readableWhenOpaque();
    return trail
        .add(Rules.ofReading(embedding), "scripts may read " + Embedder.words(readable))
        .loaded(readable);
  }

  private static boolean isDownload(List<Header> headers) {
    return Headers.get(headers, "content-disposition")
        .map(value -> value.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
        .filter("attachment"::equals)
        .isPresent();
  }

  private Optional<Fault> refused(Url url, ServerAnswer answer) {
    Demand demand = isResource() ? Demand.OK_STATUS : embedding.demand();
    Optional<Fault> fault =
        isResource()
            ? FrameCheck.refusedByDocument(page, url, answer.headers())
            : FrameCheck.refused(deviations, page, url, answer.headers());
    return fault.or(() -> demand.missing(answer).map(m -> new Fault(Rules.ofDemand(embedding), m)));
  }
}
