package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code Connection} says: whether the connection lasts, and which headers are for the next
 * hop only.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-connection">RFC 9110, section 7.6.1</a>
 */
public final class ConnectionHeader {
  private static final int MOST_NAMES = 32;

  private final boolean close;
  private final boolean keepAlive;
  private final Set<String> nominated;

  private static final ConnectionHeader NONE = new ConnectionHeader(false, false, Set.of());
  private static final ConnectionHeader CLOSE = new ConnectionHeader(true, false, Set.of());
  private static final ConnectionHeader KEEP_ALIVE = new ConnectionHeader(false, true, Set.of());

  private ConnectionHeader(boolean close, boolean keepAlive, Set<String> nominated) {
    this.close = close;
    this.keepAlive = keepAlive;
    this.nominated = nominated;
  }

  /**
   * Reads all lines of the header.
   *
   * @throws MalformedException when they name more headers than anybody sends
   */
  public static ConnectionHeader of(HttpHeaders headers) {
    Iterator<String> lines = headers.valueStringIterator(HttpHeaderNames.CONNECTION);
    if (!lines.hasNext()) {
      return NONE;
    }
    String first = lines.next();
    if (!lines.hasNext()) {
      if (first.equalsIgnoreCase("keep-alive")) {
        return KEEP_ALIVE;
      }
      if (first.equalsIgnoreCase("close")) {
        return CLOSE;
      }
    }
    return parse(first, lines);
  }

  private static ConnectionHeader parse(String first, Iterator<String> lines) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = first; ; line = lines.next()) {
      for (int start = 0; start <= line.length(); ) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        String name = line.substring(start, end).strip();
        if (!name.isEmpty() && names.add(name) && names.size() > MOST_NAMES) {
          throw new MalformedException(
              Fault.CONNECTION, "Connection names more than " + MOST_NAMES + " headers.");
        }
        start = end + 1;
      }
      if (!lines.hasNext()) {
        break;
      }
    }
    boolean close = names.remove("close");
    boolean keepAlive = names.remove("keep-alive");
    return new ConnectionHeader(close, keepAlive && !close, names);
  }

  /** Whether the connection ends with the message. */
  public boolean isClose() {
    return close;
  }

  /** Whether the sender asks for the connection to last. */
  public boolean isKeepAlive() {
    return keepAlive;
  }

  /** The headers named, beside {@code close} and {@code keep-alive}. */
  public Set<String> nominated() {
    return nominated;
  }
}
