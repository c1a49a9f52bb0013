package dev.sallyport.origin;

import org.jspecify.annotations.Nullable;

/**
 * Hosts as they stand in the serialization of an origin.
 *
 * @see <a href="https://url.spec.whatwg.org/#host-serializing">URL, host serializing</a>
 */
final class Hosts {
  /** 253 characters of domain name, and a trailing dot. */
  static final int LONGEST = 254;

  static final int LONGEST_LABEL = 63;

  static final String WILDCARD_FAULT =
      "\"*\" is allowed only as the left-most label or, next to a hyphen, as a part of it";

  private Hosts() {}

  /**
   * Why {@code host} cannot stand in an origin, as a clause; null when it can.
   *
   * @param special whether the scheme is one whose hosts the URL standard parses, so that an IPv4
   *     address has but one spelling
   */
  static @Nullable String fault(String host, boolean special) {
    if (host.isEmpty()) {
      return "it has no host";
    }
    if (host.charAt(0) == '[') {
      return ipv6Fault(host);
    }
    String fault = nameFault(host);
    return fault == null && special ? numberFault(host) : fault;
  }

  /**
   * Why no URL of a scheme whose hosts the URL standard parses can have {@code host}, as a clause;
   * null when one can. Unlike {@link #fault}, it knows neither the lengths of the DNS nor its
   * alphabet.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-host-parser">URL, host parser</a>
   */
  static @Nullable String urlFault(String host) {
    if (host.isEmpty()) {
      return "it has no host";
    }
    if (host.charAt(0) == '[') {
      return ipv6Fault(host);
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c >= 'A' && c <= 'Z' || isForbiddenInDomain(c)) {
        return characterFault(c);
      }
    }
    return numberFault(host);
  }

  private static @Nullable String numberFault(String host) {
    return endsInNumber(host) && !isIpv4(host)
        ? "the host ends in a number but is not an IPv4 address written as four decimal numbers"
        : null;
  }

  /**
   * Whether {@code c} can be in no host of a URL, or only before it is parsed.
   *
   * @see <a href="https://url.spec.whatwg.org/#forbidden-domain-code-point">URL, forbidden domain
   *     code point</a>
   */
  private static boolean isForbiddenInDomain(char c) {
    return c <= ' ' || c > '~' || "#%/:<>?@[\\]^|".indexOf(c) >= 0;
  }

  private static @Nullable String nameFault(String host) {
    if (host.length() > LONGEST) {
      return "the host is longer than 253 characters";
    }
    int labelStart = 0;
    for (int i = 0; i <= host.length(); i++) {
      if (i == host.length() || host.charAt(i) == '.') {
        if (i == labelStart && i < host.length() || i == 0) {
          return "the host has an empty label";
        }
        if (i - labelStart > LONGEST_LABEL) {
          return "a label of the host is longer than 63 characters";
        }
        labelStart = i + 1;
      } else if (!isNameCharacter(host.charAt(i))) {
        return characterFault(host.charAt(i));
      }
    }
    return null;
  }

  private static String characterFault(char c) {
    if (c >= 'A' && c <= 'Z') {
      return "the host has upper-case letters, which browsers lower";
    }
    if (c > 0x7e) {
      return "the host is not ASCII; browsers send its punycode form";
    }
    return switch (c) {
      case '/', '?', '#', '\\' -> "an origin ends after host and port, without a slash or path";
      case '@' -> "an origin has no user or password";
      case '*' -> WILDCARD_FAULT;
      default -> "the host has the character \"" + Printable.of(String.valueOf(c)) + "\"";
    };
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
  }

  /**
   * Whether the URL standard would read {@code host} as an IPv4 address.
   *
   * @see <a href="https://url.spec.whatwg.org/#ends-in-a-number-checker">URL, ends in a number</a>
   */
  private static boolean endsInNumber(String host) {
    String name = withoutTrailingDot(host);
    String last = name.substring(name.lastIndexOf('.') + 1);
    return isDigits(last) || last.startsWith("0x") && isHex(last.substring(2));
  }

  /** Whether {@code host} is an IPv4 address in the one form that browsers serialize. */
  static boolean isIpv4(String host) {
    int parts = 0;
    for (int start = 0; start <= host.length(); parts++) {
      int dot = host.indexOf('.', start);
      int end = dot < 0 ? host.length() : dot;
      if (end == start || end - start > 3 || end - start > 1 && host.charAt(start) == '0') {
        return false;
      }
      String digits = host.substring(start, end);
      if (!isDigits(digits) || Integer.parseInt(digits) > 255) {
        return false;
      }
      start = end + 1;
    }
    return parts == 4;
  }

  /** Whether {@code host} is an IP address of either family. */
  static boolean isIpAddress(String host) {
    return host.startsWith("[") || isIpv4(host);
  }

  /**
   * Whether {@code host} never leaves the machine.
   *
   * @see <a href="https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy">Secure
   *     Contexts, steps 4 and 5</a>
   */
  static boolean isLoopback(String host) {
    String name = withoutTrailingDot(host);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || host.equals("[::1]")
        || host.startsWith("127.") && isIpv4(host);
  }

  static String withoutTrailingDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static @Nullable String ipv6Fault(String host) {
    int[] pieces = host.endsWith("]") ? ipv6Pieces(host.substring(1, host.length() - 1)) : null;
    if (pieces == null) {
      return "the host is not an IPv6 address";
    }
    String canonical = "[" + serializeIpv6(pieces) + "]";
    return canonical.equals(host) ? null : "browsers write this IPv6 address as " + canonical;
  }

  /** The eight pieces of an address in hexadecimal; null when {@code text} is none. */
  private static int @Nullable [] ipv6Pieces(String text) {
    int lastColon = text.lastIndexOf(':');
    if (lastColon >= 0 && isIpv4(text.substring(lastColon + 1))) {
      return ipv6Pieces(
          text.substring(0, lastColon + 1) + ipv4Pieces(text.substring(lastColon + 1)));
    }
    int gap = text.indexOf("::");
    if (gap < 0) {
      return hexPieces(text, 8);
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    int[] head = gap == 0 ? new int[0] : hexPieces(text.substring(0, gap), -1);
    int[] tail = gap + 2 == text.length() ? new int[0] : hexPieces(text.substring(gap + 2), -1);
    if (head == null || tail == null || head.length + tail.length > 7) {
      return null;
    }
    int[] pieces = new int[8];
    System.arraycopy(head, 0, pieces, 0, head.length);
    System.arraycopy(tail, 0, pieces, 8 - tail.length, tail.length);
    return pieces;
  }

  /** The two pieces that an IPv4 address at the end of an IPv6 one stands for: {@code 7f00:1}. */
  private static String ipv4Pieces(String address) {
    int bits = 0;
    for (String part : address.split("\\.", -1)) {
      bits = bits << 8 | Integer.parseInt(part);
    }
    return Integer.toHexString(bits >>> 16) + ":" + Integer.toHexString(bits & 0xffff);
  }

  /**
   * The pieces between colons; null unless each is one to four hexadecimal digits and there are
   * {@code count} (-1: any).
   */
  private static int @Nullable [] hexPieces(String text, int count) {
    String[] parts = text.split(":", -1);
    if (count >= 0 && parts.length != count || parts.length > 8) {
      return null;
    }
    int[] pieces = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].isEmpty() || parts[i].length() > 4 || !isHex(parts[i])) {
        return null;
      }
      pieces[i] = Integer.parseInt(parts[i], 16);
    }
    return pieces;
  }

  /**
   * The one spelling of an address.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-ipv6-serializer">URL, IPv6 serializer</a>
   */
  private static String serializeIpv6(int[] pieces) {
    int gapStart = -1;
    int gapLength = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && pieces[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gapStart = i;
        gapLength = end - i;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == gapStart) {
        text.append(i == 0 ? "::" : ":");
        i += gapLength - 1;
        continue;
      }
      text.append(Integer.toHexString(pieces[i]));
      if (i < 7) {
        text.append(':');
      }
    }
    return text.toString();
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
  }
}
