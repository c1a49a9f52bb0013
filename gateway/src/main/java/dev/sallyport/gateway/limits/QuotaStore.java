package dev.sallyport.gateway.limits;

import dev.sallyport.gateway.config.Route.Rate;

/** What keeps the counts of quotas: the memory of this process, or one that several share. */
@FunctionalInterface
public interface QuotaStore {
  /** Counts that end with the process. */
  QuotaStore IN_MEMORY = (name, rate) -> new MemoryQuota(rate);

  /**
   * Opens a quota.
   *
   * @param name which one, the same in every process of the same configuration: {@code perClient
   *     gate.foo.com/photos GET,PUT}
   */
  Quota open(String name, Rate rate);
}
