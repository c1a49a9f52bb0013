package dev.sallyport.doctor;

import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.Recording;
import dev.sallyport.url.Url;
import java.util.List;

/**
 * A page, what its script asks for, and what the servers answer.
 *
 * @param page where the script's page came from
 */
public record ExplainCase(Url page, PageRequest request, List<RecordedExchange> exchanges) {
  public ExplainCase {
    exchanges = List.copyOf(exchanges);
  }

  /** What a browser of {@code profile} that was just started makes of it. */
  public Outcome run(Profile profile) {
    return new Browser(profile).fetch(page, request, new Recording(exchanges));
  }
}
