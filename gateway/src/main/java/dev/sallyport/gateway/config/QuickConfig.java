package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Entry;
import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.origin.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configuration of one route, from the options of a command line.
 *
 * <p>The options become the same values that a file holds and are checked by the same code; a
 * problem names the option where that of a file names the line. Each method is called once at most.
 */
public final class QuickConfig {
  private final List<Entry> file = new ArrayList<>();
  private final List<Entry> route = new ArrayList<>();
  private final List<Entry> cors = new ArrayList<>();
  private final List<Entry> setHeaders = new ArrayList<>();
  private final List<Value> forwardOfRequest = new ArrayList<>();
  private final List<Value> forwardOfResponse = new ArrayList<>();
  private final Problems problems = new Problems();

  /** A route for every path to the server that {@code --to} names. */
  public QuickConfig(String to) {
    text(route, "upstream", "--to", to);
  }

  /** {@code --listen ADDRESS}, as {@code listen} in a file. */
  public QuickConfig listen(Collection<String> addresses) {
    return list(file, "listen", "--listen", addresses);
  }

  /** {@code --admin ADDRESS}, as {@code admin} in a file. */
  public QuickConfig admin(String address) {
    return text(file, "admin", "--admin", address);
  }

  /** {@code --transport auto|epoll|nio|io_uring}. */
  public QuickConfig transport(String transport) {
    return text(file, "transport", "--transport", transport);
  }

  /** {@code --host HOST}: the only host that is served. */
  public QuickConfig host(String host) {
    return text(route, "host", "--host", host);
  }

  /** {@code --allow-origin PATTERN}. */
  public QuickConfig allowOrigins(Collection<String> patterns) {
    return list(cors, "allowOrigins", "--allow-origin", patterns);
  }

  /** {@code --allow-method METHOD}. */
  public QuickConfig allowMethods(Collection<String> methods) {
    return list(cors, "allowMethods", "--allow-method", methods);
  }

  /** {@code --allow-header NAME}. */
  public QuickConfig allowHeaders(Collection<String> names) {
    return list(cors, "allowHeaders", "--allow-header", names);
  }

  /** {@code --expose-header NAME}. */
  public QuickConfig exposeHeaders(Collection<String> names) {
    return list(cors, "exposeHeaders", "--expose-header", names);
  }

  /** {@code --allow-credentials}. */
  public QuickConfig allowCredentials(boolean allow) {
    if (allow) {
      Place place = Place.whole("--allow-credentials");
      put(cors, "allowCredentials", new Scalar(place, Kind.BOOLEAN, "true"));
    }
    return this;
  }

  /** {@code --max-age DURATION}. */
  public QuickConfig maxAge(String duration) {
    return text(cors, "maxAge", "--max-age", duration);
  }

  /** {@code --enforce browser|origin|cross-site}. */
  public QuickConfig enforce(String enforcement) {
    return text(cors, "enforce", "--enforce", enforcement);
  }

  /**
   * {@code --forward NAME}: {@code cookie} and {@code authorization} on the way to the upstream,
   * {@code set-cookie} on the way back.
   */
  public QuickConfig forward(Collection<String> names) {
    for (String name : names) {
      boolean back = name.toLowerCase(Locale.ROOT).equals("set-cookie");
      (back ? forwardOfResponse : forwardOfRequest).add(scalar("--forward", name));
    }
    return this;
  }

  /** {@code --set-header "NAME: VALUE"} or {@code NAME=VALUE}; a value may hold ${env:NAME}. */
  public QuickConfig setHeaders(Collection<String> headers) {
    for (String header : headers) {
      int end = 0;
      while (end < header.length() && header.charAt(end) != ':' && header.charAt(end) != '=') {
        end++;
      }
      if (end == header.length()) {
        problems.error(
            Place.whole("--set-header"),
            "\""
                + Printable.of(firstWord(header))
                + "\" has no colon. Write it as \"x-api-key: abc\".");
      } else {
        setHeaders.add(
            new Entry(
                scalar("--set-header", header.substring(0, end).strip()),
                scalar("--set-header", blanksTrimmed(header.substring(end + 1)))));
      }
    }
    return this;
  }

  /** What may be shown of a header without a colon: behind its name may be a secret. */
  private static String firstWord(String header) {
    int blank = header.indexOf(' ');
    return blank < 0 ? header : header.substring(0, blank);
  }

  /** The blanks around a value are the shell's and the colon's; anything else is the user's. */
  private static String blanksTrimmed(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && value.charAt(start) == ' ') {
      start++;
    }
    while (end > start && value.charAt(end - 1) == ' ') {
      end--;
    }
    return value.substring(start, end);
  }

  /**
   * Checks everything and gives the configuration, or why there is none.
   *
   * @param env the value of an environment variable, empty when it is not set
   */
  public ConfigResult build(Function<String, Optional<String>> env) {
    Place to = Place.whole("--to");
    List<Entry> whole = new ArrayList<>(route);
    put(whole, "cors", new Mapping(Place.whole("--allow-origin"), List.copyOf(cors)));
    put(whole, "request", rules("--forward", forwardOfRequest, setHeaders));
    put(whole, "response", rules("--forward", forwardOfResponse, List.of()));
    List<Entry> top = new ArrayList<>(file);
    put(top, "routes", new Sequence(to, List.of(new Mapping(to, List.copyOf(whole)))));
    return new GatewayReader(new Reading(problems, Path.of("").toAbsolutePath(), env))
        .read(new Mapping(to, List.copyOf(top)));
  }

  private static Mapping rules(String option, List<Value> forward, List<Entry> headers) {
    Place place = Place.whole(option);
    Map<String, Value> rules =
        Map.of(
            "forward", new Sequence(place, List.copyOf(forward)),
            "setHeaders", new Mapping(Place.whole("--set-header"), List.copyOf(headers)));
    return new Mapping(
        place,
        rules.entrySet().stream()
            .map(rule -> new Entry(new Scalar(place, Kind.TEXT, rule.getKey()), rule.getValue()))
            .collect(Collectors.toList()));
  }

  private QuickConfig list(List<Entry> to, String key, String option, Collection<String> values) {
    if (!values.isEmpty()) {
      List<Value> items = values.stream().<Value>map(value -> scalar(option, value)).toList();
      put(to, key, new Sequence(Place.whole(option), items));
    }
    return this;
  }

  private QuickConfig text(List<Entry> to, String key, String option, String value) {
    put(to, key, scalar(option, value));
    return this;
  }

  private static void put(List<Entry> to, String key, Value value) {
    to.add(new Entry(new Scalar(value.place(), Kind.TEXT, key), value));
  }

  private static Scalar scalar(String option, String text) {
    return new Scalar(Place.whole(option), Kind.TEXT, text);
  }
}
