package dev.sallyport.fetch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Plays servers from answers that were written down: a request takes the first of its kind that
 * answers it and that none before it took. What is left over means nothing.
 */
public final class Recording implements Responder {
  private final List<RecordedExchange> left;

  /** A recording from which nothing has been taken yet. */
  public Recording(List<RecordedExchange> exchanges) {
    left = new ArrayList<>(exchanges);
  }

  @Override
  public Optional<ServerAnswer> answer(WireRequest request) {
    for (Iterator<RecordedExchange> each = left.iterator(); each.hasNext(); ) {
      RecordedExchange exchange = each.next();
      if (exchange.preflight() == request.preflight()
          && (exchange.url().isEmpty() || isFor(exchange, request))) {
        each.remove();
        return Optional.of(exchange.answer());
      }
    }
    return Optional.empty();
  }

  private static boolean isFor(RecordedExchange exchange, WireRequest request) {
    String wanted = exchange.url().orElseThrow().withoutCredentials().hrefWithoutFragment();
    return wanted.equals(request.url().withoutCredentials().hrefWithoutFragment());
  }
}
