package dev.sallyport.springboot;

import dev.sallyport.cors.CorsPolicy;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The policy that requests are decided by at this moment, and the place to replace it: a policy
 * that cannot be built never gets here, so that the old one stays.
 */
public final class LiveCorsPolicy implements Supplier<CorsPolicy> {
  private volatile CorsPolicy policy;

  /** Begins with {@code policy}. */
  public LiveCorsPolicy(CorsPolicy policy) {
    this.policy = policy;
  }

  @Override
  public CorsPolicy get() {
    return policy;
  }

  /** Decides every request from now on by {@code next}. */
  public void replace(CorsPolicy next) {
    policy = Objects.requireNonNull(next);
  }
}
