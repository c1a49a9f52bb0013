package dev.sallyport.oracle;

import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.Recording;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays what was recorded, and notes what was sent: by a browser, or by the model of one. */
final class Sent implements Responder {
  private final Recording recording;
  private final List<String> preflights = new ArrayList<>();
  private final List<String> actuals = new ArrayList<>();

  Sent(List<RecordedExchange> exchanges) {
    recording = new Recording(exchanges);
  }

  @Override
  public synchronized Optional<ServerAnswer> answer(WireRequest request) {
    if (request.preflight()) {
      preflights.add(Observation.preflight(request));
    } else {
      actuals.add(Observation.actual(request));
    }
    return recording.answer(request);
  }

  synchronized List<String> preflights() {
    return List.copyOf(preflights);
  }

  synchronized List<String> actuals() {
    return List.copyOf(actuals);
  }
}
