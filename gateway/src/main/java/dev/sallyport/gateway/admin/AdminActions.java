package dev.sallyport.gateway.admin;

import dev.sallyport.gateway.reload.ReloadOutcome;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What operators may ask of a gateway. */
public interface AdminActions {
  /** Its meters, in Prometheus' text format. */
  String metrics();

  /** Whether it takes new requests. */
  boolean isReady();

  /** Reads the configuration again; empty when there is no file to read. */
  Optional<CompletionStage<ReloadOutcome>> reload();
}
