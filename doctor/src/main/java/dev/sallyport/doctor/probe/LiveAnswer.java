package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer from the wire.
 *
 * @param protocol {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers line by line; lines of one name stand in the order in which they came
 * @param text the begin of the body, at most 64 KiB
 */
public record LiveAnswer(String protocol, int status, List<Header> headers, String text) {
  public LiveAnswer {
    headers = List.copyOf(headers);
  }

  /** The values of the lines with this name. */
  public List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(header -> header.value().strip())
        .toList();
  }

  /** They all, with commas between; empty without any. */
  public Optional<String> get(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  boolean has(String name) {
    return !all(name).isEmpty();
  }

  /** Whether the value is a list that holds {@code token}, in any case. */
  boolean lists(String name, String token) {
    return all(name).stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .anyMatch(part -> part.strip().equalsIgnoreCase(token));
  }

  boolean isOk() {
    return status >= 200 && status <= 299;
  }

  boolean isRedirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  boolean isHtml() {
    return get("content-type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
        .isPresent();
  }

  /** Who says to have answered; empty when nobody does. */
  Optional<String> server() {
    return get("server").or(() -> get("via")).or(() -> get("x-powered-by"));
  }
}
