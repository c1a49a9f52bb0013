package dev.sallyport.doctor;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Failure;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Says what to change, and on which side, so that a page gets its answer. */
public final class Advice {
  private Advice() {}

  /** Whether a server's headers are the cause, so that its configuration can mend it. */
  static boolean isOfServer(Reason reason) {
    return switch (reason) {
      case MISSING_ALLOW_ORIGIN,
          INVALID_ALLOW_ORIGIN,
          MULTIPLE_ALLOW_ORIGIN,
          ALLOW_ORIGIN_MISMATCH,
          WILDCARD_WITH_CREDENTIALS,
          CREDENTIALS_NOT_ALLOWED,
          PREFLIGHT_MISSING_ALLOW_ORIGIN,
          PREFLIGHT_INVALID_ALLOW_ORIGIN,
          PREFLIGHT_MULTIPLE_ALLOW_ORIGIN,
          PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_WILDCARD_WITH_CREDENTIALS,
          PREFLIGHT_CREDENTIALS_NOT_ALLOWED,
          PREFLIGHT_INVALID_STATUS,
          PREFLIGHT_REDIRECT,
          ALLOW_METHODS_INVALID,
          ALLOW_HEADERS_INVALID,
          METHOD_NOT_ALLOWED,
          HEADER_NOT_ALLOWED ->
          true;
      default -> false;
    };
  }

  /** What to change, the most likely first; empty when there is nothing to mend. */
  public static List<String> of(PageRequest request, Outcome outcome) {
    if (outcome.failure().isEmpty()) {
      return ofAnswer(outcome);
    }
    List<String> advice = new ArrayList<>();
    add(request, outcome, outcome.failure().get(), advice);
    return List.copyOf(advice);
  }

  /** What the page does not see of an answer that it got. */
  private static List<String> ofAnswer(Outcome outcome) {
    return outcome.type() == ResponseType.OPAQUE
        ? List.of(
            "The mode no-cors hides body, status and headers from the script, whatever the server"
                + " sends. To read the answer, ask in mode cors, and have the server allow it.")
        : List.of();
  }

  private static void add(
      PageRequest request, Outcome outcome, Failure failure, List<String> advice) {
    String origin = sentOrigin(outcome, failure);
    String where = where(failure);
    boolean credentials = request.credentials() == CredentialsMode.INCLUDE;
    switch (failure.reason()) {
      case URL_INVALID ->
          advice.add("In the page: write a URL, such as https://photos.bar.com/v1/photos.");
      case URL_WITH_CREDENTIALS ->
          advice.add(
              "In the page: take user and password out of the URL, and send them in an Authorization"
                  + " header if the server is to have them.");
      case METHOD_INVALID -> advice.add("In the page: write a method, such as GET.");
      case METHOD_FORBIDDEN ->
          advice.add("In the page: use another method; no browser lets a script use this one.");
      case METHOD_NOT_SAFELISTED ->
          advice.add("In the page: leave out mode: \"no-cors\", which only hides the answer.");
      case HEADER_NAME_INVALID -> advice.add("In the page: mend the name of the header.");
      case HEADER_VALUE_INVALID ->
          advice.add(
              "In the page: take line ends and characters beyond U+00FF out of the header's value, or"
                  + " encode them.");
      case REFERRER_POLICY_INVALID ->
          advice.add("In the page: write a referrer policy that exists, or leave it out.");
      case MODE_NOT_FOR_SCRIPTS ->
          advice.add("In the page: ask in mode cors, which is the default.");
      case BAD_PORT ->
          advice.add("Have the server listen on another port: every browser blocks this one.");
      case MIXED_CONTENT ->
          advice.add(
              "Have the server answer https, or put a gateway that does in front of it: a page of"
                  + " https may load nothing from http.");
      case DISALLOWED_BY_MODE ->
          advice.add("In the page: leave out mode: \"same-origin\"; the URL is of another origin.");
      case SCHEME_NOT_HTTP ->
          advice.add("Serve what the page asks for by http or https, and the page too.");
      case NO_CORS_REDIRECT_MODE ->
          advice.add("In the page: leave out the redirect mode, or the mode no-cors.");
      case INSECURE_LOCAL_NETWORK,
          INVALID_LOCAL_NETWORK_ACCESS,
          LOCAL_NETWORK_PERMISSION_DENIED -> {
        advice.add(
            "Serve the page by https, and have the user let it reach devices of the local network when"
                + " the browser asks; or reach the device through a server of one's own.");
        advice.add(
            "While developing, serve the page from this machine, too: http://localhost may ask what is"
                + " on it.");
      }
      case NO_RESPONSE, PREFLIGHT_NO_RESPONSE ->
          advice.add(
              "Have the server answer "
                  + (failure.preflight() ? "OPTIONS " : "")
                  + failure.url().href()
                  + ": this is not about CORS yet. Try it with curl; look at DNS, TLS, the port and the"
                  + " server's log.");
      case MISSING_ALLOW_ORIGIN, PREFLIGHT_MISSING_ALLOW_ORIGIN ->
          addAllowOrigin(where + ", send", origin, credentials, advice);
      case INVALID_ALLOW_ORIGIN,
          PREFLIGHT_INVALID_ALLOW_ORIGIN,
          ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_ALLOW_ORIGIN_MISMATCH ->
          addAllowOrigin(where + insteadOf(failure) + ", send", origin, credentials, advice);
      case MULTIPLE_ALLOW_ORIGIN, PREFLIGHT_MULTIPLE_ALLOW_ORIGIN -> {
        addAllowOrigin(where + insteadOf(failure) + ", send", origin, credentials, advice);
        advice.add(
            "The header takes one origin: keep the list on the server, and answer the one that asks. If"
                + " two servers write it, let only one do so.");
      }
      case WILDCARD_WITH_CREDENTIALS, PREFLIGHT_WILDCARD_WITH_CREDENTIALS -> {
        addAllowOrigin(where + ", instead of *, send", origin, true, advice);
        advice.add(
            "Or, in the page, leave out credentials: \"include\", if the request needs no cookies.");
      }
      case CREDENTIALS_NOT_ALLOWED, PREFLIGHT_CREDENTIALS_NOT_ALLOWED -> {
        advice.add(where + ", send Access-Control-Allow-Credentials: true.");
        advice.add(
            "Or, in the page, leave out credentials: \"include\", if the request needs no cookies.");
      }
      case PREFLIGHT_INVALID_STATUS -> {
        advice.add(
            where
                + failure.found().map(status -> ", instead of " + status).orElse("")
                + ", send the status 204, with the Access-Control headers.");
        advice.add(
            "A preflight never carries cookies or Authorization: answer OPTIONS before"
                + " authentication, and before routing that knows no OPTIONS.");
      }
      case PREFLIGHT_REDIRECT ->
          advice.add(
              "Have the page ask for the URL to which the redirect leads (mind the trailing slash, https"
                  + " and www), or answer OPTIONS before the redirect: a preflight is not redirected.");
      case ALLOW_METHODS_INVALID ->
          advice.add(
              where
                  + insteadOf(failure)
                  + ", send Access-Control-Allow-Methods as names with commas between, such as \""
                  + failure.wanted()
                  + "\".");
      case ALLOW_HEADERS_INVALID ->
          advice.add(
              where
                  + insteadOf(failure)
                  + ", send Access-Control-Allow-Headers as names with commas between, such as \""
                  + failure.wanted()
                  + "\".");
      case METHOD_NOT_ALLOWED -> {
        advice.add(
            where
                + ", add "
                + failure.wanted()
                + " to Access-Control-Allow-Methods"
                + found(", which is now ", failure)
                + ".");
        if (!failure.wanted().equals(failure.wanted().toUpperCase(Locale.ROOT))) {
          advice.add("In the page: write the method in upper case; methods are case-sensitive.");
        }
        addWildcard(failure, credentials, advice);
      }
      case HEADER_NOT_ALLOWED -> {
        advice.add(
            where
                + ", add "
                + String.join(", ", missingHeaders(outcome, failure))
                + " to Access-Control-Allow-Headers"
                + found(", which is now ", failure)
                + ".");
        addWildcard(failure, credentials, advice);
      }
      case REDIRECT_MODE_ERROR ->
          advice.add(
              "In the page: leave out redirect: \"error\", or ask for where the redirect leads.");
      case REDIRECT_LOCATION_INVALID -> advice.add(where + ", send one Location that is a URL.");
      case REDIRECT_SCHEME_NOT_HTTP -> advice.add(where + ", redirect to http or https only.");
      case REDIRECT_TOO_MANY -> advice.add("Mend the redirects, which go round in a circle.");
      case REDIRECT_WITH_CREDENTIALS ->
          advice.add(where + ", take user and password out of Location.");
      case EMBEDDER_POLICY, RESOURCE_POLICY_SAME_ORIGIN, RESOURCE_POLICY_SAME_SITE ->
          advice.add(
              where
                  + ", send Cross-Origin-Resource-Policy: cross-origin, if every page may embed it.");
    }
  }

  private static void addAllowOrigin(
      String begin, String origin, boolean credentials, List<String> advice) {
    advice.add(begin + " Access-Control-Allow-Origin: " + origin + " and Vary: Origin.");
    if (credentials) {
      advice.add("Send Access-Control-Allow-Credentials: true beside it.");
    }
    if (origin.equals("null")) {
      advice.add(
          "The origin is null, which every sandboxed frame and file has: better serve the page by"
              + " https, or redirect within one origin only, than to allow it.");
    }
  }

  private static void addWildcard(Failure failure, boolean credentials, List<String> advice) {
    if (failure.found().filter(value -> value.contains("*")).isPresent()) {
      advice.add(
          credentials
              ? "The wildcard * means nothing when the request has credentials."
              : "The wildcard * does not cover Authorization.");
    }
  }

  /** The names that were asked for and are not allowed. */
  private static Set<String> missingHeaders(Outcome outcome, Failure failure) {
    Set<String> missing = new TreeSet<>();
    missing.add(failure.wanted());
    List<String> allowed = new ArrayList<>();
    for (String name : failure.found().orElse("").split(",", -1)) {
      allowed.add(name.strip().toLowerCase(Locale.ROOT));
    }
    if (!allowed.contains("*") && !outcome.preflights().isEmpty()) {
      outcome
          .preflights()
          .get(outcome.preflights().size() - 1)
          .accessControlRequestHeaders()
          .ifPresent(asked -> missing.addAll(List.of(asked.split(","))));
      missing.removeAll(allowed);
    }
    return missing;
  }

  /** The origin that the failed request was sent with. */
  private static String sentOrigin(Outcome outcome, Failure failure) {
    if (failure.preflight() && !outcome.preflights().isEmpty()) {
      return outcome.preflights().get(outcome.preflights().size() - 1).origin();
    }
    return outcome.actuals().isEmpty()
        ? failure.wanted()
        : outcome.actuals().get(outcome.actuals().size() - 1).origin().orElse(failure.wanted());
  }

  private static String where(Failure failure) {
    String url = Printable.of(failure.url().href());
    return failure.preflight()
        ? "In the answer to the preflight (OPTIONS " + url + ")"
        : "In the answer of " + url;
  }

  private static String insteadOf(Failure failure) {
    return found(", instead of ", failure);
  }

  /** What was found, after {@code words}; nothing when it is not known. */
  private static String found(String words, Failure failure) {
    return failure.found().map(found -> words + "\"" + Printable.of(found) + "\"").orElse("");
  }
}
