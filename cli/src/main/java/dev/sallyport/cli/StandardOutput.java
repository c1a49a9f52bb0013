package dev.sallyport.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the process's output streams, which remembers why it could not be written to: a {@link
 * java.io.PrintWriter} over it only knows that it could not.
 */
final class StandardOutput extends FilterOutputStream {
  private @Nullable IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  static StandardOutput of(FileDescriptor descriptor) {
    return new StandardOutput(new FileOutputStream(descriptor));
  }

  /** The first failure; empty when everything was written, or when nobody reads any more. */
  synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure).filter(e -> !isBrokenPipe(e));
  }

  /** Whether the reader went away, as {@code head} does: no failure, there is nobody to tell. */
  private static boolean isBrokenPipe(IOException e) {
    return "Broken pipe".equals(e.getMessage());
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
      throw e;
    }
  }
}
