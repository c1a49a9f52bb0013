package dev.sallyport.cors;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
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
final class AllowList {
  private static final String WILDCARD = "*";

  private final Set<String> names;
  private final boolean all;
  private final boolean echo;
  private final Predicate<String> always;
  private final Predicate<String> neverByWildcard;
  private final String fixedAnswer;

  private AllowList(
      Set<String> names,
      boolean credentials,
      Predicate<String> always,
      Predicate<String> neverByWildcard) {
    this.names = names;
    this.all = names.contains(WILDCARD);
    this.echo = all && credentials;
    this.always = always;
    this.neverByWildcard = neverByWildcard;
    this.fixedAnswer = String.join(",", names);
  }

  static AllowList ofMethods(Collection<String> methods, boolean credentials) {
    return new AllowList(
        new LinkedHashSet<>(methods),
        credentials,
        FetchNames::isCorsSafelistedMethod,
        FetchNames::isForbiddenMethod);
  }

  static AllowList ofHeaders(Collection<String> names, boolean credentials) {
    return new AllowList(
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        credentials,
        name -> false,
        FetchNames::isCorsNonWildcardRequestHeader);
  }

  boolean allows(String name) {
    return always.test(name) || names.contains(name) || all && !neverByWildcard.test(name);
  }

  /**
   * The value of the answer's header when {@code asked} was asked for; empty when there is nothing
   * to write.
   */
  String answer(Set<String> asked) {
    if (!echo) {
      return fixedAnswer;
    }
    return asked.stream().filter(this::allows).collect(Collectors.joining(","));
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
