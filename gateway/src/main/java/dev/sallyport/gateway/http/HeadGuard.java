package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the bytes of a message's head what Netty's decoder mends silently: folded lines, which
 * it joins, and odd bytes before the first line, which it skips.
 *
 * <p>It looks at the line ends only, and reads no further than the head.
 */
final class HeadGuard {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  /** Clients that sent one CR LF too many after a body are old; more are an attack. */
  private static final int MOST_EMPTY_LINES = 4;

  private boolean startLineRead;
  private int emptyLines;

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

  private static Sight lookAtHeaders(ByteBuf in, int start, int end) {
    for (int at = start; at < end; ) {
      byte first = in.getByte(at);
      if (first == ' ' || first == '\t') {
        return Sight.FOLDED;
      }
      if (first == CR && at + 1 < end && in.getByte(at + 1) == LF) {
        return Sight.FINE;
      }
      at = in.indexOf(at, end, LF) + 1;
      if (at == 0) {
        return Sight.FINE;
      }
    }
    return Sight.FINE;
  }

  /** The fault of a sight; null for none. */
  static @Nullable MalformedException fault(Sight sight) {
    return switch (sight) {
      case FINE, WAIT -> null;
      case FOLDED ->
          new MalformedException(
              Fault.FOLDING, "A line of the head begins with a blank; headers stand on one line.");
      case BARE_LINE_BREAK ->
          new MalformedException(Fault.LINE_BREAK, "The head begins with a bare line break.");
    };
  }
}
