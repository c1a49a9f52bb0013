package dev.sallyport.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a request's headers mean to the CORS protocol. */
final class RequestHeaders {
  private static final int LONGEST_SAFELISTED_VALUES = 1024;

  /** See <a href="https://fetch.spec.whatwg.org/#request-body-header-name">Fetch</a>. */
  static final List<String> BODY_NAMES =
      List.of("content-encoding", "content-language", "content-location", "content-type");

  static final Set<String> CLIENT_HINTS =
      Set.of("device-memory", "downlink", "dpr", "ect", "rtt", "viewport-width", "width");

  /** What makes a request conditional. */
  static final Set<String> CONDITIONS =
      Set.of("if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since");

  private RequestHeaders() {}

  /**
   * The names that another origin has to allow, in lower case and sorted.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">Fetch,
   *     CORS-unsafe request-header names</a>
   */
  static List<String> corsUnsafeNames(Fetching fetching, HeaderList headers) {
    if (headers.isEmpty()) {
      return List.of();
    }
    // 1. to 3.
    Set<String> unsafe = new TreeSet<>();
    List<String> potentiallyUnsafe = new ArrayList<>();
    int safelistedLength = 0;
    // 4.
    for (Header line : headers.lines()) {
      String name = line.lowerCaseName();
      if (isSafelisted(fetching, headers, name, line.value())) {
        potentiallyUnsafe.add(name);
        safelistedLength += line.value().length();
      } else {
        unsafe.add(name);
      }
    }
    // 5.
    if (safelistedLength > LONGEST_SAFELISTED_VALUES) {
      unsafe.addAll(potentiallyUnsafe);
    }
    // 6.
    return List.copyOf(unsafe);
  }

  /** How many lines of a name are not safelisted by themselves. */
  static int unsafeLines(Fetching fetching, HeaderList headers, String name) {
    int lines = 0;
    for (String value : headers.values(name)) {
      lines += isSafelisted(fetching, headers, name, value) ? 0 : 1;
    }
    return lines;
  }

  private static boolean isSafelisted(
      Fetching fetching, HeaderList headers, String name, String value) {
    // DEVIATION SAFELISTED_LINES_COMBINED
    String combined = fetching.does(Deviation.SAFELISTED_LINES_COMBINED) ? headers.get(name) : null;
    String looked = combined == null ? value : combined;
    // DEVIATION CLIENT_HINTS_SAFELISTED
    if (fetching.does(Deviation.CLIENT_HINTS_SAFELISTED) && isClientHint(name, looked)) {
      return true;
    }
    // DEVIATION CONTENT_TYPE_WITH_COMMA_ASKED
    if (name.equals("content-type")
        && looked.indexOf(',') >= 0
        && fetching.does(Deviation.CONTENT_TYPE_WITH_COMMA_ASKED)) {
      return false;
    }
    // DEVIATION RANGE_BOUNDED
    if (name.equals("range")
        && fetching.does(Deviation.RANGE_BOUNDED)
        && HeaderValues.hasNumberBeyond63Bits(looked)) {
      return false;
    }
    // DEVIATION RANGE_UNIT_IN_ANY_CASE
    boolean anyCase = name.equals("range") && fetching.does(Deviation.RANGE_UNIT_IN_ANY_CASE);
    return HeaderValues.isCorsSafelistedRequestHeader(
        name, anyCase ? looked.toLowerCase(Locale.ROOT) : looked);
  }

  /** The names that a preflight announces, in lower case, sorted, each once. */
  static List<String> announced(Fetching fetching, Request request) {
    if (request.redirectCount > 0) {
      // DEVIATION REQUESTED_NAMES_ORIGINAL
      if (fetching.does(Deviation.REQUESTED_NAMES_ORIGINAL)) {
        return corsUnsafeNames(fetching, request.originalHeaders);
      }
      // DEVIATION REQUESTED_NAMES_LESS_LAST_REMOVED
      if (fetching.does(Deviation.REQUESTED_NAMES_LESS_LAST_REMOVED)) {
        return corsUnsafeNames(fetching, request.originalHeaders).stream()
            .filter(name -> !request.lastRemoved.contains(name))
            .toList();
      }
    }
    return corsUnsafeNames(fetching, request.headers);
  }

  /** DEVIATION CLIENT_HINTS_SAFELISTED: whether a value is of its hint's kind. */
  private static boolean isClientHint(String name, String value) {
    boolean shortEnough = value.length() <= HeaderValues.LONGEST_SAFELISTED_VALUE;
    return shortEnough
        && switch (name) {
          case "device-memory", "downlink", "dpr" -> HeaderValues.isDecimal(value);
          case "rtt", "viewport-width", "width" -> HeaderValues.isDigits(value) && !value.isEmpty();
          case "ect" -> Set.of("slow-2g", "2g", "3g", "4g").contains(value);
          case "save-data" -> value.equals("on");
          default -> false;
        };
  }
}
