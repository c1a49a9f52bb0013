package dev.sallyport.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The model names the fault as Chromium's developer tools do. */
class ReasonsTest {
  private static final int CASES = 1500;
  private static final long SEED = 7;

  /** What the CORS check of an answer finds. */
  private static final Set<Reason> CORS_CHECK =
      EnumSet.of(
          Reason.MISSING_ALLOW_ORIGIN,
          Reason.MULTIPLE_ALLOW_ORIGIN,
          Reason.ALLOW_ORIGIN_MISMATCH,
          Reason.WILDCARD_WITH_CREDENTIALS,
          Reason.CREDENTIALS_NOT_ALLOWED);

  /** Cases that a browser has played, and said all it had to say of them. */
  private static Map<String, ExplainCase> played(Lab lab, Engine.Running browser)
      throws InterruptedException {
    CaseGenerator generator = new CaseGenerator(SEED, lab.port());
    Map<String, ExplainCase> cases = new LinkedHashMap<>();
    for (int number = 0; number < CASES; number++) {
      cases.put(generator.name(number), generator.make(number));
    }
    lab.runScripts(cases, browser);
    TimeUnit.SECONDS.sleep(1);
    return cases;
  }

  @Test
  void chromiumGivesTheSameReason() throws Exception {
    List<String> differences = new ArrayList<>();
    Set<Reason> compared = EnumSet.noneOf(Reason.class);
    int[] count = {0};
    try (Lab lab = new Lab();
        Engine.Running browser = Engine.CHROMIUM.start(lab);
        DevTools tools = DevTools.of(browser.profile())) {
      Map<String, ExplainCase> cases = played(lab, browser);
      cases.forEach(
          (name, each) -> {
            Outcome outcome = each.run(Profile.CHROMIUM);
            Reason reason = outcome.reason().orElse(null);
            if (reason == null || reason.chromium().isEmpty()) {
              return;
            }
            // What ends before the network is asked, or for another reason, has none.
            List<String> errors =
                tools.errors(name).stream().filter(error -> !error.equals("none")).toList();
            if (errors.isEmpty()) {
              return;
            }
            compared.add(reason);
            count[0]++;
            if (!errors.contains(reason.chromium().get())) {
              differences.add(
                  reason + ", Chromium: " + tools.errors(name) + " " + Replay.line(name, each));
            }
          });
    }
    assertThat(differences).as("%d differences", differences.size()).isEmpty();
    System.out.printf(
        "oracle: %d reasons compared with Chromium's, of %d kinds%n", count[0], compared.size());
    assertThat(compared).hasSizeGreaterThan(14);
    assertThat(count[0]).isGreaterThan(CASES / 6);
  }

  @Test
  void firefoxGivesTheSameReason() throws Exception {
    List<String> differences = new ArrayList<>();
    Set<Reason> compared = EnumSet.noneOf(Reason.class);
    int count = 0;
    try (Lab lab = new Lab();
        Engine.Running browser = Engine.FIREFOX.start(lab);
        FirefoxConsole console = FirefoxConsole.of(browser.profile())) {
      Map<String, ExplainCase> cases = played(lab, browser);
      for (Map.Entry<String, ExplainCase> each : cases.entrySet()) {
        Reason reason = each.getValue().run(Profile.FIREFOX).reason().orElse(null);
        List<Reason> said = console.reasons(each.getKey());
        if (reason != null && !said.isEmpty() && reason.firefox().isPresent()) {
          compared.add(reason);
          count++;
          if (said.stream().noneMatch(one -> isSame(reason, one, each.getValue()))) {
            differences.add(
                reason + ", Firefox: " + said + " " + Replay.line(each.getKey(), each.getValue()));
          }
        }
      }
      assertThat(console.unread()).as("messages that the doctor cannot read").isEmpty();
    }
    assertThat(differences).as("%d differences", differences.size()).isEmpty();
    System.out.printf(
        "oracle: %d reasons compared with Firefox's, of %d kinds%n", count, compared.size());
    assertThat(compared).hasSizeGreaterThan(6);
    assertThat(count).isGreaterThan(CASES / 10);
  }

  /**
   * Whether Firefox means the same. Of two faults it names another one first: it follows a redirect
   * before it looks at its CORS headers, looks at those of a preflight before its status, and at
   * the methods that it allows before the headers. A list on one line is to it an origin that does
   * not match.
   */
  private static boolean isSame(Reason modelled, Reason said, ExplainCase of) {
    if (said.firefox().equals(modelled.firefox())) {
      return true;
    }
    return switch (modelled) {
      case MULTIPLE_ALLOW_ORIGIN -> said == Reason.ALLOW_ORIGIN_MISMATCH || isOfRedirect(said, of);
      case ALLOW_HEADERS_INVALID -> said == Reason.METHOD_NOT_ALLOWED;
      case PREFLIGHT_MULTIPLE_ALLOW_ORIGIN -> said == Reason.ALLOW_ORIGIN_MISMATCH;
      case PREFLIGHT_REDIRECT ->
          said == Reason.PREFLIGHT_INVALID_STATUS || CORS_CHECK.contains(said);
      default -> !modelled.name().startsWith("PREFLIGHT") && isOfRedirect(said, of);
    };
  }

  private static boolean isOfRedirect(Reason said, ExplainCase of) {
    return said == Reason.NO_RESPONSE
        && of.exchanges().stream()
            .flatMap(exchange -> exchange.answer().headers().stream())
            .anyMatch(header -> header.name().equals("Location"));
  }
}
