package dev.sallyport.cors;

import dev.sallyport.origin.Printable;

/**
 * One thing that a policy allows and another one does not.
 *
 * @param field the field of the policy, as the configuration names it: {@code allowOrigins}
 * @param value what is allowed more, as the configuration writes it
 * @param meaning what that means, as a clause: {@code pages of this origin may read answers}
 */
public record PolicyDifference(String field, String value, String meaning) {
  @Override
  public String toString() {
    return field + ": " + Printable.of(value) + ": " + meaning;
  }
}
