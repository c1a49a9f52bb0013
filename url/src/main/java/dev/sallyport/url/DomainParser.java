package dev.sallyport.url;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUException;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a domain of what stands for one: ASCII and lower case.
 *
 * @see <a href="https://url.spec.whatwg.org/#idna">URL, IDNA</a>
 */
final class DomainParser {
  private DomainParser() {}

  /**
   * The domain parser with <i>beStrict</i> false, the only way URLs are parsed.
   *
   * <p>DEVIATION 1, 2: the strict result only tells whether there is a validation error that ends
   * nothing, so it is not asked for.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-domain-to-ascii">URL, domain parser</a>
   */
  static Host.Domain domainParser(String domain) throws ParsingFailure {
    // 5, 6. ICU is asked only where the answer depends on it: it takes longer to start than most
    // programs that parse a URL take to run.
    String result =
        Ascii.isAsciiString(domain)
            ? domain.toLowerCase(Locale.ROOT)
            : Idna.domainParserToAscii(domain);
    // 7.
    if (result.isEmpty()) {
      throw new ParsingFailure(
          ValidationError.DOMAIN_TO_ASCII,
          "nothing is left of the host "
              + Quote.quote(domain)
              + " when the characters that do not count are taken away");
    }
    // 8.
    for (int i = 0; i < result.length(); i++) {
      if (isForbiddenDomainCodePoint(result.charAt(i))) {
        throw new ParsingFailure(
            ValidationError.DOMAIN_TO_ASCII,
            "the host "
                + Quote.quote(domain)
                + " has "
                + Quote.quote(result.charAt(i))
                + ", which no domain can have");
      }
    }
    // 9.
    return new Host.Domain(result);
  }

  /**
   * Whether no domain can have the code point.
   *
   * @see <a href="https://url.spec.whatwg.org/#forbidden-domain-code-point">URL, forbidden domain
   *     code point</a>
   */
  private static boolean isForbiddenDomainCodePoint(int c) {
    return HostParser.isForbiddenHostCodePoint(c) || c <= 0x1f || c == '%' || c == 0x7f;
  }

  /** What needs ICU, in a class of its own so that nothing else loads it. */
  private static final class Idna {
    private static final IDNA UTS46 =
        IDNA.getUTS46Instance(
            IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /** What ICU always checks, and the standard does not: CheckHyphens and VerifyDnsLength. */
    private static final Set<IDNA.Error> NO_ERRORS =
        Set.of(
            IDNA.Error.LEADING_HYPHEN,
            IDNA.Error.TRAILING_HYPHEN,
            IDNA.Error.HYPHEN_3_4,
            IDNA.Error.EMPTY_LABEL,
            IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG);

    /**
     * The domain parser ToASCII with <i>beStrict</i> false.
     *
     * <p>DEVIATION: a label that is longer than ICU encodes (1,000 UTF-16 units) or decodes (2,000
     * characters) is a failure. The DNS knows none of more than 63.
     *
     * @see <a href="https://url.spec.whatwg.org/#domain-parser-toascii">URL, domain parser
     *     ToASCII</a>
     */
    static String domainParserToAscii(String domain) throws ParsingFailure {
      IDNA.Info info = new IDNA.Info();
      StringBuilder result = new StringBuilder();
      try {
        UTS46.nameToASCII(domain, result, info);
      } catch (ICUException e) {
        throw new ParsingFailure(
            ValidationError.DOMAIN_TO_ASCII,
            "the host " + Quote.quote(domain) + " has a label that is far too long");
      }
      for (IDNA.Error error : info.getErrors()) {
        if (!NO_ERRORS.contains(error)) {
          throw new ParsingFailure(
              ValidationError.DOMAIN_TO_ASCII,
              "the host " + Quote.quote(domain) + " " + describe(error));
        }
      }
      return result.toString();
    }

    private static String describe(IDNA.Error error) {
      return switch (error) {
        case LEADING_COMBINING_MARK -> "has a label that begins with a combining mark";
        case DISALLOWED -> "has a character that no domain can have";
        case PUNYCODE -> "has a label that begins with xn-- but is not Punycode";
        case LABEL_HAS_DOT -> "has a label of Punycode with a dot in it";
        case INVALID_ACE_LABEL -> "has a label of Punycode that encodes what no domain can have";
        case BIDI -> "mixes directions of writing in a way that no domain can";
        case CONTEXTJ -> "has an invisible joiner where none can stand";
        default -> "is no international domain name (" + error + ")";
      };
    }
  }
}
