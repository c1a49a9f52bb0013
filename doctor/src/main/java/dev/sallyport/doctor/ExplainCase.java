package dev.sallyport.doctor;

import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.Initiator;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.Recording;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;

/**
 * A page, what its script asks for, and what the servers answer.
 *
 * @param page where the script's page came from
 * @param addressSpace how far away the page's server is; empty when only DNS would tell
 */
public record ExplainCase(
    Url page,
    Optional<AddressSpace> addressSpace,
    PageRequest request,
    List<RecordedExchange> exchanges) {
  public ExplainCase {
    exchanges = List.copyOf(exchanges);
  }

  /** One of whose page no more is known than its URL says. */
  public ExplainCase(Url page, PageRequest request, List<RecordedExchange> exchanges) {
    this(page, AddressSpace.named(page), request, exchanges);
  }

  /** What a browser of {@code profile} that was just started makes of it. */
  public Outcome run(Profile profile) {
    return new Browser(profile)
        .fetch(page, request, Initiator.script(addressSpace), new Recording(exchanges));
  }
}
