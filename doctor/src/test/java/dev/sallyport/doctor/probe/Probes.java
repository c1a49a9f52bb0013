package dev.sallyport.doctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.doctor.probe.ProbeResult.Verdict;
import dev.sallyport.doctor.probe.RawServer.Request;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import dev.sallyport.url.Url;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Probes of servers made for a test, in few words. */
final class Probes {
  /** A page of the internet; an address, so that nothing is looked up. */
  static final String PAGE = "https://203.0.113.7";

  static final String ALLOW = "Access-Control-Allow-Origin: " + PAGE;

  static ProbeRequest probe(PageRequest request) {
    return probe(request, Url.parse(PAGE + "/"));
  }

  static ProbeRequest probe(PageRequest request, Url page) {
    return new ProbeRequest(
        page, false, List.of(), request, Profile.CHROMIUM, false, Duration.ofSeconds(5));
  }

  static PageRequest put(String url) {
    return PageRequest.get(url).withMethod("PUT").withHeader("Content-Type", "application/json");
  }

  static ProbeResult get(Function<Request, String> answers) {
    return run(answers, url -> probe(PageRequest.get(url)));
  }

  static ProbeResult run(Function<Request, String> answers, Function<String, ProbeRequest> probe) {
    try (RawServer server = RawServer.start(answers)) {
      return Probe.run(probe.apply(server.url("/v1/photos")));
    }
  }

  static ProbeRequest sending(ProbeRequest probe) {
    return new ProbeRequest(
        probe.page(), false, List.of(), probe.request(), probe.profile(), true, probe.timeout());
  }

  static Finding finding(ProbeResult result, String code) {
    return result.findings().stream()
        .filter(finding -> finding.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(code + " is not in " + result.findings()));
  }

  static void assertReason(ProbeResult result, Reason reason) {
    assertThat(result.outcome().reason()).contains(reason);
    assertThat(result.verdict()).isEqualTo(Verdict.BLOCKED);
  }

  private Probes() {}
}
