package dev.sallyport.gateway.testkit;

import dev.sallyport.gateway.testkit.Frames.Frame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/** One connection of an upstream of HTTP/2 that does what a script says, right or wrong. */
public final class FrameUpstream {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Frames frames;
  private final int number;

  private FrameUpstream(Frames frames, int number) {
    this.frames = frames;
    this.number = number;
  }

  /** What is done on one connection. */
  @FunctionalInterface
  public interface Script {
    void play(FrameUpstream upstream) throws IOException, Http2Exception;
  }

  /** A request, as far as it was read. */
  public record Request(int stream, Http2Headers head, String body, Http2Headers trailers) {
    /** A field of its head. */
    public String field(String name) {
      CharSequence value = head.get(name);
      return value == null ? "" : value.toString();
    }
  }

  /** Starts an upstream in clear whose SETTINGS are empty. */
  public static FaultyUpstream playing(Script script) {
    return FaultyUpstream.playing(visit -> play(visit, new byte[0], script));
  }

  /** Starts an upstream that accepts on {@code server}. */
  public static FaultyUpstream playing(ServerSocket server, Script script) {
    return FaultyUpstream.playing(server, visit -> play(visit, new byte[0], script));
  }

  /** Answers all requests with their path, as long as they come. */
  public static void echo(FrameUpstream upstream) throws IOException, Http2Exception {
    while (true) {
      Request request = upstream.request();
      upstream.answer(request.stream(), "200", request.field(":path"));
    }
  }

  /** Plays on a connection that has just come. */
  public static void play(FaultyUpstream.Visit visit, byte[] settings, Script script)
      throws IOException {
    if (!visit.wire().beginsWith(PREFACE)) {
      throw new IOException("no preface");
    }
    FrameUpstream upstream = new FrameUpstream(new Frames(visit.wire()), visit.number());
    upstream.frames.send(Frames.SETTINGS, 0, 0, settings);
    try {
      script.play(upstream);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A setting as its frame holds it. */
  public static byte[] setting(int id, int value) {
    return new byte[] {
      (byte) (id >> 8),
      (byte) id,
      (byte) (value >> 24),
      (byte) (value >> 16),
      (byte) (value >> 8),
      (byte) value
    };
  }

  /** The frames. */
  public Frames frames() {
    return frames;
  }

  /** 1 for the first connection, 2 for the second. */
  public int number() {
    return number;
  }

  /** The frame that comes next and is not about the connection; SETTINGS are acknowledged. */
  public Frame next() throws IOException {
    while (true) {
      Frame frame = frames.frame();
      if (frame.type() == Frames.SETTINGS && frame.flags() != Frames.ACK) {
        frames.send(Frames.SETTINGS, Frames.ACK, 0, new byte[0]);
      } else if (frame.type() == Frames.RST_STREAM) {
        return frame;
      } else if (frame.type() == Frames.HEADERS || frame.type() == Frames.DATA) {
        return frame;
      }
    }
  }

  /** Waits for a reset; the answer is its error. */
  public int reset(int stream) throws IOException {
    Frame frame = next();
    while (frame.type() != Frames.RST_STREAM || frame.stream() != stream) {
      frame = next();
    }
    return frame.number(0);
  }

  /** Reads the head of the next request, passing over what comes of others. */
  public Request head() throws IOException, Http2Exception {
    Frame frame = next();
    while (frame.type() != Frames.HEADERS) {
      frame = next();
    }
    Http2Headers head = frames.list(frame);
    return new Request(frame.stream(), head, frame.ends() ? "" : "…", head);
  }

  /** Reads the next request whole, giving back what it takes of windows. */
  public Request request() throws IOException, Http2Exception {
    Request begun = head();
    return begun.body().isEmpty() ? begun : rest(begun);
  }

  /** Reads the body of a request whose head was read. */
  public Request rest(Request begun) throws IOException, Http2Exception {
    StringBuilder body = new StringBuilder();
    while (true) {
      Frame frame = next();
      if (frame.stream() != begun.stream()) {
        throw new AssertionError("a frame of another stream: " + frame);
      }
      if (frame.type() == Frames.RST_STREAM) {
        throw new IOException("reset");
      }
      if (frame.type() == Frames.HEADERS) {
        return new Request(begun.stream(), begun.head(), body.toString(), frames.list(frame));
      }
      body.append(frame.payload().toString(StandardCharsets.ISO_8859_1));
      int length = frame.payload().readableBytes();
      if (length > 0) {
        frames.send(Frames.WINDOW_UPDATE, 0, 0, Frames.number(length));
        if (!frame.ends()) {
          frames.send(Frames.WINDOW_UPDATE, 0, begun.stream(), Frames.number(length));
        }
      }
      if (frame.ends()) {
        return new Request(begun.stream(), begun.head(), body.toString(), begun.head());
      }
    }
  }

  /** Answers with a head and a body. */
  public void answer(int stream, String status, String body, String... fields)
      throws IOException, Http2Exception {
    String[] all = new String[fields.length + 2];
    all[0] = ":status";
    all[1] = status;
    System.arraycopy(fields, 0, all, 2, fields.length);
    frames.headers(stream, body.isEmpty(), all);
    if (!body.isEmpty()) {
      frames.data(stream, true, body);
    }
  }

  /** Waits until the gateway ends the connection. */
  public void awaitEnd() throws IOException {
    frames.wire().awaitEnd();
  }
}
