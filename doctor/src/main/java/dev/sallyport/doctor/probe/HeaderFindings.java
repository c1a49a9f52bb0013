package dev.sallyport.doctor.probe;

import static dev.sallyport.doctor.probe.Finding.Kind.CAUSE;
import static dev.sallyport.doctor.probe.Finding.Kind.NOTE;
import static dev.sallyport.doctor.probe.Finding.Kind.RISK;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Failure;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.origin.Printable;
import dev.sallyport.origin.TupleOrigin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the headers of the answers have to do with it, and what there is to do. */
final class HeaderFindings {
  private final Facts facts;
  private final ProbeResult result;
  private final ProbeRequest probe;

  HeaderFindings(Facts facts) {
    this.facts = facts;
    this.result = facts.result();
    this.probe = facts.probe();
  }

  Optional<Finding> wildcardWithCredentials() {
    return facts.isReason(
            Reason.WILDCARD_WITH_CREDENTIALS, Reason.PREFLIGHT_WILDCARD_WITH_CREDENTIALS)
        ? Optional.of(
            Finding.of(
                "wildcard-with-credentials",
                CAUSE,
                "Access-Control-Allow-Origin: * does not count for a request with credentials.",
                "In the server: send Access-Control-Allow-Origin: "
                    + facts.originOfPage()
                    + ", Access-Control-Allow-Credentials: true and Vary: Origin."))
        : Optional.empty();
  }

  Optional<Finding> severalOrigins() {
    if (!facts.isReason(Reason.MULTIPLE_ALLOW_ORIGIN, Reason.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN)) {
      return Optional.empty();
    }
    Failure failure = result.outcome().failure().orElseThrow();
    List<String> lines =
        result
            .lastAnswer(failure.preflight() ? Kind.PREFLIGHT : Kind.ACTUAL)
            .map(answer -> answer.all("access-control-allow-origin"))
            .orElse(List.of());
    String how =
        lines.size() > 1
            ? "stands there " + lines.size() + " times: two servers or filters each write it"
            : lines.toString().contains(",")
                ? "holds a list with commas"
                : "holds a list with blanks";
    return Optional.of(
        Finding.of(
            "several-origins",
            CAUSE,
            "Access-Control-Allow-Origin " + how + ". It takes one origin or *.",
            lines.size() > 1
                ? "Have only one of them write it."
                : "In the server: keep the list there, compare the request's Origin with it, and answer"
                    + " that one, with Vary: Origin."));
  }

  Optional<Finding> actualWithoutHeaders() {
    return facts.isReason(Reason.MISSING_ALLOW_ORIGIN) && !result.outcome().preflights().isEmpty()
        ? Optional.of(
            Finding.of(
                "actual-without-headers",
                CAUSE,
                "The preflight is answered well, the request itself (status "
                    + result.lastAnswer(Kind.ACTUAL).map(LiveAnswer::status).orElse(0)
                    + ") without Access-Control-Allow-Origin.",
                "In the server: send it in every answer, errors included, not only to OPTIONS."))
        : Optional.empty();
  }

  Optional<Finding> worksInCurl() {
    Optional<LiveAnswer> curl = result.lastAnswer(Kind.WITHOUT_ORIGIN);
    if (result.verdict() != ProbeResult.Verdict.BLOCKED
        || curl.filter(LiveAnswer::isOk).isEmpty()) {
      return Optional.empty();
    }
    String inBrowser =
        result
            .lastAnswer(Kind.ACTUAL)
            .map(answer -> "; with it " + answer.status())
            .orElse("; from a page it is not even sent");
    return Optional.of(
        Finding.of(
            "works-in-curl",
            CAUSE,
            "Without Origin, as curl and Postman ask, the status is "
                + curl.get().status()
                + inBrowser
                + ". Only browsers keep answers from pages, and only the server's headers open them."));
  }

  Optional<Finding> missingVary() {
    Optional<LiveAnswer> mine = result.lastAnswer(Kind.ACTUAL);
    if (mine.isEmpty() || mine.get().lists("vary", "origin") || mine.get().lists("vary", "*")) {
      return Optional.empty();
    }
    String allowed = mine.get().get("access-control-allow-origin").orElse("");
    boolean differs =
        Stream.of(Kind.WITHOUT_ORIGIN, Kind.OTHER_ORIGIN)
            .map(result::lastAnswer)
            .flatMap(Optional::stream)
            .anyMatch(
                other -> !other.get("access-control-allow-origin").orElse("").equals(allowed));
    return differs
        ? Optional.of(
            Finding.of(
                "missing-vary",
                RISK,
                "Access-Control-Allow-Origin changes with Origin, and there is no Vary: Origin: a cache"
                    + " gives one page the answer made for another, or for an image without CORS, and"
                    + " then the page is blocked sometimes.",
                "In the server: send Vary: Origin in every answer of this URL, with and without Origin."))
        : Optional.empty();
  }

  Optional<Finding> cookies() {
    List<CookieVerdict> lost =
        result.cookies().stream().filter(cookie -> !cookie.stored()).toList();
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "cookies-not-kept",
                RISK,
                "Browsers do not keep "
                    + Printable.of(
                        String.join(", ", lost.stream().map(CookieVerdict::name).toList()))
                    + ".",
                lost.stream()
                    .map(
                        cookie ->
                            Printable.of(cookie.name())
                                + ": "
                                + String.join("; ", cookie.remarks()))
                    .toList()));
  }

  Optional<Finding> hiddenHeaders() {
    Set<String> useful = new TreeSet<>(result.hidden());
    useful.removeIf(
        name ->
            name.startsWith("access-control-")
                || name.startsWith("set-cookie")
                || name.startsWith("cross-origin-")
                || Set.of("connection", "date", "keep-alive", "transfer-encoding", "vary", "via")
                    .contains(name));
    return useful.isEmpty() || result.outcome().type() != ResponseType.CORS
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "hidden-headers",
                NOTE,
                "The page does not see " + String.join(", ", useful) + ".",
                "In the server, for those it needs: send Access-Control-Expose-Headers: "
                    + String.join(", ", useful)));
  }

  Optional<Finding> gateway() {
    boolean serverSide =
        result.verdict() == ProbeResult.Verdict.BLOCKED
            && result.outcome().failure().isPresent()
            && facts.url().origin() instanceof TupleOrigin
            && probe.origin() instanceof TupleOrigin
            && facts.reason().filter(HeaderFindings::isOfHeaders).isPresent();
    return serverSide
        ? Optional.of(
            Finding.of(
                "gateway",
                NOTE,
                "If that server cannot be changed, put a server of one's own in front of it.",
                "sallyport serve --to "
                    + Facts.origin(facts.url())
                    + " --allow-origin "
                    + facts.originOfPage()
                    + (probe.request().credentials() == CredentialsMode.INCLUDE
                        ? " --allow-credentials"
                        : "")
                    + methods()
                    + headers()))
        : Optional.empty();
  }

  private String methods() {
    String method = probe.request().method();
    return Set.of("GET", "HEAD", "POST").contains(method)
        ? ""
        : " --allow-method " + Printable.of(method);
  }

  private String headers() {
    return result.outcome().preflights().stream()
        .findFirst()
        .flatMap(SentPreflight::accessControlRequestHeaders)
        .map(
            names ->
                String.join(
                    "",
                    Facts.split(names).stream().map(name -> " --allow-header " + name).toList()))
        .orElse("");
  }

  /** Whether it is what the server writes that is wrong. */
  private static boolean isOfHeaders(Reason reason) {
    return reason.name().contains("ALLOW")
        || reason.name().contains("WILDCARD")
        || reason == Reason.PREFLIGHT_INVALID_STATUS
        || reason == Reason.PREFLIGHT_REDIRECT;
  }
}
