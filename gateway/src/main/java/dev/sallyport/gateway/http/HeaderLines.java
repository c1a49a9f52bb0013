package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.util.AsciiString;

/** Counts and checks the header lines of one message while a decoder reads them. */
final class HeaderLines {
  /** More than any page or server sends; few enough to look through. */
  static final int MOST = 200;

  /** Bodies are passed on in pieces of what was read, whatever its size. */
  private static final int LARGEST_PIECE = 1 << 20;

  private static final DefaultHttpHeadersFactory HEADERS =
      DefaultHttpHeadersFactory.headersFactory()
          .withNameValidator(HeaderLines::checkName)
          .withValueValidator(HeaderLines::checkValue);

  private int lines;
  private boolean lengthSeen;

  /** How Netty's decoders are set for a head of at most {@code mostHead} bytes. */
  static HttpDecoderConfig decoderConfig(int mostHead) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(mostHead)
        .setMaxHeaderSize(mostHead)
        .setMaxChunkSize(LARGEST_PIECE)
        .setStrictLineParsing(true)
        .setUseRfc9112TransferEncoding(true)
        .setAllowDuplicateContentLengths(false)
        .setHeadersFactory(HEADERS)
        .setTrailersFactory(HEADERS);
  }

  void reset() {
    lines = 0;
    lengthSeen = false;
  }

  /** One more line was read; {@code next} is the byte behind its name. */
  void add(AsciiString name, byte next) {
    if (++lines > MOST) {
      throw new MalformedException(
          Fault.HEAD_TOO_LARGE, "There are more than " + MOST + " header lines.");
    }
    if (next != ':') {
      throw new MalformedException(
          Fault.HEADER_NAME, "A blank stands between a header's name and its colon.");
    }
    if (name.length() == 14 && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
      if (lengthSeen) {
        throw new MalformedException(
            Fault.LENGTH_REPEATED, "There are several Content-Length headers.");
      }
      lengthSeen = true;
    }
  }

  private static void checkName(CharSequence name) {
    if (name.length() == 0 || HttpHeaderValidationUtil.validateToken(name) != -1) {
      throw new MalformedException(
          Fault.HEADER_NAME, "A header's name is empty or has a character that no name may have.");
    }
  }

  private static void checkValue(CharSequence value) {
    if (HttpHeaderValidationUtil.validateValidHeaderValue(value) != -1) {
      throw new MalformedException(Fault.HEADER_VALUE, "A header's value has a control character.");
    }
  }
}
