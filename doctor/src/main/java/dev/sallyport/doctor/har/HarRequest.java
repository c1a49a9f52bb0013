package dev.sallyport.doctor.har;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.doctor.Verdict;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request that went to another origin, as far as a HAR file tells what the page asked for.
 *
 * @param asked what the page asked for, and what was answered
 * @param failed whether the browser says that the page got nothing
 * @param error what the browser calls it; empty when it names nothing
 */
public record HarRequest(ExplainCase asked, boolean failed, Optional<String> error) {
  /** What a browser sends by itself, and what the protocol adds; no script gave it. */
  private static final Set<String> OF_BROWSER =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "connection",
          "content-length",
          "cookie",
          "dnt",
          "host",
          "if-modified-since",
          "if-none-match",
          "origin",
          "pragma",
          "priority",
          "referer",
          "save-data",
          "te",
          "upgrade-insecure-requests",
          "user-agent");

  /** What is asked for without CORS unless the element says {@code crossorigin}. */
  private static final Set<String> TYPES_WITHOUT_CORS =
      Set.of("image", "media", "stylesheet", "script", "texttrack", "ping", "beacon", "other");

  /** Of a request and those that redirects made of it. */
  static HarRequest of(Url page, List<HarEntry> way, List<HarEntry> all) {
    HarEntry first = way.get(0);
    Optional<HarEntry> preflight =
        all.stream()
            .filter(HarEntry::isPreflight)
            .filter(entry -> entry.url().equals(first.url()))
            .findFirst();
    // Its own answers first; then preflights.
    List<RecordedExchange> exchanges = new ArrayList<>();
    way.forEach(entry -> entry.exchange().ifPresent(exchanges::add));
    all.stream()
        .filter(HarEntry::isPreflight)
        .forEach(entry -> entry.exchange().ifPresent(exchanges::add));
    ExplainCase asked = new ExplainCase(page, request(first, preflight), exchanges);
    if (preflight.isPresent() && isNeverPreflighted(asked)) {
      // Then there is a listener on its upload.
      asked = new ExplainCase(page, asked.request().by(Api.XHR_UPLOAD), exchanges);
    }
    HarEntry last = way.get(way.size() - 1);
    return new HarRequest(
        asked,
        way.stream().anyMatch(HarEntry::isFailed),
        way.stream().flatMap(entry -> entry.error().stream()).findFirst().or(last::error));
  }

  private static boolean isNeverPreflighted(ExplainCase asked) {
    return asked.request().mode() == RequestMode.CORS
        && asked.run(Profile.STANDARD).preflights().isEmpty();
  }

  private static PageRequest request(HarEntry entry, Optional<HarEntry> preflight) {
    PageRequest request = PageRequest.get(entry.url().href()).withMethod(entry.method());
    Optional<Set<String>> unsafe = preflight.map(HarRequest::namesAskedFor);
    for (Header header : entry.requestHeaders()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      // Names that begin with a colon are HTTP/2's own.
      boolean isOfScript =
          !OF_BROWSER.contains(name)
              && !name.startsWith(":")
              && !name.startsWith("sec-")
              && (unsafe.isEmpty() || unsafe.get().contains(name) || name.equals("content-type"));
      if (isOfScript) {
        request = request.withHeader(header.name(), header.value());
      }
    }
    if (entry.hasCookies() || entry.sent("cookie").isPresent()) {
      request = request.withCredentials(CredentialsMode.INCLUDE);
    }
    return entry.type().equals("xhr")
        ? request.by(Api.XHR)
        : request.withMode(mode(entry, preflight));
  }

  private static Set<String> namesAskedFor(HarEntry preflight) {
    return Set.copyOf(
        Arrays.asList(
            preflight
                .sent("access-control-request-headers")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split("[ \t]*,[ \t]*")));
  }

  private static RequestMode mode(HarEntry entry, Optional<HarEntry> preflight) {
    Optional<RequestMode> told = entry.sent("sec-fetch-mode").flatMap(RequestMode::of);
    if (told.isPresent()) {
      return told.get();
    }
    boolean isAskedWithoutCors =
        entry.type().isEmpty()
            ? entry.sent("origin").isEmpty() && preflight.isEmpty()
            : TYPES_WITHOUT_CORS.contains(entry.type()) && entry.sent("origin").isEmpty();
    return isAskedWithoutCors ? RequestMode.NO_CORS : RequestMode.CORS;
  }

  /** What a browser makes of it, and what the browser that made the file says. */
  public HarExplanation explain(Profile profile) {
    Outcome outcome = asked.run(profile);
    ExplainCase withCredentials =
        new ExplainCase(
            asked.page(),
            asked.request().withCredentials(CredentialsMode.INCLUDE),
            asked.exchanges());
    Outcome other = withCredentials.run(profile);
    boolean isMatterOfCredentials = outcome.allowed() && !other.allowed();
    if (failed && isMatterOfCredentials) {
      return HarExplanation.of(
          this,
          withCredentials,
          other,
          "The page sends credentials (credentials: \"include\", withCredentials): without them it would get"
              + " the answer, and the browser says that it got none.");
    }
    // Only Chromium writes into its files that a request failed whose answer came.
    if (isMatterOfCredentials && profile != Profile.CHROMIUM) {
      return HarExplanation.of(
          this,
          asked,
          outcome,
          "The file does not tell whether the page sends credentials (credentials: \"include\","
              + " withCredentials). If it does, it is blocked: "
              + Verdict.of(other)
              + ".");
    }
    return HarExplanation.of(this, asked, outcome);
  }
}
