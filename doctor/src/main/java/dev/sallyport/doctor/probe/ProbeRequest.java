package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.origin.Origin;
import dev.sallyport.url.Url;
import java.time.Duration;
import java.util.List;

/**
 * What to probe.
 *
 * @param page the page whose script asks; of {@code Origin: null} a {@code file:} URL
 * @param fetchesPage whether the page is fetched, too, for its policies
 * @param policies values of {@code Content-Security-Policy} that the page has beside those fetched
 * @param request what the script asks for
 * @param profile which browser it is
 * @param sends whether a request that may change something is sent
 * @param timeout for each request
 */
public record ProbeRequest(
    Url page,
    boolean fetchesPage,
    List<String> policies,
    PageRequest request,
    Profile profile,
    boolean sends,
    Duration timeout) {

  public ProbeRequest {
    policies = List.copyOf(policies);
  }

  /** The origin of the page. */
  public Origin origin() {
    return page.origin();
  }

  /** What is asked for; relative to the page, as the script writes it. */
  public Url url() {
    return Url.parse(request.url(), page);
  }
}
