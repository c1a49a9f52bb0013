package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.limits.BodyPace;
import org.jspecify.annotations.Nullable;

/** The body of a request: how much of it has come, and whether the rest has to come in time. */
final class RequestBody {
  private @Nullable BodyPace pace;
  private boolean complete;
  private boolean begun;
  private boolean refused;
  private long received;

  /** The request has none. */
  void none() {
    complete = true;
  }

  /** A body follows, which may not come slower than {@code slowest}. */
  void follows(BodyPace slowest) {
    pace = slowest;
  }

  /** So many bytes of it have come. */
  void received(int bytes) {
    begun = true;
    received += bytes;
    if (pace != null) {
      pace.received(bytes, System.nanoTime());
    }
  }

  /** How many bytes of it have come. */
  long received() {
    return received;
  }

  /** Whether any of it has come, so that it cannot be sent to another upstream from its start. */
  boolean isBegun() {
    return begun;
  }

  /** The last of it has come. */
  void complete() {
    complete = true;
  }

  /** Whether all of it has come. */
  boolean isComplete() {
    return complete;
  }

  /** The upstream does not want it, or the rest of it. */
  void refused(boolean unwanted) {
    refused = unwanted;
  }

  /** Whether the upstream does not want it, or the rest of it. */
  boolean isRefused() {
    return refused;
  }

  /** Whether there is more of it, which the upstream wants. */
  boolean isWanted() {
    return !complete && !refused;
  }

  /** It is waited for; how many nanoseconds the client may still take. */
  long await() {
    return pace == null ? 0 : pace.await(System.nanoTime());
  }

  /** It is waited for no more, until the next {@link #await}. */
  void pause() {
    if (pace != null) {
      pace.pause(System.nanoTime());
    }
  }

  /** What comes from now on is the client's to send, as it was not before. */
  void renew() {
    if (pace != null) {
      pace.renew();
    }
  }

  /** Whether nothing at all has come of it for as long as may be, rather than not enough. */
  boolean isStall() {
    return pace != null && pace.isStall(System.nanoTime());
  }
}
