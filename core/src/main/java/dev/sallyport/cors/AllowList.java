package dev.sallyport.cors;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The methods or the request headers that a preflight may ask for, with the standard's exceptions
 * for the wildcard.
 *
 * <p>To a browser a literal {@code *} means nothing when credentials are included, and never covers
 * {@code Authorization}. So the wildcard is written as such without credentials, and with them the
 * names asked for are written instead; {@code Authorization} has to be listed by name in both
 * cases.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch-0">Fetch, CORS-preflight fetch,
 *     steps 7.5 to 7.7</a>
 */
final class AllowList implements RequestedHeaders.Reader {
  private static final String WILDCARD = "*";
  private static final NameTable NON_WILDCARD =
      new NameTable(FetchNames.NON_WILDCARD_REQUEST_HEADERS);

  private final List<String> names;
  private final NameTable table;
  private final boolean all;
  private final boolean echoes;
  private final String answer;

  private AllowList(Collection<String> names, boolean credentials, Set<String> always) {
    this.names = List.copyOf(names);
    this.all = names.contains(WILDCARD);
    this.echoes = all && credentials;
    Set<String> allowed = new LinkedHashSet<>(names);
    allowed.addAll(always);
    this.table = new NameTable(allowed);
    this.answer = String.join(",", names);
  }

  static AllowList ofMethods(Collection<String> methods, boolean credentials) {
    return new AllowList(new LinkedHashSet<>(methods), credentials, FetchNames.SAFELISTED_METHODS);
  }

  static AllowList ofHeaders(Collection<String> names, boolean credentials) {
    return new AllowList(
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        credentials,
        Set.of());
  }

  /** Whether a preflight may ask for {@code method}. */
  boolean allowsMethod(String method) {
    return table.contains(method) || all && !FetchNames.isForbiddenMethod(method);
  }

  /** Whether a preflight may ask for the header whose name stands in {@code text}, in any case. */
  @Override
  public boolean accepts(String text, int start, int end) {
    return table.containsIgnoringCase(text, start, end)
        || all && !NON_WILDCARD.containsIgnoringCase(text, start, end);
  }

  /**
   * Whether the names that were asked for are answered, because the wildcard would mean nothing.
   */
  boolean echoes() {
    return echoes;
  }

  /**
   * The value of the answer's header where it does not echo; empty when there is nothing to write.
   */
  String answer() {
    return echoes ? "" : answer;
  }

  List<String> names() {
    return names;
  }
}
