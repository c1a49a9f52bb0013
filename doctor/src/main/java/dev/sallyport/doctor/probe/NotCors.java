package dev.sallyport.doctor.probe;

import static dev.sallyport.doctor.probe.Finding.Kind.NOT_CORS;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.origin.Printable;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the server, or what stands before it, says in place of an answer to the page: it looks like
 * CORS in a console and is something else.
 */
final class NotCors {
  private static final Pattern LOGIN =
      Pattern.compile(
          "(^|[/._?&=-])(log-?in|sign-?in|sso|auth|oauth2?|saml2?|adfs|authorize)([/._?&=-]|$)");

  private final Facts facts;
  private final ProbeResult result;

  NotCors(Facts facts) {
    this.facts = facts;
    this.result = facts.result();
  }

  Optional<Finding> transport() {
    return facts
        .last()
        .flatMap(
            exchange ->
                exchange
                    .fault()
                    .map(
                        fault ->
                            Finding.of(
                                fault.kind().code(),
                                NOT_CORS,
                                "Not CORS: "
                                    + Printable.of(fault.detail())
                                    + " ("
                                    + exchange.method()
                                    + " "
                                    + Printable.of(exchange.url().href())
                                    + "). A console may call it CORS all the same.",
                                fix(fault.kind()))));
  }

  private String fix(TransportFault.Kind kind) {
    return switch (kind) {
      case DNS -> "Mend the name in the page, or its entry in the DNS.";
      case REFUSED -> "Start the server, or mend the port in the page.";
      case UNREACHABLE -> "Look at the network, the firewall and the VPN.";
      case TIMEOUT -> "Look why the server does not answer: its log, its load, a firewall.";
      case CLOSED -> "Look at the server's log: it, or a proxy, hung up.";
      case NOT_HTTP -> "Look what listens at that port.";
      case TLS_EXPIRED, TLS_NOT_YET_VALID -> "Renew the certificate.";
      case TLS_WRONG_HOST -> "Get a certificate for this host, or ask for a host it is for.";
      case TLS_SELF_SIGNED ->
          "Get a certificate of a public authority, or have this machine trust it: no page can click a"
              + " warning away.";
      case TLS_UNTRUSTED -> "Have the server send the whole chain of certificates.";
      case TLS_PLAIN_HTTP -> "Ask by http, or have the server speak TLS at this port.";
      case TLS_HANDSHAKE -> "Have the server offer TLS 1.2 or 1.3 with today's ciphers.";
      case OTHER -> "Try it with curl.";
    };
  }

  Optional<Finding> challenge() {
    return blockedAnswers()
        .filter(exchange -> exchange.answer().filter(NotCors::isChallenge).isPresent())
        .findFirst()
        .map(
            exchange ->
                Finding.of(
                    "challenge-page",
                    NOT_CORS,
                    "Not CORS: something in front of the server"
                        + exchange
                            .answer()
                            .flatMap(LiveAnswer::server)
                            .map(name -> " (" + Printable.of(name) + ")")
                            .orElse("")
                        + " answers with a page that wants to see a person. A script cannot show it.",
                    "There: let the API's paths, and OPTIONS, pass without the challenge."));
  }

  private static boolean isChallenge(LiveAnswer answer) {
    String text = answer.text().toLowerCase(Locale.ROOT);
    return answer.has("cf-mitigated")
        || answer
            .get("x-amzn-waf-action")
            .filter(action -> action.equals("challenge") || action.equals("captcha"))
            .isPresent()
        || answer.isHtml()
            && !answer.isOk()
            && (text.contains("challenge-platform")
                || text.contains("just a moment")
                || text.contains("captcha")
                || text.contains("checking your browser"));
  }

  /** The exchanges of the page when it gets no answer. */
  private Stream<Exchange> blockedAnswers() {
    return result.outcome().allowed()
        ? Stream.empty()
        : result.exchanges().stream()
            .filter(e -> e.kind() == Kind.PREFLIGHT || e.kind() == Kind.ACTUAL);
  }

  Optional<Finding> redirect() {
    return blockedAnswers()
        .filter(exchange -> exchange.answer().filter(LiveAnswer::isRedirect).isPresent())
        .flatMap(exchange -> ofRedirect(exchange).stream())
        .findFirst()
        .or(this::loginPage);
  }

  private Optional<Finding> ofRedirect(Exchange exchange) {
    String location = exchange.answer().flatMap(a -> a.get("location")).orElse("");
    Optional<Url> target = Url.tryParse(location, exchange.url());
    if (target.isEmpty()) {
      return Optional.empty();
    }
    Url from = exchange.url();
    Url to = target.get();
    String path = to.path() + to.query().map(query -> "?" + query).orElse("");
    boolean changesSlash =
        to.path().equals(from.path() + "/") || from.path().equals(to.path() + "/");
    if (changesSlash && to.origin().isSameOrigin(from.origin())) {
      return Optional.of(
          redirected(
              "redirect-trailing-slash",
              exchange,
              to,
              "only a slash at the end makes the difference"));
    }
    if (LOGIN.matcher(path.toLowerCase(Locale.ROOT)).find()
        || LOGIN.matcher(to.host().orElse("").toLowerCase(Locale.ROOT)).find()) {
      return Optional.of(
          Finding.of(
              "redirect-to-login",
              NOT_CORS,
              "Not CORS at heart: the answer is a redirect to a login page, "
                  + Printable.of(to.withoutCredentials().href())
                  + ". The session is missing or over, or cookies do not go along.",
              "In the server: answer requests of scripts with 401 and CORS headers instead of a"
                  + " redirect.",
              "In the page: send what authenticates it, and go to the login page by location when it is"
                  + " 401."));
    }
    if (from.scheme().equals("http") && to.scheme().equals("https")) {
      return Optional.of(
          redirected("redirect-to-https", exchange, to, "it leads from http to https"));
    }
    boolean www =
        ("www." + from.host().orElse("")).equals(to.host().orElse(""))
            || ("www." + to.host().orElse("")).equals(from.host().orElse(""));
    return www
        ? Optional.of(redirected("redirect-to-www", exchange, to, "only www. makes the difference"))
        : Optional.empty();
  }

  private static Finding redirected(String code, Exchange exchange, Url to, String how) {
    return Finding.of(
        code,
        NOT_CORS,
        "The URL is answered "
            + exchange.answer().orElseThrow().status()
            + " with another one, "
            + Printable.of(to.withoutCredentials().href())
            + ": "
            + how
            + ". Redirects often come without CORS headers, and a preflight may not be redirected.",
        "In the page: ask for " + Printable.of(to.withoutCredentials().href()) + ".");
  }

  private Optional<Finding> loginPage() {
    return blockedAnswers()
        .filter(
            exchange ->
                exchange
                    .answer()
                    .filter(LiveAnswer::isHtml)
                    .filter(
                        answer ->
                            Pattern.compile(
                                    "<input[^>]+type=[\"']?password", Pattern.CASE_INSENSITIVE)
                                .matcher(answer.text())
                                .find())
                    .isPresent())
        .findFirst()
        .map(
            exchange ->
                Finding.of(
                    "login-page",
                    NOT_CORS,
                    "Not CORS at heart: what came is a login page, not the API.",
                    "In the server: answer requests of scripts with 401 and CORS headers instead."));
  }

  Optional<Finding> status() {
    return blockedAnswers()
        .filter(
            exchange ->
                exchange
                    .answer()
                    // Of a preflight that is told as what it is: the server knows no OPTIONS.
                    .filter(a -> a.status() != 501 || exchange.kind() != Kind.PREFLIGHT)
                    .filter(a -> a.status() >= 500 || a.status() == 413 || a.status() == 429)
                    .filter(a -> !a.has("access-control-allow-origin"))
                    .isPresent())
        .findFirst()
        .map(NotCors::ofStatus);
  }

  private static Finding ofStatus(Exchange exchange) {
    LiveAnswer answer = exchange.answer().orElseThrow();
    String who = answer.server().map(name -> " by " + Printable.of(name)).orElse("");
    String fix =
        switch (answer.status()) {
          case 413 -> "Raise the limit of the body's size in the proxy.";
          case 429 -> "Ask less often; Retry-After may say when.";
          case 502, 503, 504 -> "Look why the proxy does not reach the server behind it.";
          default -> "Look at the server's log.";
        };
    return new Finding(
        "error-without-headers",
        NOT_CORS,
        "Not CORS at heart: the answer is the error "
            + answer.status()
            + who
            + ", without CORS headers, as errors of proxies and crashes often are.",
        List.of(
            fix,
            "Have proxy and server send the CORS headers in errors too, so that the page can read"
                + " them."));
  }
}
