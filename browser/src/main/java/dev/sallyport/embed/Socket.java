package dev.sallyport.embed;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A WebSocket: CORS has no say in it, the server must look at {@code Origin}.
 *
 * @see <a href="https://websockets.spec.whatwg.org/#concept-websocket-establish">WebSockets,
 *     establish a WebSocket connection</a>
 */
final class Socket {
  private final Set<EmbeddingDeviation> deviations;
  private final EmbeddingPage page;
  private final Trail trail;

  Socket(Set<EmbeddingDeviation> deviations, EmbeddingPage page, Trail trail) {
    this.deviations = deviations;
    this.page = page;
    this.trail = trail;
  }

  Embedded connect(Url socket, Responder server) {
    Url url = http(socket);
    if (page.url().scheme().equals("https") && !url.isPotentiallyTrustworthy()) {
      return trail.blocked(Rules.MIXED, "a page of https may not connect by ws:");
    }
    String origin = page.url().origin().serialize();
    for (int hop = 0; hop <= Redirects.MOST; hop++) {
      Optional<ServerAnswer> answer = server.answer(handshake(url, origin));
      if (answer.isEmpty()) {
        return trail.blocked(Rules.WEB_SOCKET, "nothing answers");
      }
      // DEVIATION SOCKETS_FOLLOW_REDIRECTS
      Optional<Url> location =
          deviations.contains(EmbeddingDeviation.SOCKETS_FOLLOW_REDIRECTS)
              ? Redirects.location(url, answer.get())
              : Optional.empty();
      if (location.isEmpty()) {
        return answered(answer.get(), origin);
      }
      url = location.get();
      trail.add(Rules.WEB_SOCKET, "redirected to " + url);
    }
    return trail.blocked(Rules.WEB_SOCKET, "more than " + Redirects.MOST + " redirects");
  }

  private static WireRequest handshake(Url url, String origin) {
    return new WireRequest(
        false,
        url,
        "GET",
        List.of(
            new Header("Upgrade", "websocket"),
            new Header("Connection", "Upgrade"),
            // The one of RFC 6455's example: whatever it is, it must be new each time.
            new Header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            new Header("Sec-WebSocket-Version", "13"),
            new Header("Origin", origin)));
  }

  private Embedded answered(ServerAnswer answer, String origin) {
    return Demand.SOCKET
        .missing(answer)
        .map(missing -> trail.blocked(Rules.WEB_SOCKET, missing))
        .orElseGet(
            () ->
                trail
                    .add(
                        Rules.WEB_SOCKET,
                        "the server took the connection with Origin: "
                            + origin
                            + ": scripts may read what it sends, and send")
                    .loaded(Set.of(Reading.MESSAGES)));
  }

  /** The URL of the handshake. */
  private static Url http(Url url) {
    return switch (url.scheme()) {
      case "ws" -> Url.parse("http" + url.href().substring("ws".length()));
      case "wss" -> Url.parse("https" + url.href().substring("wss".length()));
      default -> url;
    };
  }
}
