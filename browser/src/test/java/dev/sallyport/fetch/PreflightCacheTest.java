package dev.sallyport.fetch;

import static dev.sallyport.fetch.Scripted.ANY;
import static dev.sallyport.fetch.Scripted.API;
import static dev.sallyport.fetch.Scripted.PAGE;
import static dev.sallyport.fetch.Scripted.actual;
import static dev.sallyport.fetch.Scripted.get;
import static dev.sallyport.fetch.Scripted.include;
import static dev.sallyport.fetch.Scripted.preflight;
import static dev.sallyport.fetch.Scripted.put;
import static dev.sallyport.fetch.Scripted.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of the answers to preflights, for how long, and for which requests. */
class PreflightCacheTest {
  @Test
  void answersToPreflightsAreKept() {
    long[] now = {0};
    Browser browser = new Browser(Profile.CHROMIUM, () -> now[0]);
    RecordedExchange kept =
        preflight(204, ANY, "Access-Control-Allow-Methods: PUT", "Access-Control-Max-Age: 600");
    assertThat(wire(browser.fetch(PAGE, put(API), new Recording(List.of(kept, actual(200, ANY))))))
        .startsWith("OPTIONS");
    now[0] = 599_000_000_000L;
    assertThat(wire(browser.fetch(PAGE, put(API), new Recording(List.of(actual(200, ANY))))))
        .isEqualTo("PUT https://blog.foo.com");
    assertThat(wire(browser.fetch(PAGE, put(API + "?other"), new Recording(List.of()))))
        .as("by URL")
        .startsWith("OPTIONS");
    assertThat(wire(browser.fetch(PAGE, include(put(API)), new Recording(List.of()))))
        .as("by credentials")
        .startsWith("OPTIONS");
    assertThat(wire(browser.fetch(PAGE, get(API).withMethod("PATCH"), new Recording(List.of()))))
        .as("by method")
        .startsWith("OPTIONS");
    now[0] = 600_000_000_000L;
    assertThat(wire(browser.fetch(PAGE, put(API), new Recording(List.of()))))
        .as("no longer than was said")
        .startsWith("OPTIONS");
  }

  /** By the value of Access-Control-Max-Age: for how many seconds an answer is kept. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STANDARD | 0 | 0",
        "STANDARD | 600 | 600",
        "STANDARD | '' | 5",
        "STANDARD | none | 5",
        "STANDARD | x | 5",
        "STANDARD | -1 | 5",
        "STANDARD | +9 | 5",
        "STANDARD | 1.5 | 5",
        "STANDARD | 99999 | 99999",
        "CHROMIUM | -1 | 0",
        "CHROMIUM | +9 | 9",
        "CHROMIUM | -0.5 | 5",
        "CHROMIUM | -99999999999999999999 | 5",
        "CHROMIUM | 99999 | 7200",
        "FIREFOX | x | 0",
        "FIREFOX | -1 | 0",
        "FIREFOX | '' | 5",
        "FIREFOX | none | 5",
        "FIREFOX | 99999 | 86400",
        "WEBKIT | -1 | 0",
        "WEBKIT | x | 5",
        "WEBKIT | 99999 | 600",
      })
  void maxAge(Profile profile, String value, long seconds) {
    long[] now = {0};
    Browser browser = new Browser(profile, () -> now[0]);
    String methods = "Access-Control-Allow-Methods: PUT";
    RecordedExchange first =
        value.equals("none")
            ? preflight(204, ANY, methods)
            : preflight(204, ANY, methods, "Access-Control-Max-Age: " + value);
    browser.fetch(PAGE, put(API), new Recording(List.of(first, actual(200, ANY))));
    now[0] = seconds * 1_000_000_000L - 1;
    Recording open = new Recording(List.of(actual(200, ANY), actual(200, ANY)));
    if (seconds > 0) {
      assertThat(browser.fetch(PAGE, put(API), open).preflights()).isEmpty();
    }
    now[0] = seconds * 1_000_000_000L;
    assertThat(browser.fetch(PAGE, put(API), open).preflights()).hasSize(1);
  }

  @Test
  void clearCacheEntries() {
    RecordedExchange kept =
        preflight(204, ANY, "Access-Control-Allow-Methods: PUT", "Access-Control-Max-Age: 600");
    for (Profile profile : Profile.values()) {
      Browser browser = new Browser(profile);
      browser.fetch(PAGE, put(API), new Recording(List.of(kept, actual(200))));
      Outcome second =
          browser.fetch(PAGE, put(API), new Recording(List.of(kept, actual(200, ANY))));
      assertThat(second.preflights().isEmpty())
          .as(profile.keyword())
          .isEqualTo(profile.does(Deviation.KEPT_DESPITE_FAILURE));
    }
  }

  @Test
  void anAnswerIsKeptForLaterHops() {
    RecordedExchange put = preflight(204, ANY, "Access-Control-Allow-Methods: PUT");
    RecordedExchange again = actual(307, ANY, "Location: " + API);
    Outcome outcome =
        new Browser(Profile.STANDARD)
            .fetch(PAGE, put(API), new Recording(List.of(put, again, actual(200, ANY))));
    assertThat(wire(outcome))
        .isEqualTo(
            "OPTIONS PUT - https://blog.foo.com; PUT https://blog.foo.com; PUT"
                + " https://blog.foo.com");
    assertThat(outcome.trace()).anyMatch(step -> step.step().equals("CORS-preflight cache"));
  }
}
