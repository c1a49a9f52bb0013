package dev.sallyport.gateway.reload;

import java.util.List;

/**
 * What became of a reload.
 *
 * @param applied whether the configuration that was read serves now; if not, the one before does
 * @param messages what is wrong with it, or worth a warning, in the order of the file
 */
public record ReloadOutcome(boolean applied, List<String> messages) {

  /** Copies the list. */
  public ReloadOutcome {
    messages = List.copyOf(messages);
  }
}
