package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.InvalidLineSeparatorException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.TransferEncodingNotAllowedException;

/** Says which fault made a decoder give up. */
public final class DecodingFault {
  private DecodingFault() {}

  /** The fault of a head, read as far as {@code message} holds it. */
  public static MalformedException ofHead(HttpMessage message, Throwable cause) {
    if (cause instanceof MalformedException known) {
      return known;
    }
    if (cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException) {
      return new MalformedException(
          Fault.HEAD_TOO_LARGE, "The first line and the headers are larger than the limit.");
    }
    if (cause instanceof InvalidLineSeparatorException) {
      return new MalformedException(
          Fault.LINE_BREAK, "The head has a bare LF, or begins with a control character.");
    }
    if (cause instanceof ContentLengthNotAllowedException) {
      return new MalformedException(
          Fault.LENGTH_AND_ENCODING, "There are both Content-Length and Transfer-Encoding.");
    }
    if (cause instanceof TransferEncodingNotAllowedException) {
      return new MalformedException(
          Fault.TRANSFER_ENCODING, "HTTP/1.0 knows no Transfer-Encoding.");
    }
    if (message instanceof FullHttpMessage) {
      // Netty makes up a whole message where it could not even read the first line.
      return new MalformedException(
          Fault.START_LINE, "The first line is not three words with one space between them.");
    }
    try {
      if (message instanceof HttpRequest request) {
        BodyLength.of(request);
      } else if (message instanceof HttpResponse response) {
        BodyLength.of(response, false);
      }
    } catch (MalformedException e) {
      return e;
    }
    return new MalformedException(
        Fault.HEADER, "A line of the head is not a name, a colon and a value.");
  }

  /** The fault of a chunked body. */
  public static MalformedException ofBody(Throwable cause) {
    return cause instanceof MalformedException known
        ? new MalformedException(Fault.CHUNK, "A trailer is malformed: " + known.detail())
        : new MalformedException(
            Fault.CHUNK, "A chunk's size, extension or end, or a trailer, is malformed.");
  }
}
