package dev.sallyport.doctor.har;

import dev.sallyport.doctor.NoCaseException;
import dev.sallyport.fetch.Profile;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A HAR file, as the developer tools of browsers save their network panel, and as tools that drive
 * browsers record it.
 *
 * <p>What Chromium calls failed may hold no answer, no preflight and no {@code Origin}, depending
 * on what wrote the file; whose page asked is then told by the page that the entry belongs to.
 */
public final class HarFile {
  private final List<HarEntry> entries = new ArrayList<>();
  private final Map<String, Url> pages = new HashMap<>();
  private final String maker;

  private HarFile(JsonNode log) {
    // Tools that drive a browser name it beside themselves.
    maker =
        (log.path("browser").path("name").stringValue("")
                + log.path("creator").path("name").stringValue(""))
            .toLowerCase(Locale.ROOT);
    for (JsonNode page : log.path("pages")) {
      Url.tryParse(page.path("title").stringValue(""))
          .filter(url -> url.scheme().startsWith("http"))
          .ifPresent(url -> pages.put(page.path("id").stringValue(""), url));
    }
    for (JsonNode entry : log.path("entries")) {
      HarEntry.read(entry).ifPresent(entries::add);
    }
    // Where the title is the document's, the page is at what was asked for first.
    for (HarEntry entry : entries) {
      if (entry.pageref() != null) {
        pages.putIfAbsent(entry.pageref(), entry.url());
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws NoCaseException when {@code har} is no HAR file
   */
  public static HarFile read(JsonNode har) throws NoCaseException {
    if (!har.path("log").path("entries").isArray()) {
      throw new NoCaseException(
          "it is no HAR file: it has no log.entries. Save one with the browser's developer tools, Network,"
              + " \"Save all as HAR\"");
    }
    return new HarFile(har.path("log"));
  }

  /** The browser that made it; empty when it does not say. */
  public Optional<Profile> browser() {
    if (maker.contains("firefox")) {
      return Optional.of(Profile.FIREFOX);
    }
    // Chromium's developer tools call themselves WebInspector, WebKit's WebKit Web Inspector.
    if (maker.contains("webkit")) {
      return Optional.of(Profile.WEBKIT);
    }
    return maker.contains("chrom") || maker.equals("webinspector")
        ? Optional.of(Profile.CHROMIUM)
        : Optional.empty();
  }

  /** The requests that went to another origin, or were led there, in order. */
  public List<HarRequest> crossOriginRequests() {
    List<HarRequest> found = new ArrayList<>();
    Set<HarEntry> hops = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < entries.size(); i++) {
      HarEntry entry = entries.get(i);
      if (!entry.isPreflight()
          && !entry.isNavigation()
          && !entry.isWebSocket()
          && !hops.contains(entry)) {
        List<HarEntry> way = wayFrom(i);
        hops.addAll(way);
        page(entry)
            .filter(page -> way.stream().anyMatch(hop -> !isSameOrigin(page, hop.url())))
            .ifPresent(page -> found.add(HarRequest.of(page, way, entries)));
      }
    }
    return found;
  }

  private static boolean isSameOrigin(Url page, Url url) {
    return page.origin().isSameOrigin(url.origin());
  }

  /** The request at an index, and those that redirects made of it. */
  private List<HarEntry> wayFrom(int index) {
    List<HarEntry> way = new ArrayList<>();
    way.add(entries.get(index));
    Optional<Url> next = entries.get(index).redirect();
    for (int i = index + 1; i < entries.size() && next.isPresent(); i++) {
      HarEntry entry = entries.get(i);
      if (!entry.isPreflight() && isFor(next.get(), entry)) {
        way.add(entry);
        next = entry.redirect();
      }
    }
    return way;
  }

  private static boolean isFor(Url url, HarEntry entry) {
    return url.hrefWithoutFragment().equals(entry.url().hrefWithoutFragment());
  }

  /** Whose page asked; empty when nothing in the file tells. */
  private Optional<Url> page(HarEntry entry) {
    Optional<String> origin = entry.sent("origin");
    Optional<Url> referrer = entry.sent("referer").flatMap(Url::tryParse);
    if (origin.isPresent() && origin.get().equals("null")) {
      return Url.tryParse("data:text/html,");
    }
    if (origin.isPresent()) {
      return referrer
          .filter(url -> url.origin().serialize().equals(origin.get()))
          .or(() -> Url.tryParse(origin.get() + "/"));
    }
    return Optional.ofNullable(entry.pageref()).map(pages::get).or(() -> referrer);
  }
}
