package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route's {@code cors} and where its parts stand, for what can only be said when the whole route
 * is known.
 *
 * @param cors what was read
 * @param places where the values of keys stand
 * @param lists the elements of the lists of names
 */
record CorsSection(RouteCors cors, Map<String, Place> places, Map<String, List<Scalar>> lists) {

  static final CorsSection CLOSED = new CorsSection(new RouteCors.Closed(), Map.of(), Map.of());

  CorsSection {
    places = Map.copyOf(places);
    lists = Map.copyOf(lists);
  }

  /** Where the value of a key stands, or where the section begins. */
  Place place(String key, Place otherwise) {
    return places.getOrDefault(key, places.getOrDefault("cors", otherwise));
  }

  /** Where a header is listed, in whatever case. */
  Optional<Place> element(String key, String header) {
    return lists.getOrDefault(key, List.of()).stream()
        .filter(element -> element.text().equalsIgnoreCase(header))
        .map(Scalar::place)
        .findFirst();
  }
}
