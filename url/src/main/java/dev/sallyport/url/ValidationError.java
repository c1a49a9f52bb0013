package dev.sallyport.url;

/**
 * The validation errors that end in failure.
 *
 * @see <a href="https://url.spec.whatwg.org/#writing">URL, validation errors</a>
 */
enum ValidationError {
  DOMAIN_TO_ASCII("domain-to-ASCII"),
  HOST_INVALID_CODE_POINT("host-invalid-code-point"),
  IPV4_TOO_MANY_PARTS("IPv4-too-many-parts"),
  IPV4_NON_NUMERIC_PART("IPv4-non-numeric-part"),
  IPV4_OUT_OF_RANGE_PART("IPv4-out-of-range-part"),
  IPV6_UNCLOSED("IPv6-unclosed"),
  IPV6_INVALID_COMPRESSION("IPv6-invalid-compression"),
  IPV6_TOO_MANY_PIECES("IPv6-too-many-pieces"),
  IPV6_MULTIPLE_COMPRESSION("IPv6-multiple-compression"),
  IPV6_INVALID_CODE_POINT("IPv6-invalid-code-point"),
  IPV6_TOO_FEW_PIECES("IPv6-too-few-pieces"),
  IPV4_IN_IPV6_TOO_MANY_PIECES("IPv4-in-IPv6-too-many-pieces"),
  IPV4_IN_IPV6_INVALID_CODE_POINT("IPv4-in-IPv6-invalid-code-point"),
  IPV4_IN_IPV6_OUT_OF_RANGE_PART("IPv4-in-IPv6-out-of-range-part"),
  IPV4_IN_IPV6_TOO_FEW_PARTS("IPv4-in-IPv6-too-few-parts"),
  MISSING_SCHEME_NON_RELATIVE_URL("missing-scheme-non-relative-URL"),
  HOST_MISSING("host-missing"),
  PORT_OUT_OF_RANGE("port-out-of-range"),
  PORT_INVALID("port-invalid");

  private final String standardName;

  ValidationError(String standardName) {
    this.standardName = standardName;
  }

  /** The name in the standard's table: {@code port-out-of-range}. */
  String standardName() {
    return standardName;
  }
}
