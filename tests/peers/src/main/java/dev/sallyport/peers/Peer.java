package dev.sallyport.peers;

import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import java.util.Optional;

/** A library that configures CORS on a server. */
public interface Peer {
  /** Its name, as people call it. */
  String title();

  /**
   * A server with the library in front of an application, configured as somebody would who knows
   * the library's documentation; empty when it cannot say the policy.
   *
   * @throws Exception when the library refuses the policy
   */
  Optional<Served> configure(PeerPolicy policy) throws Exception;

  /** A server that answers 204, with {@code Vary: Accept-Encoding} of its own. */
  interface Served extends AutoCloseable {
    /** What is answered to a case's request. */
    Outcome answer(VectorCase vector) throws Exception;

    @Override
    void close();
  }

  /**
   * An answer, and how often the application was called for it.
   *
   * @param answer the answer
   * @param calls how often
   */
  record Outcome(Answer answer, int calls) {}
}
