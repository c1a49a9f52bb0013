package dev.sallyport.gateway.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What lines are written to. One thread writes; another may open it again meanwhile. */
interface Sink {
  /** Writes all of {@code lines}, whole lines every time. */
  void write(ByteBuffer lines) throws IOException;

  /**
   * Opens by its name again what was opened by it, after it was renamed.
   *
   * @throws IOException saying what, why and the fix; then the one before is written on
   */
  default void reopen() throws IOException {}

  /** Ends writing. */
  default void close() throws IOException {}
}
