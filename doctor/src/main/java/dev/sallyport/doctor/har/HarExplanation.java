package dev.sallyport.doctor.har;

import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Reason;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a request of a HAR file.
 *
 * @param explained what was asked, as it was concluded
 * @param outcome what a browser makes of it
 * @param failed whether the page got nothing, as the browser or the model says
 * @param notes what else there is to know
 */
public record HarExplanation(
    ExplainCase explained, Outcome outcome, boolean failed, List<String> notes) {

  private static final Set<Reason> WITHOUT_ANSWER =
      Set.of(Reason.NO_RESPONSE, Reason.PREFLIGHT_NO_RESPONSE);

  /**
   * What Chromium's names of failures mean that are not about CORS.
   *
   * @see <a
   *     href="https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h">
   *     Chromium, net_error_list.h</a>
   */
  private static final Map<String, String> ERRORS =
      Map.ofEntries(
          Map.entry("net::ERR_ABORTED", "the page ended the request, or was left"),
          Map.entry("net::ERR_BLOCKED_BY_CLIENT", "an extension of the browser blocked it"),
          Map.entry(
              "net::ERR_BLOCKED_BY_RESPONSE",
              "a header of the answer keeps it from other origins: Cross-Origin-Resource-Policy, or"
                  + " X-Frame-Options"),
          Map.entry("net::ERR_CONNECTION_REFUSED", "nothing listens at that address and port"),
          Map.entry("net::ERR_CONNECTION_RESET", "the server ended the connection"),
          Map.entry("net::ERR_CONNECTION_TIMED_OUT", "the server cannot be reached"),
          Map.entry("net::ERR_EMPTY_RESPONSE", "the server ended the connection without an answer"),
          Map.entry("net::ERR_INTERNET_DISCONNECTED", "there was no network"),
          Map.entry("net::ERR_NAME_NOT_RESOLVED", "the name is not known to DNS"),
          Map.entry("net::ERR_TIMED_OUT", "the server did not answer in time"),
          Map.entry("net::ERR_UNSAFE_PORT", "browsers do not connect to that port"));

  /**
   * Of a request.
   *
   * @param concluded what the file does not hold
   */
  static HarExplanation of(
      HarRequest request, ExplainCase explained, Outcome outcome, String... concluded) {
    List<String> notes = new ArrayList<>(List.of(concluded));
    // Chromium says ERR_FAILED of all that CORS blocks.
    request
        .error()
        .filter(error -> outcome.allowed() || !error.equals("net::ERR_FAILED"))
        .ifPresent(error -> notes.add(meaning(error)));
    if (isAnswerMissing(outcome)) {
      notes.add(
          "The file does not hold what the server answered, so that the step that failed cannot be told from"
              + " it. Ask the server: "
              + probe(explained));
    } else if (request.failed() && outcome.allowed()) {
      notes.add(
          "By what the file holds CORS allows it: the page asked otherwise than the file tells, or something"
              + " else ended the request.");
    }
    return new HarExplanation(explained, outcome, request.failed() || !outcome.allowed(), notes);
  }

  private static boolean isAnswerMissing(Outcome outcome) {
    return outcome.reason().filter(WITHOUT_ANSWER::contains).isPresent();
  }

  /** Whether the file does not hold what the server answered. */
  public boolean isAnswerMissing() {
    return isAnswerMissing(outcome);
  }

  /** What to change; nothing when the file does not tell what was answered. */
  public List<String> fixes() {
    return isAnswerMissing() ? List.of() : Advice.of(explained.request(), outcome);
  }

  private static String meaning(String error) {
    String said = "The browser says " + Printable.of(error);
    if (error.startsWith("net::ERR_CERT_") || error.startsWith("net::ERR_SSL_")) {
      return said + ": it does not trust the server's certificate, or TLS failed.";
    }
    return Optional.ofNullable(ERRORS.get(error))
        .map(meaning -> said + ": " + meaning + ".")
        .orElse(said + ".");
  }

  private static String probe(ExplainCase explained) {
    PageRequest request = explained.request();
    StringBuilder command = new StringBuilder("sallyport probe ");
    command.append(quoted(request.url()));
    command.append(" --origin ").append(explained.page().origin().serialize());
    if (!request.method().equals("GET")) {
      command.append(" --method ").append(quoted(request.method()));
    }
    for (Header header : request.headers()) {
      // A value may be a secret, and no preflight asks about it; that of a Content-Type decides.
      boolean decides = header.name().equalsIgnoreCase("content-type");
      command
          .append(" --header ")
          .append(quoted(header.name() + ": " + (decides ? header.value() : "x")));
    }
    if (request.credentials() == CredentialsMode.INCLUDE) {
      command.append(" --credentials");
    }
    return command.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "%27") + "'";
  }
}
