package dev.sallyport.gateway.config;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsPolicyBuilder;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.cors.PolicyProblem;
import dev.sallyport.cors.ResourcePolicy;
import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.origin.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@code cors}: which pages may use a route. */
final class CorsReader {
  private static final String EXAMPLE = "{allowOrigins: [\"https://blog.foo.com\"]} or passthrough";

  /** What a route does with a denied request when it does not say. */
  static final Enforcement DEFAULT_ENFORCEMENT = Enforcement.CROSS_SITE;

  /** Whether decisions are enforced. */
  private enum Mode {
    ENFORCE,
    REPORT_ONLY;

    String keyword() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What the patterns of one set have in common, where a policy names it. */
  private record OfSet(Place place, String set, PolicyProblem.Code code) {}

  private final Reading reading;
  private final OriginSets sets;

  CorsReader(Reading reading, OriginSets sets) {
    this.reading = reading;
    this.sets = sets;
  }

  /** The section that {@code value} is; a closed one if it is not written or is a problem. */
  CorsSection read(Optional<Value> value) {
    if (value.isEmpty()) {
      return CorsSection.CLOSED;
    }
    if (value.get() instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
      return word(scalar);
    }
    return Fields.open(reading, value.get(), Keys.CORS, "cors", EXAMPLE)
        .map(fields -> new PolicyReader(fields).read())
        .orElse(CorsSection.CLOSED);
  }

  private CorsSection word(Scalar scalar) {
    if (scalar.text().equals("passthrough")) {
      return new CorsSection(new RouteCors.Passthrough(), Map.of("cors", scalar.place()), Map.of());
    }
    switch (scalar.text()) {
      case "closed", "none", "off", "false", "deny" ->
          reading.error(
              scalar.place(),
              "cors is "
                  + scalar.describe()
                  + "; a route that opens nothing has no cors. Remove the key.");
      default -> reading.wrongKind(scalar, "cors", "a mapping or passthrough", EXAMPLE);
    }
    return CorsSection.CLOSED;
  }

  /** Reads the mapping, and takes what the policy engine finds back to where it was written. */
  private final class PolicyReader {
    private final Fields fields;
    private final CorsPolicyBuilder builder = CorsPolicy.builder();
    private final Map<String, List<Scalar>> lists = new HashMap<>();
    private List<OriginSets.Use> origins = List.of();

    PolicyReader(Fields fields) {
      this.fields = fields;
    }

    CorsSection read() {
      readOrigins();
      list("allowMethods", "PUT", builder::allowMethods);
      list("allowHeaders", "content-type", builder::allowHeaders);
      list("exposeHeaders", "etag", builder::exposeHeaders);
      readAnswers();
      readEnforcement();
      readSwitches();
      List<PolicyProblem> problems = builder.problems();
      Map<OfSet, List<PolicyProblem>> ofSets = new LinkedHashMap<>();
      for (PolicyProblem problem : problems) {
        if (problem.field().equals("allowOrigins") && problem.index() >= 0) {
          tellOrigin(problem, ofSets);
        } else if (problem.code() != PolicyProblem.Code.NO_ORIGINS || listsNone()) {
          OriginSets.tell(reading, place(problem), problem, problem.message());
        }
      }
      ofSets.forEach(
          (key, same) -> OriginSets.tell(reading, key.place(), same.get(0), message(key, same)));
      RouteCors cors =
          problems.stream().anyMatch(PolicyProblem::isError)
              ? new RouteCors.Closed()
              : new RouteCors.Policy(builder.build());
      return new CorsSection(cors, places(), lists);
    }

    private void readOrigins() {
      origins =
          fields
              .get("allowOrigins")
              .map(value -> sets.resolve(value, "allowOrigins"))
              .orElse(List.of());
      builder.allowOrigins(origins.stream().map(OriginSets.Use::pattern).toList());
    }

    /** Whether there is no element, so that none can have been left out for another problem. */
    private boolean listsNone() {
      return fields
          .get("allowOrigins")
          .map(value -> value instanceof Sequence sequence && sequence.items().isEmpty())
          .orElse(true);
    }

    private void list(String key, String example, Consumer<List<String>> to) {
      List<Scalar> texts = fields.texts(key, example);
      lists.put(key, texts);
      to.accept(texts.stream().map(Scalar::text).toList());
    }

    private void readAnswers() {
      builder.allowCredentials(fields.flag("allowCredentials"));
      fields
          .quantity("maxAge", new DurationQuantity(Duration.ZERO, Duration.ofDays(36_500), "10m"))
          .ifPresent(builder::maxAge);
      fields
          .text("publicOrigin", "https://www.foo.com")
          .ifPresent(origin -> builder.publicOrigin(origin.text()));
      builder.timingAllowOrigin(fields.flag("timingAllowOrigin"));
      fields
          .choice("crossOriginResourcePolicy", ResourcePolicy.values(), ResourcePolicy::keyword)
          .ifPresent(builder::crossOriginResourcePolicy);
    }

    private void readEnforcement() {
      builder.enforce(
          fields
              .choice("enforce", Enforcement.values(), Enforcement::keyword)
              .orElse(DEFAULT_ENFORCEMENT));
      builder.reportOnly(
          fields.choice("mode", Mode.values(), Mode::keyword).orElse(Mode.ENFORCE)
              == Mode.REPORT_ONLY);
    }

    private void readSwitches() {
      builder.dangerouslyAllowInsecureOrigins(fields.flag("dangerouslyAllowInsecureOrigins"));
      builder.dangerouslyAllowPublicSuffixSubdomains(
          fields.flag("dangerouslyAllowPublicSuffixSubdomains"));
      builder.dangerouslyAllowNullOrigin(fields.flag("dangerouslyAllowNullOrigin"));
    }

    /** Tells what is wrong with a pattern, or keeps it until all of its set is known. */
    private void tellOrigin(PolicyProblem problem, Map<OfSet, List<PolicyProblem>> ofSets) {
      OriginSets.Use use = origins.get(problem.index());
      if (use.told().contains(problem.code())) {
        return;
      }
      if (use.set().isEmpty()) {
        OriginSets.tell(reading, use.place(), problem, problem.message());
        return;
      }
      ofSets
          .computeIfAbsent(
              new OfSet(use.place(), use.set(), problem.code()), key -> new ArrayList<>())
          .add(problem);
    }

    private String message(OfSet key, List<PolicyProblem> same) {
      return "in " + Printable.of(key.set()) + ", " + OriginSets.message(same);
    }

    private Place place(PolicyProblem problem) {
      List<Scalar> list = lists.getOrDefault(problem.field(), List.of());
      if (problem.index() >= 0 && problem.index() < list.size()) {
        return list.get(problem.index()).place();
      }
      return problem.code() == PolicyProblem.Code.SWITCH_UNUSED
          ? fields.keyPlace(problem.field())
          : fields.valuePlace(problem.field());
    }

    private Map<String, Place> places() {
      Map<String, Place> places = new HashMap<>();
      places.put("cors", fields.place());
      for (String key : List.of("allowOrigins", "allowCredentials", "enforce", "mode")) {
        places.put(key, fields.valuePlace(key));
      }
      return places;
    }
  }
}
