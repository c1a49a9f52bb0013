package dev.sallyport.cors;

import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPattern.Exact;
import dev.sallyport.origin.OriginPattern.Except;
import dev.sallyport.origin.OriginPattern.Wildcard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The patterns of a policy on their two sides, what it allows and what it excludes, to be asked how
 * they relate to others.
 */
final class PatternSides {
  private final Set<OriginPattern> allowed = new LinkedHashSet<>();
  private final Set<OriginPattern> excluded = new LinkedHashSet<>();

  /** Where the allowed patterns are, and what is above that; made when they are asked for. */
  private final Set<Place> places = new HashSet<>();

  private final Set<Place> placesAbove = new HashSet<>();

  PatternSides(Collection<OriginPattern> patterns) {
    for (OriginPattern pattern : patterns) {
      if (pattern instanceof Except except) {
        excluded.add(except.excluded());
      } else {
        allowed.add(pattern);
      }
    }
  }

  Set<OriginPattern> allowed() {
    return allowed;
  }

  Set<OriginPattern> excluded() {
    return excluded;
  }

  /** Whether some pattern allows all that {@code pattern} matches, exclusions not counted. */
  boolean allows(OriginPattern pattern) {
    return covering(pattern, allowed).isPresent();
  }

  /** Whether some exclusion takes out all that {@code pattern} matches. */
  boolean excludes(OriginPattern pattern) {
    return covering(pattern, excluded).isPresent();
  }

  /** A pattern of {@code among}, {@code pattern} itself too, that matches all that it does. */
  static Optional<OriginPattern> covering(OriginPattern pattern, Set<OriginPattern> among) {
    return among.contains(pattern) ? Optional.of(pattern) : wider(pattern, among);
  }

  /** A pattern of {@code among}, but {@code pattern} itself, that matches all that it does. */
  static Optional<OriginPattern> wider(OriginPattern pattern, Set<OriginPattern> among) {
    return among.isEmpty()
        ? Optional.empty()
        : pattern.wider().stream().filter(among::contains).findFirst();
  }

  /**
   * Whether an origin may be allowed here that {@code excluded} matches. It looks at schemes and
   * domains only, and never says no wrongly.
   */
  boolean mayMeet(OriginPattern excluded) {
    if (places.isEmpty()) {
      allowed.forEach(each -> addPlaces(Place.of(each)));
    }
    Place place = Place.of(excluded);
    return allowed.contains(new OriginPattern.Any())
        || places.contains(place)
        || place.under() && placesAbove.contains(place)
        || place.above().stream().anyMatch(places::contains);
  }

  private void addPlaces(Place place) {
    places.add(place);
    placesAbove.addAll(place.above());
  }

  /**
   * Where the origins of a pattern are.
   *
   * @param under whether they are the hosts under {@code domain}; otherwise {@code domain} is the
   *     host
   */
  private record Place(String scheme, String domain, boolean under) {
    static Place of(OriginPattern pattern) {
      if (pattern instanceof Exact exact) {
        return new Place(exact.origin().scheme(), exact.origin().host(), false);
      }
      return pattern instanceof Wildcard wildcard
          ? new Place(wildcard.scheme(), wildcard.domain(), wildcard.subdomains())
          : new Place("", "", false);
    }

    /** The wider places: what is under each domain that this is under. */
    List<Place> above() {
      List<Place> above = new ArrayList<>();
      for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
        above.add(new Place(scheme, domain.substring(dot + 1), true));
      }
      return above;
    }
  }
}
