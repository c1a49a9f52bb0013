package dev.sallyport.origin;

import java.util.List;

/** Matches origins with patterns as a reader of the grammar would, one after the other. */
final class NaiveMatcher {
  private NaiveMatcher() {}

  static boolean allows(List<String> patterns, String origin) {
    return patterns.stream().anyMatch(each -> !each.startsWith("!") && matches(each, origin));
  }

  static boolean excludes(List<String> patterns, String origin) {
    return patterns.stream()
        .anyMatch(each -> each.startsWith("!") && matches(each.substring(1), origin));
  }

  static boolean matches(String pattern, String origin) {
    if (Origin.tryParse(origin).isEmpty() || origin.equals("null")) {
      return pattern.equals("*") || pattern.equals("null") && origin.equals("null");
    }
    if (pattern.equals("*")) {
      return true;
    }
    int patternPort = pattern.indexOf(':', pattern.indexOf("//"));
    int originPort = origin.indexOf(':', origin.indexOf("//"));
    String wantedPort = patternPort < 0 ? "" : pattern.substring(patternPort);
    String port = originPort < 0 ? "" : origin.substring(originPort);
    String wantedHost = patternPort < 0 ? pattern : pattern.substring(0, patternPort);
    String host = originPort < 0 ? origin : origin.substring(0, originPort);
    if (!wantedPort.equals(":*") && !wantedPort.equals(port)) {
      return false;
    }
    String[] wanted = wantedHost.split("//|\\.", -1);
    String[] labels = host.split("//|\\.", -1);
    // The scheme and the labels behind the first one, label by label.
    int behind = wanted.length - 2;
    if (labels.length < wanted.length || !wanted[0].equals(labels[0])) {
      return false;
    }
    for (int i = 1; i <= behind; i++) {
      if (!wanted[wanted.length - i].equals(labels[labels.length - i])) {
        return false;
      }
    }
    if (wanted[1].equals("*")) {
      return true;
    }
    return labels.length == wanted.length && matchesLabel(wanted[1], labels[1]);
  }

  private static boolean matchesLabel(String wanted, String label) {
    int star = wanted.indexOf('*');
    if (star < 0) {
      return wanted.equals(label);
    }
    String before = wanted.substring(0, star);
    String after = wanted.substring(star + 1);
    return label.length() > before.length() + after.length()
        && label.startsWith(before)
        && label.endsWith(after)
        && label.startsWith("xn--") == before.startsWith("xn--");
  }
}
