package dev.sallyport.gateway.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Standard output or standard error, which stays open for others. */
final class LogStream implements Sink {
  /** Not {@code System.out}, which keeps silent about what it could not write. */
  static final LogStream STDOUT =
      new LogStream("standard output", new FileOutputStream(FileDescriptor.out));

  static final LogStream STDERR =
      new LogStream("standard error", new FileOutputStream(FileDescriptor.err));

  private final String name;
  private final OutputStream stream;

  private LogStream(String name, OutputStream stream) {
    this.name = name;
    this.stream = stream;
  }

  @Override
  public void write(ByteBuffer lines) throws IOException {
    stream.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
    lines.position(lines.limit());
  }

  @Override
  public String toString() {
    return name;
  }
}
