package dev.sallyport.fetch;

import java.util.Optional;

/** Plays the servers: a live one, a policy, or what was written down. */
@FunctionalInterface
public interface Responder {
  /** What is answered to {@code request}; empty when nothing is. */
  Optional<ServerAnswer> answer(WireRequest request);
}
