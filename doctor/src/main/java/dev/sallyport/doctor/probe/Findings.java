package dev.sallyport.doctor.probe;

import static dev.sallyport.doctor.probe.Finding.Kind.CAUSE;
import static dev.sallyport.doctor.probe.Finding.Kind.NOTE;
import static dev.sallyport.doctor.probe.Finding.Kind.RISK;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Failure;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.origin.OpaqueOrigin;
import dev.sallyport.origin.Printable;
import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What there is to say of a probe, what is not CORS at all first. */
final class Findings {
  private final ProbeResult result;
  private final ProbeRequest probe;

  private Findings(ProbeResult result) {
    this.result = result;
    this.probe = result.probe();
  }

  static List<Finding> of(ProbeResult result) {
    Findings findings = new Findings(result);
    List<Finding> all = new ArrayList<>(NotCors.of(result));
    Stream.<Function<Findings, Optional<Finding>>>of(
            Findings::allowHeaderInRequest,
            Findings::opaqueByMode,
            Findings::preflightRefused,
            Findings::wildcardWithCredentials,
            Findings::severalOrigins,
            Findings::headersNotAllowed,
            Findings::actualWithoutHeaders,
            Findings::worksInCurl,
            Findings::missingVary,
            Findings::originNull,
            Findings::notSent,
            Findings::whyPreflight,
            Findings::anotherOrigin,
            Findings::cookies,
            Findings::hiddenHeaders,
            Findings::gateway)
        .map(finding -> finding.apply(findings))
        .flatMap(Optional::stream)
        .forEach(all::add);
    all.sort(Comparator.comparing(Finding::kind));
    return all;
  }

  private Optional<Reason> reason() {
    return result.withheld().isPresent() ? Optional.empty() : result.outcome().reason();
  }

  private boolean isReason(Reason... reasons) {
    return reason().filter(Arrays.asList(reasons)::contains).isPresent();
  }

  private Optional<Finding> allowHeaderInRequest() {
    List<String> names =
        probe.request().headers().stream()
            .map(header -> header.name().toLowerCase(Locale.ROOT))
            .filter(name -> name.startsWith("access-control-allow-") || name.equals("vary"))
            .distinct()
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "response-header-in-request",
                CAUSE,
                "The page sends "
                    + Printable.of(String.join(", ", names))
                    + ", which only means something in an answer; in a request it makes a preflight"
                    + " necessary that the server has to allow as well.",
                "In the page: take the header out.",
                "In the server of " + origin(url()) + ": send it in the answers."));
  }

  private Optional<Finding> opaqueByMode() {
    return probe.request().mode() == RequestMode.NO_CORS
            && result.outcome().type() == ResponseType.OPAQUE
        ? Optional.of(
            Finding.of(
                "opaque",
                CAUSE,
                "With mode: \"no-cors\" the page gets an opaque answer: status 0, no headers, an empty"
                    + " body, whatever the server sends.",
                "In the page: leave the mode out, and have the server allow the page by CORS."))
        : Optional.empty();
  }

  private Optional<Finding> preflightRefused() {
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

  private Optional<Finding> wildcardWithCredentials() {
    return isReason(Reason.WILDCARD_WITH_CREDENTIALS, Reason.PREFLIGHT_WILDCARD_WITH_CREDENTIALS)
        ? Optional.of(
            Finding.of(
                "wildcard-with-credentials",
                CAUSE,
                "Access-Control-Allow-Origin: * does not count for a request with credentials.",
                "In the server: send Access-Control-Allow-Origin: "
                    + originOfPage()
                    + ", Access-Control-Allow-Credentials: true and Vary: Origin."))
        : Optional.empty();
  }

  private Optional<Finding> severalOrigins() {
    if (!isReason(Reason.MULTIPLE_ALLOW_ORIGIN, Reason.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN)) {
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

  private Optional<Finding> headersNotAllowed() {
    if (!isReason(Reason.HEADER_NOT_ALLOWED) || result.outcome().preflights().isEmpty()) {
      return Optional.empty();
    }
    SentPreflight preflight =
        result.outcome().preflights().get(result.outcome().preflights().size() - 1);
    Set<String> missing = new TreeSet<>(split(preflight.accessControlRequestHeaders().orElse("")));
    Set<String> allowed =
        new TreeSet<>(
            split(
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

  private static List<String> split(String list) {
    return Arrays.stream(list.toLowerCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private Optional<Finding> actualWithoutHeaders() {
    return isReason(Reason.MISSING_ALLOW_ORIGIN) && !result.outcome().preflights().isEmpty()
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

  private Optional<Finding> worksInCurl() {
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

  private Optional<Finding> missingVary() {
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

  private Optional<Finding> originNull() {
    return probe.origin() instanceof OpaqueOrigin
        ? Optional.of(
            Finding.of(
                "origin-null",
                result.outcome().allowed() ? NOTE : CAUSE,
                "The page has an opaque origin (a file, a sandboxed frame, data:) and sends Origin: null,"
                    + " as any such page does.",
                "Serve the page, from http://localhost at least, and allow that origin. Do not allow"
                    + " null: every sandboxed frame of every site is that."))
        : Optional.empty();
  }

  private Optional<Finding> notSent() {
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

  private Optional<Finding> whyPreflight() {
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

  private Optional<Finding> anotherOrigin() {
    Url url = url();
    if (!(probe.origin() instanceof TupleOrigin a)
        || !(url.origin() instanceof TupleOrigin b)
        || a.isSameOrigin(b)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (!a.scheme().equals(b.scheme())) {
      parts.add("scheme (" + a.scheme() + ", " + b.scheme() + ")");
    }
    if (!a.host().equals(b.host())) {
      parts.add("host (" + a.host() + ", " + b.host() + ")");
    }
    if (!a.effectivePort().equals(b.effectivePort())) {
      parts.add("port (" + port(a) + ", " + port(b) + ")");
    }
    boolean oneMachine =
        Distance.of(probe.page()).equals(Optional.of(AddressSpace.LOOPBACK))
            && Distance.of(url).equals(Optional.of(AddressSpace.LOOPBACK));
    return Optional.of(
        Finding.of(
            "another-origin",
            NOTE,
            a
                + " and "
                + b
                + " are two origins; they differ in "
                + String.join(", ", parts)
                + (oneMachine ? ". That both are this machine does not matter." : ".")));
  }

  private static String port(TupleOrigin origin) {
    return origin.effectivePort().isPresent()
        ? Integer.toString(origin.effectivePort().getAsInt())
        : "none";
  }

  private Optional<Finding> cookies() {
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

  private Optional<Finding> hiddenHeaders() {
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

  private Optional<Finding> gateway() {
    boolean serverSide =
        result.verdict() == ProbeResult.Verdict.BLOCKED
            && result.outcome().failure().isPresent()
            && url().origin() instanceof TupleOrigin
            && probe.origin() instanceof TupleOrigin
            && reason().filter(Findings::isOfHeaders).isPresent();
    return serverSide
        ? Optional.of(
            Finding.of(
                "gateway",
                NOTE,
                "If that server cannot be changed, put a server of one's own in front of it.",
                "sallyport serve --to "
                    + origin(url())
                    + " --allow-origin "
                    + originOfPage()
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
                    "", split(names).stream().map(name -> " --allow-header " + name).toList()))
        .orElse("");
  }

  /** Whether it is what the server writes that is wrong. */
  private static boolean isOfHeaders(Reason reason) {
    return reason.name().contains("ALLOW")
        || reason.name().contains("WILDCARD")
        || reason == Reason.PREFLIGHT_INVALID_STATUS
        || reason == Reason.PREFLIGHT_REDIRECT;
  }

  private Url url() {
    return Url.tryParse(probe.request().url(), probe.page()).orElse(probe.page());
  }

  private String originOfPage() {
    return probe.origin().serialize();
  }

  private static String origin(Url url) {
    return url.origin().serialize();
  }
}
