package dev.sallyport.origin;

/**
 * Finds the parts of a serialized tuple origin where they stand, without making anything: what an
 * {@code Origin} header says is mostly well formed, and mostly not allowed.
 *
 * <p>It accepts what {@link OriginParser} accepts. The few that need more than a look at each
 * character (addresses, ports that could be the default) are left to the parser.
 */
final class OriginScan {
  /** What is no tuple origin. */
  static final long INVALID = -1;

  /** The characters of labels as bits: digits and hyphen; lower-case letters and {@code _}. */
  private static final long LABEL_LOW = 0x03ff_2000_0000_0000L;

  private static final long LABEL_HIGH = 0x07ff_fffe_8000_0000L;

  private OriginScan() {}

  /** The parts of {@code origin}, for the methods below; {@link #INVALID} when it is no tuple. */
  static long scan(String origin) {
    int length = origin.length();
    if (length > OriginParser.LONGEST_ORIGIN) {
      return INVALID;
    }
    int schemeEnd = schemeEnd(origin, length);
    if (schemeEnd < 0) {
      return INVALID;
    }
    int hostStart = schemeEnd + 3;
    int labelStart = hostStart;
    int dots = 0;
    int at = hostStart;
    for (; at < length; at++) {
      char c = origin.charAt(at);
      if (isLabelCharacter(c)) {
        continue;
      }
      if (c == ':') {
        break;
      }
      if (c != '.') {
        return c == '[' && at == hostStart ? parse(origin) : INVALID;
      }
      if (at == labelStart || at - labelStart > Hosts.LONGEST_LABEL) {
        return INVALID;
      }
      labelStart = at + 1;
      dots++;
    }
    if (at == hostStart
        || at - labelStart > Hosts.LONGEST_LABEL
        || at - hostStart > Hosts.LONGEST) {
      return INVALID;
    }
    boolean couldBeAddress = labelStart == at || isDigit(origin.charAt(labelStart));
    return at < length || couldBeAddress || isFile(origin, schemeEnd)
        ? parse(origin)
        : pack(hostStart, at, dots, -1);
  }

  private static int schemeEnd(String origin, int length) {
    if (origin.startsWith("https://")) {
      return 5;
    }
    int at = 0;
    while (at < length) {
      char c = origin.charAt(at);
      if (c == ':') {
        break;
      }
      boolean letter = c >= 'a' && c <= 'z';
      boolean later = isDigit(c) || c == '+' || c == '-' || c == '.';
      if (!letter && (at == 0 || !later)) {
        return -1;
      }
      at++;
    }
    return at > 0 && at <= OriginParser.LONGEST_SCHEME && origin.startsWith("://", at) ? at : -1;
  }

  private static boolean isFile(String origin, int schemeEnd) {
    return schemeEnd == 4 && origin.startsWith("file");
  }

  private static boolean isLabelCharacter(char c) {
    return c < 0x80 && ((c < 0x40 ? LABEL_LOW : LABEL_HIGH) >>> c & 1) != 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long parse(String origin) {
    try {
      TupleOrigin tuple = OriginParser.parseTuple(origin);
      int hostStart = tuple.scheme().length() + 3;
      String host = tuple.host();
      int dots = (int) host.chars().filter(c -> c == '.').count();
      return pack(hostStart, hostStart + host.length(), dots, tuple.port().orElse(-1));
    } catch (OriginSyntaxException e) {
      return INVALID;
    }
  }

  /** The port takes 32 bits, and each of the others, which are smaller than 512, ten. */
  private static long pack(int hostStart, int hostEnd, int dots, int port) {
    return (long) (hostStart << 20 | hostEnd << 10 | dots) << 32 | port & 0xffff_ffffL;
  }

  /** Where the host begins; three characters before, the scheme ends. */
  static int hostStart(long scan) {
    return (int) (scan >>> 52);
  }

  /** Where the host ends. */
  static int hostEnd(long scan) {
    return (int) (scan >>> 42) & 0x3ff;
  }

  /** How many dots the host has. */
  static int dots(long scan) {
    return (int) (scan >>> 32) & 0x3ff;
  }

  /** The port; -1 when it is the scheme's default. */
  static int port(long scan) {
    return (int) scan;
  }
}
