package dev.sallyport.gateway.reload;

import java.util.List;

/** A configuration that is sound cannot replace the one that serves; the reasons say what to do. */
public final class ReloadRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // of List.copyOf
  private final List<String> reasons;

  /** Refused for these reasons. */
  public ReloadRefusedException(List<String> reasons) {
    super(String.join("\n", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** Each of them: what, why, and the fix. */
  public List<String> reasons() {
    return reasons;
  }
}
