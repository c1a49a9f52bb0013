package dev.sallyport.cli;

import dev.sallyport.doctor.probe.Probe;
import dev.sallyport.doctor.probe.ProbeHtml;
import dev.sallyport.doctor.probe.ProbeJson;
import dev.sallyport.doctor.probe.ProbeRequest;
import dev.sallyport.doctor.probe.ProbeResult;
import dev.sallyport.doctor.probe.ProbeText;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.Printable;
import dev.sallyport.url.Url;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sallyport probe}: what a browser makes of a live server. */
@Command(
    name = "probe",
    header = "Do to a live server what a browser would, and say what is wrong.",
    description = {
      "Sends the preflight and the request exactly as a page's browser sends them, and says whether"
          + " the page gets the answer, which headers and cookies it gets of it, what is wrong, and"
          + " who has to change what. What is not CORS at all is told apart: names, connections,"
          + " certificates, redirects to logins, errors of proxies, the page's own policies.",
      "",
      "Methods other than GET, HEAD and OPTIONS may change something on the server. Of those the"
          + " preflight is sent, and the request itself only with --send."
    },
    footer = {
      "May a page of blog.foo.com read this?",
      "  ${ROOT-COMMAND-NAME} probe https://photos.bar.com/v1 --origin https://blog.foo.com",
      "May it PUT, with cookies?",
      "  ${ROOT-COMMAND-NAME} probe https://photos.bar.com/v1 --origin https://blog.foo.com \\",
      "      --method PUT --header 'Content-Type: application/json' --credentials",
      "As the page that is there, with its policies, and a report to send to a colleague:",
      "  ${ROOT-COMMAND-NAME} probe https://photos.bar.com/v1 --page https://blog.foo.com/ \\",
      "      --html > probe.html"
    },
    exitCodeList = {
      "0:The page gets its answer; or nothing is wrong yet, and the request was not sent.",
      "1:It does not.",
      "2:The command was called wrongly."
    })
final class ProbeCommand implements Callable<Integer> {
  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "URL", description = "What the page asks for.")
  private String url = "";

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "The page's origin: https://blog.foo.com.")
  private @Nullable String origin;

  @Option(
      names = "--page",
      paramLabel = "URL",
      description =
          "The page itself, instead of its origin: it is fetched, and its policies are heeded."
              + " One of file: is not fetched.")
  private @Nullable String page;

  @Option(names = "--method", paramLabel = "METHOD", description = "GET when absent.")
  private String method = "GET";

  @Option(
      names = "--header",
      paramLabel = "HEADER",
      description = "A header that the page sets, \"name: value\". Repeatable.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--credentials", description = "The page asks with credentials: \"include\".")
  private boolean credentials;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "The mode: cors (the default), no-cors or same-origin.")
  private String mode = "cors";

  @Option(
      names = "--browser",
      paramLabel = "NAME",
      description = "Which browser: chromium (the default), firefox, webkit, or the standard.")
  private String browser = "chromium";

  @Option(
      names = "--csp",
      paramLabel = "POLICY",
      description = "A Content-Security-Policy of the page. Repeatable.")
  private List<String> policies = new ArrayList<>();

  @Option(names = "--send", description = "Send the request whatever its method.")
  private boolean send;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long each request may take; 10 when absent.")
  private int timeout = 10;

  @Option(names = "--json", description = "Answer in JSON, in one line.")
  private boolean json;

  @Option(names = "--html", description = "Answer with a page of HTML.")
  private boolean html;

  ProbeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    ProbeResult result = Probe.run(request());
    if (json) {
      Json.line(environment.out(), generator -> ProbeJson.write(generator, result));
    } else if (html) {
      environment.out().print(ProbeHtml.page(result));
    } else {
      ProbeText.lines(result).forEach(environment.out()::println);
    }
    return result.verdict() == ProbeResult.Verdict.BLOCKED ? Exit.NO : Exit.FINE;
  }

  private ProbeRequest request() {
    if (json && html) {
      throw wrong("--json and --html exclude each other");
    }
    if (timeout < 1 || timeout > 600) {
      throw wrong("--timeout is a number of seconds from 1 to 600");
    }
    Url target =
        Url.tryParse(url)
            .filter(parsed -> parsed.scheme().equals("http") || parsed.scheme().equals("https"))
            .orElseThrow(() -> wrong("\"" + Printable.of(url) + "\" is no URL of http or https"));
    if (target.includesCredentials()) {
      throw wrong(
          "the URL has a user or a password in it, which no script may ask for. Say it by --header"
              + " \"Authorization: ...\"");
    }
    Profile profile =
        Profile.of(browser)
            .orElseThrow(() -> wrong("--browser is chromium, firefox, webkit or standard"));
    RequestMode requestMode =
        RequestMode.of(mode)
            .filter(m -> m != RequestMode.NAVIGATE && m != RequestMode.WEBSOCKET)
            .orElseThrow(() -> wrong("--mode is cors, no-cors or same-origin"));
    return new ProbeRequest(
        pageUrl(),
        page != null && !pageUrl().scheme().equals("file"),
        policies,
        new PageRequest(
            Api.FETCH,
            target.href(),
            method,
            headers.stream().map(this::header).toList(),
            requestMode,
            credentials ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN,
            RedirectMode.FOLLOW,
            ""),
        profile,
        send,
        Duration.ofSeconds(timeout));
  }

  private Url pageUrl() {
    if ((origin == null) == (page == null)) {
      throw wrong("say either --origin ORIGIN or --page URL");
    }
    if (page != null) {
      return Url.tryParse(page)
          .filter(parsed -> Set.of("http", "https", "file").contains(parsed.scheme()))
          .orElseThrow(() -> wrong("--page is a URL of http, https or file"));
    }
    String text = String.valueOf(origin);
    if (text.equals("null")) {
      return Url.parse("file:///page.html");
    }
    Optional<Url> parsed = Url.tryParse(text);
    if (Origin.tryParse(text).isEmpty() || parsed.isEmpty()) {
      throw wrong(
          "\""
              + Printable.of(text)
              + "\" is no origin"
              + parsed
                  .map(it -> it.origin().serialize())
                  .filter(it -> !it.equals("null"))
                  .map(it -> ". Did you mean " + it + "?")
                  .orElse(": it is a scheme and a host, as in https://blog.foo.com"));
    }
    return parsed.get();
  }

  private Header header(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw wrong("--header is \"name: value\", not \"" + Printable.of(line) + "\"");
    }
    return new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
