package dev.sallyport.embed;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.TraceStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of an embedding.
 *
 * @param embedding the way
 * @param crossorigin its attribute
 * @param mode the mode of its request
 * @param credentials the credentials mode of its request
 * @param loaded whether the page has it: shown, run, applied, connected, sent
 * @param readable what scripts of the page may read of it
 * @param why what was decided, in order, each with its place in a standard; the last is what
 *     decided
 * @param outcome of the fetch; empty for navigations, WebSockets and what makes no request
 */
public record Embedded(
    Embedding embedding,
    Crossorigin crossorigin,
    RequestMode mode,
    CredentialsMode credentials,
    boolean loaded,
    Set<Reading> readable,
    List<TraceStep> why,
    Optional<Outcome> outcome) {

  public Embedded {
    why = List.copyOf(why);
  }
}
