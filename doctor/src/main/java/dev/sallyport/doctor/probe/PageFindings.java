package dev.sallyport.doctor.probe;

import static dev.sallyport.doctor.probe.Finding.Kind.CAUSE;
import static dev.sallyport.doctor.probe.Finding.Kind.NOTE;
import static dev.sallyport.doctor.probe.Finding.Kind.NOT_CORS;
import static dev.sallyport.doctor.probe.Finding.Kind.RISK;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.embed.ContentSecurityPolicy;
import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.origin.OpaqueOrigin;
import dev.sallyport.origin.Printable;
import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page, and the browser that it is in, have to do with it. */
final class PageFindings {
  private static final Pattern BLOCKED_WORDS =
      Pattern.compile(
          "(^|[/._-])(ads?|adserver|analytics|tracking|tracker|pixel|telemetry)([/._-]|$)");
  private static final Pattern META_POLICY =
      Pattern.compile(
          "<meta[^>]+http-equiv=[\"']?content-security-policy[\"']?[^>]*content=(\"([^\"]*)\"|'([^']*)')",
          Pattern.CASE_INSENSITIVE);

  private final Facts facts;
  private final ProbeResult result;
  private final ProbeRequest probe;

  PageFindings(Facts facts) {
    this.facts = facts;
    this.result = facts.result();
    this.probe = facts.probe();
  }

  Optional<Finding> mixedContent() {
    return result.outcome().reason().equals(Optional.of(Reason.MIXED_CONTENT))
        ? Optional.of(
            Finding.of(
                "mixed-content",
                NOT_CORS,
                "Not CORS: a page of https may not ask for anything by http, so nothing was sent.",
                "Ask by https, and have the server answer it; or put a gateway that does in front."))
        : Optional.empty();
  }

  Optional<Finding> connectSrc() {
    List<String> values = new ArrayList<>(probe.policies());
    result
        .lastAnswer(Kind.PAGE)
        .ifPresent(
            page -> {
              values.addAll(page.all("content-security-policy"));
              Matcher meta = META_POLICY.matcher(page.text());
              while (meta.find()) {
                values.add(meta.group(2) == null ? meta.group(3) : meta.group(2));
              }
            });
    ContentSecurityPolicy policy = ContentSecurityPolicy.parse(values);
    return policy
        .refusedBy("connect-src", facts.url(), probe.origin())
        .map(
            directive ->
                Finding.of(
                    "csp-connect-src",
                    NOT_CORS,
                    "Not CORS: the page's own Content-Security-Policy, \""
                        + Printable.of(directive)
                        + "\", does not let it connect to "
                        + facts.url().origin().serialize()
                        + ", so the browser sends nothing.",
                    "In the page's policy: add "
                        + facts.url().origin().serialize()
                        + " to connect-src."));
  }

  Optional<Finding> resourcePolicy() {
    if (result
        .outcome()
        .reason()
        .filter(
            r -> r == Reason.RESOURCE_POLICY_SAME_ORIGIN || r == Reason.RESOURCE_POLICY_SAME_SITE)
        .isPresent()) {
      return Optional.of(
          Finding.of(
              "cross-origin-resource-policy",
              NOT_CORS,
              "Not CORS: Cross-Origin-Resource-Policy keeps the answer from pages of other origins that"
                  + " ask without CORS.",
              "In the server: send Cross-Origin-Resource-Policy: cross-origin.",
              "Or, in the page: ask by CORS."));
    }
    EmbedderPolicy demanded =
        result
            .lastAnswer(Kind.PAGE)
            .map(page -> EmbedderPolicy.of(page.headers()))
            .orElse(EmbedderPolicy.UNSAFE_NONE);
    boolean says =
        result
            .lastAnswer(Kind.ACTUAL)
            .flatMap(answer -> answer.get("cross-origin-resource-policy"))
            .isPresent();
    return demanded == EmbedderPolicy.REQUIRE_CORP
            && probe.request().mode() == RequestMode.NO_CORS
            && !says
            && !probe.origin().isSameOrigin(facts.url().origin())
        ? Optional.of(
            Finding.of(
                "cross-origin-embedder-policy",
                NOT_CORS,
                "Not CORS: the page says Cross-Origin-Embedder-Policy: require-corp, and the answer has"
                    + " no Cross-Origin-Resource-Policy.",
                "In the server: send Cross-Origin-Resource-Policy: cross-origin.",
                "Or, in the page: ask by CORS."))
        : Optional.empty();
  }

  Optional<Finding> localNetwork() {
    Optional<AddressSpace> target = Distance.of(facts.url());
    Optional<AddressSpace> from = Distance.of(probe.page());
    boolean isInward =
        target.isPresent()
            && target.get() != AddressSpace.PUBLIC
            && from.orElse(AddressSpace.PUBLIC).compareTo(target.get()) > 0;
    if (!isInward) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "local-network",
            RISK,
            "The page is of the "
                + (from.orElse(AddressSpace.PUBLIC) == AddressSpace.PUBLIC
                    ? "internet"
                    : "local network")
                + ", and what it asks for is "
                + (target.get() == AddressSpace.LOOPBACK ? "this machine" : "of the local network")
                + ": Chromium asks the user for permission (Local Network Access), and refuses pages of"
                + " http.",
            "Serve the page by https, have the user allow it, or reach the device through a server of"
                + " one's own."));
  }

  Optional<Finding> serviceWorker() {
    return result
        .lastAnswer(Kind.PAGE)
        .filter(page -> page.text().contains("serviceWorker"))
        .map(
            page ->
                Finding.of(
                    "service-worker",
                    NOTE,
                    "The page registers a service worker: what it answers stands between the page and"
                        + " the server, and old code of it may go on answering.",
                    "In the browser's tools: Application, Service workers, \"Bypass for network\", and try"
                        + " again."));
  }

  Optional<Finding> blocker() {
    String text = facts.url().host().orElse("") + facts.url().path();
    return BLOCKED_WORDS.matcher(text.toLowerCase(Locale.ROOT)).find()
        ? Optional.of(
            Finding.of(
                "may-be-blocked",
                NOTE,
                "The URL looks like advertising or measuring: blockers stop such requests in some"
                    + " browsers before they are sent, which no server can see.",
                "Try a window without extensions; name the path otherwise."))
        : Optional.empty();
  }

  Optional<Finding> allowHeaderInRequest() {
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
                "In the server of " + Facts.origin(facts.url()) + ": send it in the answers."));
  }

  Optional<Finding> opaqueByMode() {
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

  Optional<Finding> originNull() {
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

  Optional<Finding> anotherOrigin() {
    Url url = facts.url();
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
}
