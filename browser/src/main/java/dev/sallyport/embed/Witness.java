package dev.sallyport.embed;

import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.origin.Origin;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what a server answered to actual requests. */
final class Witness implements Responder {
  private final Responder server;
  private final List<Seen> seen = new ArrayList<>();

  /** An answer, and where it came from. */
  record Seen(Url url, ServerAnswer answer) {}

  Witness(Responder server) {
    this.server = server;
  }

  @Override
  public Optional<ServerAnswer> answer(WireRequest request) {
    Optional<ServerAnswer> answer = server.answer(request);
    if (!request.preflight()) {
      answer.ifPresent(given -> seen.add(new Seen(request.url(), given)));
    }
    return answer;
  }

  /** Whether the last answer is of another origin than the page's. */
  boolean endsElsewhere(Origin page) {
    return !seen.isEmpty() && !page.isSameOrigin(seen.get(seen.size() - 1).url().origin());
  }

  /** Whether any answer is. */
  boolean wentElsewhere(Origin page) {
    return seen.stream().anyMatch(each -> !page.isSameOrigin(each.url().origin()));
  }

  Optional<ServerAnswer> last() {
    return seen.isEmpty() ? Optional.empty() : Optional.of(seen.get(seen.size() - 1).answer());
  }
}
