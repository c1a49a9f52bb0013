package dev.sallyport.fetch;

import dev.sallyport.cors.FetchNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes from an answer what the page may not see.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-filtered-response">Fetch, filtered
 *     response</a>
 */
final class FilteredResponses {
  private static final String EXPOSE = "Access-Control-Expose-Headers";

  private FilteredResponses() {}

  /** Step 14 of main fetch. */
  static Response filter(Fetching fetching, Request request, Response response) {
    return switch (request.tainting) {
      case BASIC -> basic(response);
      case CORS -> cors(fetching, request, response);
      case OPAQUE -> {
        fetching.step(
            "opaque filtered response",
            "concept-filtered-response-opaque",
            "the page sees neither status nor headers nor body");
        yield Response.closed(ResponseType.OPAQUE);
      }
    };
  }

  /** All but cookies. */
  private static Response basic(Response response) {
    Set<String> visible = new LinkedHashSet<>();
    for (String name : response.headers().lowerCaseNames()) {
      if (!FetchNames.isForbiddenResponseHeader(name)) {
        visible.add(name);
      }
    }
    return response.filtered(ResponseType.BASIC, visible);
  }

  private static Response cors(Fetching fetching, Request request, Response response) {
    // 14.1. to 14.3.
    List<String> exposed = exposedNames(fetching, request, response);
    boolean all =
        exposed != null && exposed.contains("*") && request.credentials != CredentialsMode.INCLUDE;
    Set<String> visible = new LinkedHashSet<>();
    List<String> hidden = new ArrayList<>();
    for (String name : response.headers().lowerCaseNames()) {
      boolean listed = all || exposed != null && exposed.stream().anyMatch(name::equalsIgnoreCase);
      boolean shown =
          (listed || FetchNames.SAFELISTED_RESPONSE_HEADERS.contains(name))
              && !FetchNames.isForbiddenResponseHeader(name);
      (shown ? visible : hidden).add(name);
    }
    fetching.step(
        "CORS filtered response",
        "concept-filtered-response-cors",
        hidden.isEmpty()
            ? "the page sees all headers"
            : "the page does not see "
                + String.join(", ", hidden)
                + (exposed == null
                    ? ": " + EXPOSE + " is no list of names"
                    : ": not among the safelisted ones and those of " + EXPOSE));
    return response.filtered(ResponseType.CORS, visible);
  }

  /** The names of {@code Access-Control-Expose-Headers}; null when it is no list of names. */
  private static @Nullable List<String> exposedNames(
      Fetching fetching, Request request, Response response) {
    List<String> lines = response.headers().values(EXPOSE);
    List<String> names = HeaderValues.extractHeaderListValues(lines);
    // DEVIATION EXPOSED_WILDCARD_BEFORE_INVALID
    if (names == null
        && request.credentials != CredentialsMode.INCLUDE
        && request.api == Api.FETCH
        && fetching.does(Deviation.EXPOSED_WILDCARD_BEFORE_INVALID)) {
      List<String> valid = new ArrayList<>();
      for (String element : String.join(",", lines).split(",", -1)) {
        if (!HeaderValues.extractHeaderValues(element, valid)) {
          return valid.contains("*") ? valid : null;
        }
      }
    }
    return names;
  }
}
