package dev.sallyport.gateway.config;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.PolicyProblem;
import dev.sallyport.gateway.config.Value.Entry;
import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The named sets of origin patterns, {@code origins}, and what refers to them.
 *
 * <p>What is wrong with a pattern wherever it is used is told where it is written. What is wrong
 * with it in one route, because credentials are on there, is told in that route.
 */
final class OriginSets {
  private static final String EXAMPLE = "{apps: [\"https://blog.foo.com\"]}";
  private static final int LONGEST_NAME = 64;

  /** What does not depend on the policy that uses the pattern. */
  private static final Set<PolicyProblem.Code> OF_PATTERN =
      EnumSet.of(
          PolicyProblem.Code.ORIGIN_INVALID,
          PolicyProblem.Code.ORIGIN_REPEATED,
          PolicyProblem.Code.ORIGIN_COVERED);

  /**
   * A pattern that a policy uses.
   *
   * @param pattern as it was written
   * @param place where the policy names it: the pattern itself, or the reference to its set
   * @param set the set's name with its {@code $}; empty when the pattern stands in the policy
   * @param told what was said of it already, where the set is written
   */
  record Use(String pattern, Place place, String set, Set<PolicyProblem.Code> told) {}

  private record Member(Scalar pattern, Set<PolicyProblem.Code> told) {}

  private final Reading reading;
  private final Map<String, List<Member>> sets = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  private OriginSets(Reading reading) {
    this.reading = reading;
  }

  static OriginSets read(Reading reading, Optional<Value> origins) {
    OriginSets sets = new OriginSets(reading);
    origins
        .flatMap(value -> reading.mapping(value, "origins", EXAMPLE))
        .map(Mapping::entries)
        .orElse(List.of())
        .forEach(sets::add);
    return sets;
  }

  private void add(Entry entry) {
    Scalar key = entry.key();
    String name = key.text();
    if (!isName(name)) {
      reading.error(
          key.place(),
          "origin set \""
              + Printable.of(name)
              + "\" has a name that is not made of letters, digits, \"-\" and \"_\", beginning with a letter. "
              + "Rename it, such as apps.");
      used.add(name);
    }
    Place first = places.putIfAbsent(name, key.place());
    if (first != null) {
      reading.error(
          key.place(),
          "origin set \""
              + Printable.of(name)
              + "\" stands twice"
              + first.first()
              + ". Remove one.");
      return;
    }
    int before = reading.problems().errors();
    List<Scalar> patterns = new ArrayList<>();
    for (Value item :
        reading.list(
            entry.value(), "origin set " + Printable.of(name), "[\"https://blog.foo.com\"]")) {
      pattern(item).ifPresent(patterns::add);
    }
    if (patterns.isEmpty() && before == reading.problems().errors()) {
      reading.error(
          entry.value().place(),
          "origin set \""
              + Printable.of(name)
              + "\" is empty. List the origins of your pages, such as https://blog.foo.com.");
      used.add(name);
    }
    sets.put(name, members(patterns));
  }

  /** An element of a set: a pattern, not another set. */
  private Optional<Scalar> pattern(Value item) {
    Optional<Scalar> pattern = text(reading, item, "an element of an origin set");
    if (pattern.filter(scalar -> scalar.text().startsWith("$")).isPresent()) {
      reading.error(
          item.place(),
          "\""
              + Printable.of(pattern.get().text())
              + "\" names a set, and a set holds patterns only. List both sets where they are used.");
      return Optional.empty();
    }
    return pattern;
  }

  private List<Member> members(List<Scalar> patterns) {
    List<Member> members = new ArrayList<>();
    patterns.forEach(
        pattern -> members.add(new Member(pattern, EnumSet.noneOf(PolicyProblem.Code.class))));
    if (patterns.isEmpty()) {
      return members;
    }
    List<PolicyProblem> problems =
        CorsPolicy.builder().allowOrigins(patterns.stream().map(Scalar::text).toList()).problems();
    for (PolicyProblem problem : problems) {
      if (OF_PATTERN.contains(problem.code())) {
        Member member = members.get(problem.index());
        member.told().add(problem.code());
        tell(reading, member.pattern().place(), problem, problem.message());
      }
    }
    return members;
  }

  /** Passes on what the policy engine found. */
  static void tell(Reading reading, Place at, PolicyProblem problem, String message) {
    if (problem.isError()) {
      reading.error(at, message);
    } else {
      reading.warning(at, message);
    }
  }

  /**
   * What is said of patterns that have one fault.
   *
   * @param same of one code, at least one
   */
  static String message(List<PolicyProblem> same) {
    PolicyProblem first = same.get(0);
    if (same.size() == 1) {
      return first.message();
    }
    boolean alike = same.stream().allMatch(each -> each.why().equals(first.why()));
    String why =
        alike || first.code() != PolicyProblem.Code.ORIGIN_COVERED
            ? first.why()
            : "is included in other patterns already";
    return String.format(
        Locale.ROOT,
        "origin pattern \"%s\" and %,d %s %s. %s.",
        Printable.of(first.value()),
        same.size() - 1,
        same.size() == 2 ? "other" : "others",
        plural(why),
        first.fix().equals("Remove it") ? "Remove them" : first.fix());
  }

  /** A clause about one pattern as one about several. */
  private static String plural(String clause) {
    int blank = clause.indexOf(' ');
    String verb = blank < 0 ? clause : clause.substring(0, blank);
    String several =
        switch (verb) {
          case "is" -> "are";
          case "covers" -> "cover";
          case "means" -> "mean";
          case "excludes" -> "exclude";
          case "never" -> "never";
          default -> verb;
        };
    return several + clause.substring(verb.length()).replaceFirst("^ matches", " match");
  }

  /** The patterns of a policy's {@code allowOrigins}, its references to sets resolved. */
  List<Use> resolve(Value allowOrigins, String name) {
    List<Use> uses = new ArrayList<>();
    for (Value item : reading.list(allowOrigins, name, "[\"https://blog.foo.com\"]")) {
      text(reading, item, "an element of " + name).ifPresent(scalar -> add(scalar, uses));
    }
    return uses;
  }

  private void add(Scalar scalar, List<Use> uses) {
    String text = scalar.text();
    if (!text.startsWith("$")) {
      uses.add(new Use(text, scalar.place(), "", Set.of()));
      return;
    }
    List<Member> members = sets.get(text.substring(1));
    if (members == null) {
      reading.error(
          scalar.place(),
          "origin set \""
              + Printable.of(text)
              + "\" is not defined. "
              + hint(text, scalar.place()));
      return;
    }
    used.add(text.substring(1));
    for (Member member : members) {
      uses.add(new Use(member.pattern().text(), scalar.place(), text, member.told()));
    }
  }

  private String hint(String reference, Place place) {
    if (sets.isEmpty()) {
      return "Define it at the top of the file: origins: " + EXAMPLE + ".";
    }
    if (!reading.problems().hints(place)) {
      return "Define it under origins.";
    }
    return Spelling.nearest(reference.substring(1), sets.keySet())
        .map(name -> "Did you mean $" + Printable.of(name) + "?")
        .orElse(
            "Define it under origins, which has "
                + Printable.of(String.join(", ", sets.keySet()))
                + ".");
  }

  /** Warns of sets that nothing refers to. */
  void tellUnused() {
    for (String name : sets.keySet()) {
      if (!used.contains(name)) {
        reading.warning(
            places.getOrDefault(name, Place.whole("")),
            "origin set \""
                + Printable.of(name)
                + "\" is used by no route. Write $"
                + Printable.of(name)
                + " where it is meant, or remove it.");
      }
    }
  }

  /** A text; {@code null} without quotes is the origin of that name. */
  private static Optional<Scalar> text(Reading reading, Value item, String name) {
    if (item instanceof Scalar scalar
        && scalar.kind() == Kind.NULL
        && scalar.text().equals("null")) {
      return Optional.of(new Scalar(scalar.place(), Kind.TEXT, "null"));
    }
    if (item instanceof Scalar scalar && isBraced(scalar.text())) {
      reading.error(
          scalar.place(),
          "origin set \""
              + scalar.text()
              + "\" is written without braces. Write $"
              + scalar.text().substring(2, scalar.text().length() - 1)
              + ".");
      return Optional.empty();
    }
    return reading.text(item, name, "https://blog.foo.com");
  }

  /** {@code ${apps}}, as other files write what is {@code $apps} here. */
  private static boolean isBraced(String text) {
    return text.startsWith("${")
        && text.endsWith("}")
        && isName(text.substring(2, text.length() - 1));
  }

  private static boolean isName(String name) {
    boolean valid = !name.isEmpty() && name.length() <= LONGEST_NAME && isLetter(name.charAt(0));
    for (int i = 1; valid && i < name.length(); i++) {
      char c = name.charAt(i);
      valid = isLetter(c) || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
    return valid;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
