package dev.sallyport.doctor.probe;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.fetch.Reason;
import dev.sallyport.url.Url;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A probe, and what findings ask of it. */
final class Facts {
  private final ProbeResult result;
  private final Url url;

  Facts(ProbeResult result) {
    this.result = result;
    this.url =
        Url.tryParse(result.probe().request().url(), result.probe().page())
            .orElse(result.probe().page());
  }

  ProbeResult result() {
    return result;
  }

  ProbeRequest probe() {
    return result.probe();
  }

  /** What the page asked for first. */
  Url url() {
    return url;
  }

  Optional<Reason> reason() {
    return result.withheld().isPresent() ? Optional.empty() : result.outcome().reason();
  }

  boolean isReason(Reason... reasons) {
    return reason().filter(Arrays.asList(reasons)::contains).isPresent();
  }

  String originOfPage() {
    return probe().origin().serialize();
  }

  static String origin(Url url) {
    return url.origin().serialize();
  }

  /** The last request that went out for the page. */
  Optional<Exchange> last() {
    return result.exchanges().stream()
        .filter(e -> e.kind() == Kind.PREFLIGHT || e.kind() == Kind.ACTUAL)
        .reduce((first, second) -> second);
  }

  static List<String> split(String list) {
    return Arrays.stream(list.toLowerCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
