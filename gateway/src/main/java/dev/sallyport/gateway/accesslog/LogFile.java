package dev.sallyport.gateway.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * A file that is appended to, made where it is not there: for its user to write and its group to
 * read, because who called what is not everybody's business.
 */
final class LogFile implements Sink {
  private static final FileAttribute<?>[] OF_NEW = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
  };
  private static final FileAttribute<?>[] NONE = {};

  private final Path file;
  private FileChannel channel;
  private boolean amidLine;

  private LogFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens it.
   *
   * @throws IOException when it cannot be written, saying what, why and the fix
   */
  static LogFile open(Path file) throws IOException {
    return new LogFile(file, channel(file));
  }

  private static FileChannel channel(Path file) throws IOException {
    Path directory = Objects.requireNonNullElse(file.getParent(), Path.of("."));
    if (!Files.isDirectory(directory)) {
      throw cannot(
          file,
          "there is no directory "
              + directory
              + ". Make it, for the user who runs the gateway to write");
    }
    // A pipe without a reader would keep whoever opens it waiting.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw cannot(file, "it is no regular file. Name another, or write stdout or stderr");
    }
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      return FileChannel.open(
          file,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
          posix ? OF_NEW : NONE);
    } catch (AccessDeniedException e) {
      throw cannot(
          file,
          "this user may not. Let the user who runs the gateway write "
              + (Files.exists(file) ? "it" : "in " + directory));
    } catch (FileSystemException e) {
      throw cannot(
          file, Objects.requireNonNullElse(e.getReason(), e.toString()) + ". Name another");
    }
  }

  private static IOException cannot(Path file, String why) {
    return new IOException("accessLog.to \"" + file + "\" cannot be written: " + why + ".");
  }

  @Override
  public synchronized void write(ByteBuffer lines) throws IOException {
    if (amidLine) {
      // What was cut off when the disk was full must not run into the next line.
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      amidLine = false;
    }
    int begin = lines.position();
    try {
      while (lines.hasRemaining()) {
        channel.write(lines);
      }
    } finally {
      amidLine = lines.position() > begin && lines.get(lines.position() - 1) != '\n';
    }
  }

  @Override
  public void reopen() throws IOException {
    FileChannel next = channel(file);
    FileChannel before;
    synchronized (this) {
      before = channel;
      channel = next;
      amidLine = false;
    }
    before.close();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
