package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.accesslog.AccessEntry;
import org.jspecify.annotations.Nullable;

/**
 * How long the last call of an upstream took, stage by stage, in nanoseconds from its beginning.
 */
final class UpstreamTimes {
  private boolean called;
  private long began;
  private long connect = -1;
  private long firstByte = -1;
  private long total = -1;

  /** It is called; what was measured of a call before counts no more. */
  void called() {
    called = true;
    began = System.nanoTime();
    connect = -1;
    firstByte = -1;
    total = -1;
  }

  void connected() {
    connect = System.nanoTime() - began;
  }

  void answered() {
    firstByte = System.nanoTime() - began;
  }

  void ended() {
    total = System.nanoTime() - began;
  }

  /** Until the head of its answer; negative when it did not come. */
  long firstByte() {
    return firstByte;
  }

  /** As the access log has it; null when none was called. */
  AccessEntry.@Nullable Upstream of(String name) {
    return called ? new AccessEntry.Upstream(name, connect, firstByte, total) : null;
  }
}
