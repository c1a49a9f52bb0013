package dev.sallyport.url;

import java.nio.charset.StandardCharsets;

/**
 * The host parser.
 *
 * @see <a href="https://url.spec.whatwg.org/#host-parsing">URL, host parsing</a>
 */
final class HostParser {
  private HostParser() {}

  /**
   * The host that is written between user and port.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-host-parser">URL, host parser</a>
   */
  static Host hostParser(String input, boolean isOpaque) throws ParsingFailure {
    // 1.
    if (input.startsWith("[")) {
      if (!input.endsWith("]")) {
        throw new ParsingFailure(
            ValidationError.IPV6_UNCLOSED,
            "the IPv6 address " + Quote.quote(input) + " has no closing bracket at its end");
      }
      return Ipv6Parser.ipv6Parser(input.substring(1, input.length() - 1));
    }
    // 2.
    if (isOpaque) {
      return opaqueHostParser(input);
    }
    // 5.
    String domain =
        input.indexOf('%') < 0
            ? input
            : new String(PercentEncoding.percentDecode(input), StandardCharsets.UTF_8);
    // 6, 7.
    Host.Domain asciiDomain = DomainParser.domainParser(domain);
    // 8.
    if (Ipv4Address.endsInANumberChecker(asciiDomain.name())) {
      return Ipv4Address.ipv4Parser(asciiDomain.name());
    }
    // 9.
    return asciiDomain;
  }

  /**
   * The host of a URL that is not special: whatever it is, kept as it is.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-opaque-host-parser">URL, opaque-host
   *     parser</a>
   */
  private static Host opaqueHostParser(String input) throws ParsingFailure {
    if (input.isEmpty()) {
      return new Host.Empty();
    }
    // 1.
    for (int i = 0; i < input.length(); i++) {
      if (isForbiddenHostCodePoint(input.charAt(i))) {
        throw new ParsingFailure(
            ValidationError.HOST_INVALID_CODE_POINT,
            "the host "
                + Quote.quote(input)
                + " has "
                + Quote.quote(input.charAt(i))
                + ", which no host can have");
      }
    }
    // 4.
    StringBuilder output = new StringBuilder(input.length());
    PercentEncoding.utf8PercentEncode(input, PercentEncodeSet.C0_CONTROL, output);
    return new Host.Opaque(output.toString());
  }

  /**
   * Whether no host at all can have the code point.
   *
   * @see <a href="https://url.spec.whatwg.org/#forbidden-host-code-point">URL, forbidden host code
   *     point</a>
   */
  static boolean isForbiddenHostCodePoint(int c) {
    return switch (c) {
      case 0, '\t', '\n', '\r', ' ', '#', '/', ':', '<', '>', '?', '@', '[', '\\', ']', '^', '|' ->
          true;
      default -> false;
    };
  }
}
