package dev.sallyport.cli;

import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.CaseReader;
import dev.sallyport.doctor.ConsoleMessage;
import dev.sallyport.doctor.CurlTranscript;
import dev.sallyport.doctor.EmbeddingReport;
import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.doctor.HtmlPage;
import dev.sallyport.doctor.NoCaseException;
import dev.sallyport.doctor.OutcomeWriter;
import dev.sallyport.doctor.PolicyServer;
import dev.sallyport.doctor.Server;
import dev.sallyport.doctor.har.HarExplanation;
import dev.sallyport.doctor.har.HarFile;
import dev.sallyport.embed.Embedded;
import dev.sallyport.embed.Embedder;
import dev.sallyport.embed.Embedding;
import dev.sallyport.embed.EmbeddingPage;
import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.Initiator;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.Recording;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.origin.Printable;
import dev.sallyport.url.Url;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** {@code sallyport explain}: what a browser makes of a request and its answers, and why. */
@Command(
    name = "explain",
    header = "Explain why a browser keeps an answer from a page, and what to change.",
    description = {
      "Plays the browser: for a page, what its script asks for and what the server answers, it says"
          + " whether the page gets the answer, what goes over the wire, which step of the Fetch"
          + " standard failed on which header, and what to change and where.",
      "",
      "With - instead of a URL, each line of standard input is a case,"
          + " {\"id\",\"page\",\"request\",\"exchanges\"}, and is answered by a line of JSON with the same"
          + " id."
    },
    footer = {
      "The API answers without CORS headers; what does a page of another origin get?",
      "  ${ROOT-COMMAND-NAME} explain https://api.bar.com/v1 --page https://blog.foo.com",
      "The same, and what to write into Caddy:",
      "  ${ROOT-COMMAND-NAME} explain https://api.bar.com/v1 --page https://blog.foo.com --server caddy",
      "With what the server really answers:",
      "  curl -i https://api.bar.com/v1 > answer.txt",
      "  ${ROOT-COMMAND-NAME} explain https://api.bar.com/v1 --page https://blog.foo.com --curl answer.txt",
      "May the page show an image from there, and read its pixels?",
      "  ${ROOT-COMMAND-NAME} explain https://api.bar.com/a.png --page https://blog.foo.com --embed img",
      "A line of the console, copied into a file:",
      "  ${ROOT-COMMAND-NAME} explain --message - < console.txt",
      "Every cross-origin request that the developer tools saved, the failed first:",
      "  ${ROOT-COMMAND-NAME} explain --har saved.har",
      "Thousands of cases at once:",
      "  ${ROOT-COMMAND-NAME} explain - < cases.ndjson"
    },
    exitCodeList = {
      "0:The page gets the answer; with -: every line was a case.",
      "1:The page does not get it, or what was to be read could not be.",
      "2:The command was called wrongly; with -: a line was no case."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "URL",
      description = "What the script asks for, or - for cases on standard input.")
  private @Nullable String url;

  @Mixin private ExplainOptions options = new ExplainOptions();

  @Option(
      names = "--browser",
      paramLabel = "NAME",
      completionCandidates = Words.OfProfile.class,
      description = {
        "Whose behaviour: ${COMPLETION-CANDIDATES}. Each engine is the standard and some deviations. When"
            + " absent, the standard's; of a HAR file, that of the browser that made it."
      })
  private @Nullable Profile browser;

  @Option(
      names = "--case",
      paramLabel = "FILE",
      description = "Read page, request and answers from a JSON file of one case.")
  private @Nullable Path caseFile;

  @Option(
      names = "--curl",
      paramLabel = "FILE",
      description = {
        "The server answers what curl -i printed, kept in a file; - for standard input. All requests get"
            + " these answers in turn, preflights the first of them."
      })
  private @Nullable String curl;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The server is a gateway with this configuration, and answers 200.")
  private @Nullable Path config;

  @Option(
      names = "--har",
      paramLabel = "FILE",
      description = {
        "Explain every cross-origin request of a HAR file: those that failed in full, and first, the others in a"
            + " line each."
      })
  private @Nullable Path har;

  @Option(
      names = "--message",
      paramLabel = "TEXT",
      description = "Explain a message of a browser's console; - for standard input.")
  private @Nullable String message;

  @Option(
      names = "--server",
      paramLabel = "NAME",
      completionCandidates = Words.OfServer.class,
      description = "Show what to write into: ${COMPLETION-CANDIDATES}.")
  private @Nullable Server server;

  @Option(names = "--json", description = "Answer in JSON, a line for each request.")
  private boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page to share, too.")
  private @Nullable Path html;

  ExplainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    long sources = Stream.of(url, caseFile, har, message).filter(source -> source != null).count();
    if (sources != 1) {
      throw new ParameterException(
          spec.commandLine(), "say what to explain: a URL, -, --case, --har or --message");
    }
    ExplainConflicts.of(spec.commandLine().getParseResult(), STANDARD_INPUT.equals(url))
        .ifPresent(
            conflict -> {
              throw new ParameterException(spec.commandLine(), conflict);
            });
    try {
      if (STANDARD_INPUT.equals(url)) {
        return CaseLines.answerAll(
            environment.in(),
            environment.out(),
            new ExplainCases(profile(), environment.out())::answer);
      }
      if (message != null) {
        return explainMessage(message);
      }
      return har != null ? explainHar(har) : explainOne();
    } catch (NoCaseException e) {
      return complain(String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      return complain("the file is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return complain(
          "\"" + Printable.of(String.valueOf(e.getMessage())) + "\" cannot be read or written");
    }
  }

  private Profile profile() {
    return browser == null ? Profile.STANDARD : browser;
  }

  private int explainOne() throws IOException, NoCaseException {
    if (caseFile != null) {
      ExplainCase read = readCase(caseFile);
      return tell(read, read.run(profile()));
    }
    Optional<Url> page = Url.tryParse(options.page);
    if (page.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          options.page.isEmpty()
              ? "say whose page asks: --page https://blog.foo.com"
              : "--page is no URL: \"" + Printable.of(options.page) + "\"");
    }
    if (options.embedding != null) {
      return explainEmbedding(page.get(), options.embedding);
    }
    PageRequest request = options.request(url == null ? "" : url);
    if (config != null) {
      return explainPolicy(page.get(), request, config);
    }
    ExplainCase explained =
        new ExplainCase(page.get(), addressSpace(page.get()), request, exchanges());
    return tell(explained, explained.run(profile()));
  }

  private static ExplainCase readCase(Path file) throws IOException, NoCaseException {
    try (JsonParser json = Json.parser(Files.readAllBytes(file))) {
      ExplainCase read = CaseReader.read(json);
      if (json.nextToken() != null) {
        throw new NoCaseException("there is more in the file than one object");
      }
      return read;
    }
  }

  private Optional<AddressSpace> addressSpace(Url page) {
    return Optional.ofNullable(options.addressSpace).or(() -> AddressSpace.named(page));
  }

  private List<RecordedExchange> exchanges() throws IOException, NoCaseException {
    List<RecordedExchange> exchanges = new ArrayList<>();
    if (curl == null) {
      exchanges.add(new RecordedExchange(true, Optional.empty(), options.preflightAnswer()));
      exchanges.add(new RecordedExchange(false, Optional.empty(), options.answer()));
      return exchanges;
    }
    List<ServerAnswer> answers = CurlTranscript.read(read(curl));
    if (answers.isEmpty()) {
      throw new NoCaseException(
          "there is no answer in it: no line begins like HTTP/1.1 200. Have curl print the header too,"
              + " with -i");
    }
    for (ServerAnswer answer : answers) {
      exchanges.add(new RecordedExchange(true, Optional.empty(), answer));
      exchanges.add(new RecordedExchange(false, Optional.empty(), answer));
    }
    return exchanges;
  }

  private int explainEmbedding(Url page, Embedding embedding) throws IOException, NoCaseException {
    String given = url == null ? "" : url;
    Optional<Url> resource = Url.tryParse(given, page);
    if (resource.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "there is no such URL: \"" + Printable.of(given) + "\"");
    }
    Embedded embedded =
        new Embedder(profile())
            .embed(
                EmbeddingPage.of(page),
                embedding,
                options.crossorigin,
                resource.get(),
                new Recording(exchanges()));
    if (json) {
      Json.line(
          environment.out(),
          line -> {
            line.writeStartObject();
            EmbeddingReport.write(line, embedded);
            line.writeEndObject();
          });
    } else {
      EmbeddingReport.lines(embedded)
          .forEach(line -> environment.out().println(ExplainReport.printable(line)));
    }
    return embedded.loaded() ? Exit.FINE : Exit.NO;
  }

  private int explainPolicy(Url page, PageRequest request, Path file) throws IOException {
    ConfigResult result = ConfigFile.read(file, environment.variables());
    if (result.config().isEmpty()) {
      result.problems().forEach(environment.err()::println);
      return Exit.NO;
    }
    String path = Url.tryParse(request.url(), page).map(Url::path).orElse("/");
    Optional<Route> route =
        result.config().get().routes().stream()
            .filter(each -> isWithin(path, each.path()))
            .max(Comparator.comparingInt(each -> each.path().length()));
    Responder responder =
        route.isPresent() && route.get().cors() instanceof RouteCors.Policy policy
            ? new PolicyServer(policy.policy())
            : sent -> Optional.of(new ServerAnswer(route.isPresent() ? 200 : 404, List.of()));
    Optional<AddressSpace> space = addressSpace(page);
    return tell(
        new ExplainCase(page, space, request, List.of()),
        new Browser(profile()).fetch(page, request, Initiator.script(space), responder));
  }

  private static boolean isWithin(String path, String prefix) {
    return prefix.equals("/") || path.equals(prefix) || path.startsWith(prefix + "/");
  }

  private int explainHar(Path file) throws IOException, NoCaseException {
    HarFile read = HarFile.read(Json.tree(Files.readAllBytes(file)));
    Profile profile = browser == null ? read.browser().orElse(Profile.STANDARD) : browser;
    List<HarExplanation> failedFirst =
        read.crossOriginRequests().stream()
            .map(request -> request.explain(profile))
            .sorted(Comparator.comparing(explanation -> !explanation.failed()))
            .toList();
    if (failedFirst.isEmpty()) {
      environment.err().println("sallyport: no request in it goes to another origin.");
      return Exit.FINE;
    }
    if (json) {
      failedFirst.forEach(
          each -> Json.line(environment.out(), line -> HarReport.write(line, each)));
    } else {
      HarReport.of(failedFirst, Optional.ofNullable(server), environment.outColours())
          .forEach(environment.out()::println);
    }
    writePage(
        failedFirst.stream()
            .map(
                each ->
                    new HtmlPage.Part(each.explained(), each.outcome(), each.notes(), each.fixes()))
            .toList());
    return failedFirst.get(0).failed() ? Exit.NO : Exit.FINE;
  }

  /** Plays a server whose answer leads to the message, so that the rest can be shown as ever. */
  private int explainMessage(String text) throws IOException {
    Optional<ConsoleMessage> read =
        ConsoleMessage.read(text.equals(STANDARD_INPUT) ? read(text) : text);
    if (read.isEmpty()) {
      return complain(
          "no message of Chromium, Firefox or WebKit about CORS is known that reads so. Paste the whole"
              + " line, from \"Access to\", \"Cross-Origin Request Blocked\" or \"Origin\" on");
    }
    ConsoleMessage known = read.get();
    if (json) {
      Json.line(environment.out(), line -> MessageReport.write(line, known));
      return Exit.NO;
    }
    MessageReport.of(known, server, environment.outColours()).forEach(environment.out()::println);
    return Exit.NO;
  }

  private int tell(ExplainCase explained, Outcome outcome) throws IOException {
    List<String> fixes = Advice.of(explained.request(), outcome);
    if (json) {
      Json.line(
          environment.out(),
          line -> {
            line.writeStartObject();
            OutcomeWriter.write(line, outcome, fixes);
            line.writeEndObject();
          });
    } else {
      ExplainReport.of(
              explained, outcome, List.of(), Optional.ofNullable(server), environment.outColours())
          .forEach(environment.out()::println);
    }
    writePage(List.of(new HtmlPage.Part(explained, outcome, List.of(), fixes)));
    return outcome.allowed() ? Exit.FINE : Exit.NO;
  }

  private void writePage(List<HtmlPage.Part> parts) throws IOException {
    if (html != null) {
      Files.writeString(html, HtmlPage.of(parts, server == null ? Server.SALLYPORT : server));
    }
  }

  private String read(String file) throws IOException {
    if (!file.equals(STANDARD_INPUT)) {
      return Files.readString(Path.of(file));
    }
    try (InputStream in = environment.in()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private int complain(String why) {
    environment.err().println("sallyport: " + why + ".");
    return Exit.NO;
  }
}
