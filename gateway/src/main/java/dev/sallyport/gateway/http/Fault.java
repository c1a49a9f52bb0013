package dev.sallyport.gateway.http;

/**
 * What can be wrong with the form of a message, so that two servers could read it differently.
 *
 * <p>The {@linkplain #code codes} are stable and documented: they stand in the bodies of errors.
 */
public enum Fault {
  /** The first line is not three words with one space between them. */
  START_LINE(400, "bad-request-line", "The request line cannot be read"),
  /** A line ends in a bare LF, or a bare CR stands in the head. */
  LINE_BREAK(400, "bad-request-line-break", "A line does not end in CR LF"),
  /** A line begins with a blank, which used to continue the line before. */
  FOLDING(400, "bad-request-folding", "A header is folded over several lines"),
  /** A header line is not a name, a colon and a value. */
  HEADER(400, "bad-request-header", "A header line cannot be read"),
  /** A header's name has a character that no name may have. */
  HEADER_NAME(400, "bad-request-header-name", "A header name is malformed"),
  /** A header's value has a control character. */
  HEADER_VALUE(400, "bad-request-header-value", "A header value has a control character"),
  /** {@code Content-Length} is not a plain number. */
  LENGTH(400, "bad-request-length", "Content-Length is not a number"),
  /** There are several lines of {@code Content-Length}, even equal ones. */
  LENGTH_REPEATED(400, "bad-request-length-repeated", "There are several Content-Length headers"),
  /** {@code Transfer-Encoding} is not exactly {@code chunked}, or the version knows none. */
  TRANSFER_ENCODING(
      400, "bad-request-transfer-encoding", "Transfer-Encoding is not exactly chunked"),
  /** Both say how long the body is. */
  LENGTH_AND_ENCODING(
      400,
      "bad-request-length-and-encoding",
      "There are both Content-Length and Transfer-Encoding"),
  /** A chunk's size, extension or end, or a trailer, is malformed. */
  CHUNK(400, "bad-request-chunk", "The chunked body is malformed"),
  /** HTTP/1.1 without {@code Host}. */
  HOST_MISSING(400, "bad-request-host-missing", "The Host header is missing"),
  /** There are several lines of {@code Host}. */
  HOST_REPEATED(400, "bad-request-host-repeated", "There are several Host headers"),
  /** {@code Host} is no host with an optional port. */
  HOST(400, "bad-request-host", "The Host header is not a host"),
  /** The request line names another host than {@code Host}. */
  HOST_DIFFERS(400, "bad-request-host-differs", "The request line and Host differ"),
  /** The request's target is neither a path nor an absolute http URL. */
  TARGET(400, "bad-request-target", "The request target is malformed"),
  /** The path has what servers read differently: dot segments, backslashes, NUL. */
  PATH(400, "bad-request-path", "The path can be read in several ways"),
  /** {@code Connection} names a header that is not its to name. */
  CONNECTION(400, "bad-request-connection", "Connection names a header that has to stay"),
  /** {@code Expect} is not {@code 100-continue}. */
  EXPECTATION(417, "expectation-failed", "The expectation is not known"),
  /** The head is larger than the limit. */
  HEAD_TOO_LARGE(431, "head-too-large", "The request line and headers are too large"),
  /** {@code CONNECT}, {@code TRACE} or {@code TRACK}. */
  METHOD(501, "method-not-implemented", "The method is not served by gateways"),
  /** The version is neither HTTP/1.0 nor HTTP/1.1. */
  VERSION(505, "version-not-supported", "The HTTP version is not supported");

  private final int status;
  private final String code;
  private final String title;

  Fault(int status, String code, String title) {
    this.status = status;
    this.code = code;
    this.title = title;
  }

  /** The status that a request with this fault is answered with. */
  public int status() {
    return status;
  }

  /** {@code bad-request-path} for {@link #PATH}. */
  public String code() {
    return code;
  }

  /** The fault in a few words. */
  public String title() {
    return title;
  }
}
