package dev.sallyport.embed;

import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.Optional;

/** Redirects of what is not fetched as scripts fetch: frames, windows, WebSockets. */
final class Redirects {
  /** As many as a browser follows. */
  static final int MOST = 20;

  private Redirects() {}

  /** Where an answer of {@code url} redirects to; empty when it does not. */
  static Optional<Url> location(Url url, ServerAnswer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 ->
          Headers.all(answer.headers(), "location").stream()
              .findFirst()
              .flatMap(value -> Url.tryParse(value, url));
      default -> Optional.empty();
    };
  }
}
