package dev.sallyport.cli;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.TupleOrigin;
import java.util.ArrayList;
import java.util.List;

/**
 * What two origins have in common.
 *
 * @param differs which of scheme, host and port differ, in this order; all of them when just one
 *     origin is opaque, none when both are
 */
record Comparison(
    boolean sameOrigin, boolean sameSite, boolean schemelesslySameSite, List<String> differs) {

  static Comparison of(Origin a, Origin b) {
    return new Comparison(
        a.isSameOrigin(b), a.isSameSite(b), a.isSchemelesslySameSite(b), differs(a, b));
  }

  private static List<String> differs(Origin a, Origin b) {
    if (a instanceof TupleOrigin one && b instanceof TupleOrigin other) {
      List<String> differs = new ArrayList<>();
      if (!one.scheme().equals(other.scheme())) {
        differs.add("scheme");
      }
      if (!one.host().equals(other.host())) {
        differs.add("host");
      }
      if (!one.port().equals(other.port())) {
        differs.add("port");
      }
      return differs;
    }
    boolean bothOpaque = !(a instanceof TupleOrigin) && !(b instanceof TupleOrigin);
    return bothOpaque ? List.of() : List.of("scheme", "host", "port");
  }
}
