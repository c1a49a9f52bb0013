package dev.sallyport.doctor.probe;

import static dev.sallyport.doctor.probe.Finding.Kind.CAUSE;
import static dev.sallyport.doctor.probe.Finding.Kind.NOTE;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Failure;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a preflight has to do with it. */
final class PreflightFindings {
  private final Facts facts;
  private final ProbeResult result;
  private final ProbeRequest probe;

  PreflightFindings(Facts facts) {
    this.facts = facts;
    this.result = facts.result();
    this.probe = facts.probe();
  }

  Optional<Finding> preflightRefused() {
    Optional<LiveAnswer> answer = result.lastAnswer(Kind.PREFLIGHT);
    if (result.outcome().failure().filter(Failure::preflight).isEmpty()
        || answer.filter(given -> !given.isOk()).isEmpty()) {
      return Optional.empty();
    }
    String who = answer.get().server().map(name -> " by " + Printable.of(name)).orElse("");
    String what = "The preflight (OPTIONS) is answered " + answer.get().status() + who + ".";
    return Optional.of(
        switch (answer.get().status()) {
          case 401, 403 ->
              Finding.of(
                  "preflight-behind-authentication",
                  CAUSE,
                  what
                      + " A preflight never carries cookies nor Authorization, so whoever asks for a login"
                      + " refuses every one.",
                  "In front of the login: let OPTIONS with Access-Control-Request-Method pass, or answer"
                      + " it there.");
          case 404 ->
              Finding.of(
                  "preflight-not-routed",
                  CAUSE,
                  what + " The server has no route for OPTIONS there.",
                  "In the server: route OPTIONS of this path to what answers preflights.");
          case 405, 501 ->
              Finding.of(
                  "preflight-method-not-allowed",
                  CAUSE,
                  what + " The server knows no OPTIONS there.",
                  "In the server: answer OPTIONS with 204 and the Access-Control headers.");
          default ->
              Finding.of(
                  answer.get().isRedirect() ? "preflight-redirected" : "preflight-refused",
                  CAUSE,
                  what
                      + (answer.get().isRedirect()
                          ? " It leads to "
                              + Printable.of(answer.get().get("location").orElse("nowhere"))
                              + "; browsers do not follow."
                          : ""),
                  "In the server: answer OPTIONS with 204 and the Access-Control headers.");
        });
  }

  Optional<Finding> headersNotAllowed() {
    if (!facts.isReason(Reason.HEADER_NOT_ALLOWED) || result.outcome().preflights().isEmpty()) {
      return Optional.empty();
    }
    SentPreflight preflight =
        result.outcome().preflights().get(result.outcome().preflights().size() - 1);
    Set<String> missing =
        new TreeSet<>(Facts.split(preflight.accessControlRequestHeaders().orElse("")));
    Set<String> allowed =
        new TreeSet<>(
            Facts.split(
                result
                    .lastAnswer(Kind.PREFLIGHT)
                    .flatMap(answer -> answer.get("access-control-allow-headers"))
                    .orElse("")));
    boolean wildcard =
        allowed.contains("*") && probe.request().credentials() != CredentialsMode.INCLUDE;
    missing.removeIf(name -> allowed.contains(name) || wildcard && !name.equals("authorization"));
    return Optional.of(
        Finding.of(
            "headers-not-allowed",
            CAUSE,
            "Access-Control-Allow-Headers lacks "
                + String.join(", ", missing)
                + (allowed.contains("*")
                    ? wildcard
                        ? "; * does not cover Authorization."
                        : "; * means nothing with credentials."
                    : "."),
            "In the server: send Access-Control-Allow-Headers: "
                + preflight.accessControlRequestHeaders().orElse("")));
  }

  Optional<Finding> notSent() {
    return result
        .withheld()
        .map(
            request ->
                Finding.of(
                    "not-sent",
                    NOTE,
                    Printable.of(request.method())
                        + " may change something on the server, so it was not sent; what is said is"
                        + " about the preflight only.",
                    "Add --send to send it."));
  }

  Optional<Finding> whyPreflight() {
    if (result.outcome().preflights().isEmpty()) {
      return Optional.empty();
    }
    SentPreflight preflight = result.outcome().preflights().get(0);
    List<String> why = new ArrayList<>();
    if (!Set.of("GET", "HEAD", "POST").contains(preflight.accessControlRequestMethod())) {
      why.add("the method " + preflight.accessControlRequestMethod());
    }
    preflight
        .accessControlRequestHeaders()
        .ifPresent(
            names -> {
              why.add("the headers " + names);
              if (names.contains("content-type")) {
                why.add("for content-type only three types need none, and JSON is not among them");
              }
            });
    String kept =
        result
            .lastAnswer(Kind.PREFLIGHT)
            .flatMap(answer -> answer.get("access-control-max-age"))
            .map(age -> "The answer is kept for " + Printable.of(age) + " seconds.")
            .orElse("The answer is kept for 5 seconds, as there is no Access-Control-Max-Age.");
    return Optional.of(
        Finding.of(
            "why-preflight",
            NOTE,
            "The browser asks first (OPTIONS) because of "
                + Printable.of(String.join("; ", why))
                + ". "
                + kept,
            "It cannot be turned off. Access-Control-Max-Age: 7200 makes it rare; Chromium keeps 7200"
                + " at most, Safari 600, Firefox 86400."));
  }
}
