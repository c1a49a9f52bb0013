package dev.sallyport.fuzz;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A preflight: each line of the input is one of its {@code Access-Control-Request-Headers}. */
public final class RequestTarget {
  private static final String BLOG = "https://blog.foo.com";
  private static final List<String> ALLOWED = List.of("content-type", "x-a", "x-token");
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(BLOG).allowHeaders(ALLOWED).build();

  private RequestTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Law.text(input);
    List<String> lines = text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    Preflight request = new Preflight(lines);
    CorsDecision decision = POLICY.decide(request);
    List<String> written = new ArrayList<>();
    decision.writeTo(
        new CorsResponse() {
          @Override
          public void setHeader(String name, String value) {
            written.add(name + ": " + value);
          }

          @Override
          public void addVary(String fieldName) {
            written.add("vary: " + fieldName);
          }
        });
    Law.that(
        written.contains("access-control-allow-origin: " + BLOG), "the origin is allowed", text);
    Law.that(
        written.stream().noneMatch(line -> line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0),
        "no answer is split",
        text);
    Law.that(decision.describe(request).lines().count() == 1, "a line stays a line", text);
    boolean passes = decision.outcome() == CorsDecision.Outcome.PREFLIGHT_ALLOWED;
    Law.that(!passes || isAllowed(lines), "what passes is a list of allowed names", text);
    boolean plain = lines.size() <= 8 && text.length() <= 512 && text.matches("[a-z,\n-]*");
    boolean empty = text.matches("(?s).*,(,|\n|$).*|(?s).*(^|\n),.*") || text.contains("\n\n");
    Law.that(
        !plain || empty || passes == isAllowed(lines),
        "a plain list of allowed names passes",
        text);
  }

  /** As somebody would check it who has all the time of the world. */
  private static boolean isAllowed(List<String> lines) {
    return lines.stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .allMatch(name -> ALLOWED.contains(name.toLowerCase(Locale.ROOT)));
  }

  private record Preflight(List<String> lines) implements CorsRequest {
    @Override
    public String method() {
      return "OPTIONS";
    }

    @Override
    public @Nullable String header(String name, int line) {
      return switch (name) {
        case "origin" -> line == 0 ? BLOG : null;
        case "access-control-request-method" -> line == 0 ? "GET" : null;
        case "access-control-request-headers" -> line < lines.size() ? lines.get(line) : null;
        default -> null;
      };
    }
  }
}
