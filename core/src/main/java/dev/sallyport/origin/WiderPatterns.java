package dev.sallyport.origin;

import dev.sallyport.origin.OriginPattern.Any;
import dev.sallyport.origin.OriginPattern.Exact;
import dev.sallyport.origin.OriginPattern.Except;
import dev.sallyport.origin.OriginPattern.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Lists the patterns that match all that another one matches. */
final class WiderPatterns {
  private final String scheme;
  private final boolean anyPort;
  private final OptionalInt port;
  private final List<OriginPattern> wider = new ArrayList<>();

  private WiderPatterns(String scheme, boolean anyPort, OptionalInt port) {
    this.scheme = scheme;
    this.anyPort = anyPort;
    this.port = port;
  }

  /** Every pattern but {@code narrow} itself that matches all that {@code narrow} matches. */
  static List<OriginPattern> of(OriginPattern narrow) {
    List<OriginPattern> wider = new ArrayList<>();
    if (narrow instanceof Exact exact) {
      TupleOrigin origin = exact.origin();
      WiderPatterns found = new WiderPatterns(origin.scheme(), false, origin.port());
      found.addOfHost(origin.host());
      wider = found.wider;
    } else if (narrow instanceof Wildcard wildcard) {
      WiderPatterns found =
          new WiderPatterns(wildcard.scheme(), wildcard.anyPort(), wildcard.port());
      found.addOfWildcard(wildcard);
      wider = found.wider;
    }
    if (!(narrow instanceof Any || narrow instanceof Except)) {
      wider.add(new Any());
    }
    wider.remove(narrow);
    return wider;
  }

  private void addOfHost(String host) {
    wider.add(new Wildcard(scheme, "", host, true, OptionalInt.empty()));
    int dot = host.indexOf('.');
    if (dot > 0 && !Hosts.isIpAddress(host)) {
      String label = host.substring(0, dot);
      String domain = host.substring(dot + 1);
      addDomains(domain);
      addParts(label, domain);
    }
  }

  private void addOfWildcard(Wildcard narrow) {
    if (narrow.label().isEmpty()) {
      addOfHost(narrow.domain());
    } else {
      addDomains(narrow.domain());
      if (!narrow.label().equals("*")) {
        addParts(narrow.label(), narrow.domain());
      }
    }
  }

  /** What stands over {@code domain} or a domain that it is under. */
  private void addDomains(String domain) {
    for (int start = 0; start < domain.length(); ) {
      add("*", domain.substring(start));
      int dot = domain.indexOf('.', start);
      start = dot < 0 ? domain.length() : dot + 1;
    }
  }

  /**
   * What stands for a part of {@code label}: a wildcard of its own counts as one character, which
   * every wider part has to leave open.
   */
  private void addParts(String label, String domain) {
    int star = label.indexOf('*');
    for (int from = 0; from < label.length() && (star < 0 || from <= star); from++) {
      if (from > 0 && label.charAt(from - 1) != '-') {
        continue;
      }
      String prefix = label.substring(0, from);
      if (label.startsWith("xn--") && !prefix.startsWith("xn--")) {
        continue;
      }
      for (int to = label.length(); to > from && to > star; to--) {
        if (to == label.length() || label.charAt(to) == '-') {
          String part = prefix + "*" + label.substring(to);
          if (part.length() > 1) {
            add(part, domain);
          }
        }
      }
    }
  }

  private void add(String label, String domain) {
    wider.add(new Wildcard(scheme, label, domain, true, OptionalInt.empty()));
    if (!anyPort) {
      wider.add(new Wildcard(scheme, label, domain, false, port));
    }
  }
}
