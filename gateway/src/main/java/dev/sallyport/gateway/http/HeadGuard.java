package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the bytes of a message's head and trailers what Netty's decoder mends silently: folded
 * lines, which it joins, and odd bytes before the first line, which it skips.
 *
 * <p>It looks at where lines begin and end only, and reads no further than the head.
 */
final class HeadGuard {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  /** Clients that sent one CR LF too many after a body are old; more are an attack. */
  private static final int MOST_EMPTY_LINES = 4;

  private static final String ORIGIN = "origin:";

  private boolean startLineRead;
  private int emptyLines;
  private int origins;
  private int originStart = -1;
  private String earlierOrigin = "";

  /** What a look at the bytes showed. */
  enum Sight {
    /** Nothing speaks against decoding them. */
    FINE,
    /** Decoding has to wait for more bytes. */
    WAIT,
    FOLDED,
    BARE_LINE_BREAK
  }

  /** A new message begins. */
  void reset() {
    startLineRead = false;
    emptyLines = 0;
    origins = 0;
    originStart = -1;
    earlierOrigin = "";
  }

  /** The decoder has taken the first line. */
  void startLineRead() {
    startLineRead = true;
  }

  /** Looks at {@code in}, which begins with a line of the head. */
  Sight look(ByteBuf in) {
    int at = in.readerIndex();
    int end = in.writerIndex();
    if (!startLineRead) {
      for (; at < end && (in.getByte(at) == CR || in.getByte(at) == LF); at += 2) {
        if (in.getByte(at) == LF) {
          return Sight.BARE_LINE_BREAK;
        }
        if (at + 1 == end) {
          return Sight.WAIT;
        }
        if (in.getByte(at + 1) != LF || ++emptyLines > MOST_EMPTY_LINES) {
          return Sight.BARE_LINE_BREAK;
        }
      }
      if (at == end) {
        return Sight.FINE;
      }
      at = in.indexOf(at, end, LF) + 1;
      if (at == 0) {
        return Sight.FINE;
      }
    }
    return lookAtHeaders(in, at, end);
  }

  private Sight lookAtHeaders(ByteBuf in, int start, int end) {
    for (int at = start; at < end; ) {
      byte first = in.getByte(at);
      if (first == ' ' || first == '\t') {
        return Sight.FOLDED;
      }
      if (first == CR && at + 1 < end && in.getByte(at + 1) == LF) {
        return Sight.FINE;
      }
      int line = at;
      at = in.indexOf(at, end, LF) + 1;
      if (at == 0) {
        return Sight.FINE;
      }
      if (isOrigin(in, line, at)) {
        origins++;
        originStart = line;
      }
    }
    return Sight.FINE;
  }

  private static boolean isOrigin(ByteBuf in, int start, int end) {
    if (end - start < ORIGIN.length()) {
      return false;
    }
    for (int i = 0; i < ORIGIN.length(); i++) {
      if ((in.getByte(start + i) | 0x20) != (ORIGIN.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  /** Keeps what {@link #origin} needs of bytes that were decoded and will be gone. */
  void keepOrigin(ByteBuf in) {
    earlierOrigin = origin(in);
    originStart = -1;
  }

  /**
   * The value of the only {@code Origin} line of the head so far, which a decoder that fails in the
   * line behind it has not handed on; empty when there is none, or several.
   */
  String origin(ByteBuf in) {
    if (origins != 1) {
      return "";
    }
    if (originStart < 0) {
      return earlierOrigin;
    }
    int valueStart = originStart + ORIGIN.length();
    int lineEnd = in.indexOf(valueStart, in.writerIndex(), LF);
    return in.toString(valueStart, lineEnd - valueStart, StandardCharsets.US_ASCII).strip();
  }

  /**
   * Whether the bytes from {@code start} on, which were just decoded, are the line of the last
   * chunk.
   */
  static boolean isLastChunk(ByteBuf in, int start) {
    int at = start;
    while (at < in.readerIndex() && in.getByte(at) == '0') {
      at++;
    }
    return at > start && at < in.readerIndex() && (in.getByte(at) == CR || in.getByte(at) == ';');
  }

  /** The fault of a sight; null for none. */
  static @Nullable MalformedException fault(Sight sight) {
    return switch (sight) {
      case FINE, WAIT -> null;
      case FOLDED ->
          new MalformedException(
              Fault.FOLDING, "A line begins with a blank; headers stand on one line.");
      case BARE_LINE_BREAK ->
          new MalformedException(Fault.LINE_BREAK, "The head begins with a bare line break.");
    };
  }
}
