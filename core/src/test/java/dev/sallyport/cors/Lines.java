package dev.sallyport.cors;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of a message in a test: a request's view and a response's at once. */
final class Lines implements CorsRequest, CorsResponse {
  private final String method;
  private final List<List<String>> lines = new ArrayList<>();

  Lines(String method, List<List<String>> lines) {
    this.method = method;
    this.lines.addAll(lines);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public @Nullable String header(String name, int line) {
    List<String> values = new ArrayList<>();
    headers(name).forEachRemaining(values::add);
    return line < values.size() ? values.get(line) : null;
  }

  Iterator<String> headers(String name) {
    return lines.stream()
        .filter(line -> line.get(0).equalsIgnoreCase(name))
        .map(line -> line.get(1))
        .iterator();
  }

  @Override
  public void setHeader(String name, String value) {
    lines.removeIf(line -> line.get(0).equalsIgnoreCase(name));
    lines.add(List.of(name, value));
  }

  @Override
  public void addVary(String fieldName) {
    if (!Vary.covers(headers(CorsHeaders.VARY), fieldName)) {
      lines.add(List.of(CorsHeaders.VARY, fieldName));
    }
  }

  /** Everything but {@code Vary}. */
  Map<String, String> withoutVary() {
    Map<String, String> headers = new TreeMap<>();
    lines.stream()
        .filter(line -> !line.get(0).equals(CorsHeaders.VARY))
        .forEach(line -> headers.put(line.get(0).toLowerCase(Locale.ROOT), line.get(1)));
    return headers;
  }
}
