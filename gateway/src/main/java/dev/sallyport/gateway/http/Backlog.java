package dev.sallyport.gateway.http;

/**
 * How much of a body is written on a stream of HTTP/2 and waits for the other side's window, so
 * that no more of it is taken than memory is meant for.
 */
public final class Backlog {
  /** When so much waits, no more is taken before less than half of it does. */
  private static final int MOST = 64 * 1024;

  private int waiting;
  private boolean full;

  /** So many bytes were written. */
  public void add(int length) {
    waiting += length;
    full |= waiting >= MOST;
  }

  /**
   * So many bytes have left.
   *
   * @return whether more may be taken again, which might not before
   */
  public boolean left(int length) {
    waiting -= length;
    if (full && waiting < MOST / 2) {
      full = false;
      return true;
    }
    return false;
  }

  /** Whether no more may be taken until enough has left. */
  public boolean isFull() {
    return full;
  }

  /** Whether all has left. */
  public boolean isEmpty() {
    return waiting == 0;
  }
}
