package dev.sallyport.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/**
 * {@code sallyport demo}: shows on this machine what browsers allow, and what the gateway changes.
 */
@Command(
    name = "demo",
    header = "Show a page, an API that knows no CORS, and the gateway between them.",
    description = {
      "Starts a page, an API and the gateway, each an origin of its own on loopback, and prints the page's address."
          + " Opened in a browser, the page shows live what a page may do with another origin's answers, what not, and"
          + " what the gateway changes. Ctrl-C ends it.",
      "",
      "With --check, a headless Chromium opens the page, and each thing it shows is printed as it is proved. The Chromium"
          + " is the one that the variable SALLYPORT_CHROMIUM names, or else one found on this machine."
    },
    footer = {
      "Look at it:",
      "  ${ROOT-COMMAND-NAME} demo",
      "Have a real browser prove it:",
      "  ${ROOT-COMMAND-NAME} demo --check",
      "The same with a browser of your own:",
      "  SALLYPORT_CHROMIUM=/opt/chrome/chrome ${ROOT-COMMAND-NAME} demo --check"
    },
    exitCodeList = {
      "0:It ran until it was ended; with --check: all holds.",
      "1:It could not run; with --check: something does not hold, or there is no browser.",
      "2:The command was called wrongly."
    })
public final class DemoCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Ansi colours;
  private final Function<String, Optional<String>> variables;
  private final Consumer<Runnable> onStop;

  @Option(
      names = "--check",
      description = "Open the page in a headless Chromium and print what is proved.")
  private boolean check;

  /**
   * @param out standard output
   * @param err standard error
   * @param colours whether what goes to {@code out} is coloured
   * @param variables the environment's variables; empty for one that is not set
   * @param onStop takes what is to be run when the process is told to end
   */
  public DemoCommand(
      PrintWriter out,
      PrintWriter err,
      Ansi colours,
      Function<String, Optional<String>> variables,
      Consumer<Runnable> onStop) {
    this.out = out;
    this.err = err;
    this.colours = colours;
    this.variables = variables;
    this.onStop = onStop;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return check ? check() : show();
    } catch (IOException | ChromiumSearch.MissingException | Chromium.NoReportException e) {
      err.println("sallyport: " + e.getMessage());
      return 1;
    }
  }

  private int check()
      throws IOException,
          InterruptedException,
          ChromiumSearch.MissingException,
          Chromium.NoReportException {
    Optional<Path> home = Optional.ofNullable(System.getProperty("sallyport.home")).map(Path::of);
    Path chromium = new ChromiumSearch(variables, home).find();
    int failures = new DemoCheck(out, colours, variables).run(chromium);
    if (failures > 0) {
      err.println("sallyport: " + failures + " of " + Claim.values().length + " do not hold");
    }
    return failures == 0 ? 0 : 1;
  }

  private int show() throws IOException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    onStop.accept(stop::countDown);
    try (Demo demo = new Demo(new ProofDesk())) {
      out.println(colours.string("Open @|bold " + demo.page() + "/|@ in a browser."));
      out.println();
      line("the page", demo.page(), "shows what browsers allow, and what the gateway changes");
      line("the API", demo.api(), "JSON, an image and a web font; knows no CORS");
      line("the gateway", demo.gateway(), "passes calls on to the API, and says yes to the page");
      line("a stranger", demo.stranger(), "a page that the gateway's policy does not allow");
      out.println();
      out.flush();
      err.println("Ctrl-C ends it.");
      stop.await();
    }
    return 0;
  }

  private void line(String who, String origin, String what) {
    out.printf("  %-12s %-23s  %s%n", who, origin, what);
  }
}
