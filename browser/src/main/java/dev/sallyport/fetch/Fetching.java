package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one fetch leaves behind: what went over the wire, and what was looked at. */
final class Fetching {
  /** Where the steps stand. */
  static final String FETCH = "https://fetch.spec.whatwg.org/#";

  final Profile profile;
  final Initiator initiator;
  final PreflightCache cache;
  final List<SentPreflight> preflights = new ArrayList<>(1);
  final List<SentRequest> actuals = new ArrayList<>(2);
  final List<TraceStep> trace = new ArrayList<>();
  private final Responder responder;

  Fetching(Profile profile, Initiator initiator, Responder responder, PreflightCache cache) {
    this.profile = profile;
    this.initiator = initiator;
    this.responder = responder;
    this.cache = cache;
  }

  boolean does(Deviation deviation) {
    return profile.does(deviation);
  }

  /** Notes a step of the Fetch standard. */
  void step(String step, String anchor, String detail) {
    trace.add(new TraceStep(step, anchor.startsWith("https:") ? anchor : FETCH + anchor, detail));
  }

  /** Sends a CORS-preflight request. */
  Optional<ServerAnswer> sendPreflight(WireRequest request, SentPreflight sent) {
    preflights.add(sent);
    return responder.answer(request);
  }

  /** Sends any other request. */
  Optional<ServerAnswer> send(WireRequest request, Optional<String> origin) {
    actuals.add(new SentRequest(request.url(), request.method(), origin));
    return responder.answer(request);
  }

  /** A network error that no header is the cause of. */
  static Response networkError(Reason reason, Url url, String found) {
    return networkError(reason, false, url, "", Optional.of(found), "");
  }

  static Response networkError(
      Reason reason,
      boolean preflight,
      Url url,
      String header,
      Optional<String> found,
      String wanted) {
    return Response.networkError(new Failure(reason, preflight, url, header, found, wanted));
  }
}
