package dev.sallyport.doctor.probe;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What there is to say of a probe, what is not CORS at all first. */
final class Findings {
  private Findings() {}

  static List<Finding> of(ProbeResult result) {
    Facts facts = new Facts(result);
    NotCors instead = new NotCors(facts);
    PageFindings page = new PageFindings(facts);
    PreflightFindings preflight = new PreflightFindings(facts);
    HeaderFindings headers = new HeaderFindings(facts);
    return Stream.<Supplier<Optional<Finding>>>of(
            instead::transport,
            page::mixedContent,
            page::connectSrc,
            instead::challenge,
            instead::redirect,
            instead::status,
            page::resourcePolicy,
            page::localNetwork,
            page::serviceWorker,
            page::blocker,
            page::allowHeaderInRequest,
            page::opaqueByMode,
            preflight::preflightRefused,
            headers::wildcardWithCredentials,
            headers::severalOrigins,
            preflight::headersNotAllowed,
            headers::actualWithoutHeaders,
            headers::worksInCurl,
            headers::missingVary,
            page::originNull,
            preflight::notSent,
            preflight::whyPreflight,
            page::anotherOrigin,
            headers::cookies,
            headers::hiddenHeaders,
            headers::gateway)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(Finding::kind))
        .toList();
  }
}
