package dev.sallyport.doctor.probe;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Takes the first 64 KiB of a body, and no more. */
final class BodyBegin implements BodySubscriber<String> {
  static final int MOST = 64 * 1024;

  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final CompletableFuture<String> text = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  @Override
  public CompletionStage<String> getBody() {
    return text;
  }

  @Override
  public synchronized void onSubscribe(Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[Math.min(buffer.remaining(), MOST - taken.size())];
      buffer.get(bytes);
      taken.write(bytes, 0, bytes.length);
    }
    if (subscription != null) {
      if (taken.size() == MOST) {
        subscription.cancel();
        end();
      } else {
        subscription.request(1);
      }
    }
  }

  @Override
  public synchronized void onError(Throwable thrown) {
    end();
  }

  @Override
  public synchronized void onComplete() {
    end();
  }

  private synchronized void end() {
    text.complete(WireClient.decoded(taken.toByteArray()));
  }

  /** What has come when it is whole, or when {@code patience} is over. */
  String within(Duration patience) throws InterruptedException {
    try {
      return text.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      synchronized (this) {
        if (subscription != null) {
          subscription.cancel();
        }
        return WireClient.decoded(taken.toByteArray());
      }
    }
  }
}
