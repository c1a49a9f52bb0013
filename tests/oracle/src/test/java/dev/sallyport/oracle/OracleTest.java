package dev.sallyport.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model does what each engine does, on cases made at random. */
class OracleTest {
  private static final int CASES = Integer.getInteger("sallyport.oracle.cases", 750);
  private static final long FRESH =
      Long.getLong("sallyport.oracle.seed", System.nanoTime() % 1_000_000);
  private static final int AT_ONCE = Integer.getInteger("sallyport.oracle.atOnce", 480);
  private static final int MOST_SHOWN = Integer.getInteger("sallyport.oracle.shown", 5);

  static List<Engine> engines() {
    String only = System.getProperty("sallyport.oracle.engine", "");
    return Stream.of(Engine.values())
        .filter(engine -> only.isEmpty() || engine.profile().keyword().equals(only))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theModelDoesWhatTheEngineDoes(Engine engine) throws Exception {
    try (Lab lab = new Lab();
        Engine.Running browser = engine.start(lab)) {
      compare(
          engine,
          lab,
          browser,
          List.of(new CaseGenerator(1, lab.port()), new CaseGenerator(FRESH, lab.port())),
          "http");
    }
  }

  private static void compare(
      Engine engine, Lab lab, Engine.Running browser, List<CaseGenerator> seeds, String scheme)
      throws InterruptedException {
    List<Difference> differences = new ArrayList<>();
    long began = System.nanoTime();
    for (CaseGenerator seed : seeds) {
      differences.addAll(differences(engine, lab, browser, seed));
    }
    System.out.printf(
        "oracle: %s, %s, %d cases of seed 1 and %d of seed %d: %d differences, %.1f s%n",
        engine.profile().keyword(),
        scheme,
        CASES,
        CASES,
        FRESH,
        differences.size(),
        (System.nanoTime() - began) / 1e9);
    List<String> shown = new ArrayList<>();
    for (Difference difference : differences) {
      if (shown.size() == MOST_SHOWN) {
        break;
      }
      shown.add(new Shrinking(engine, lab, browser).shrink(difference).toString());
    }
    assertThat(shown).as("%d differences", differences.size()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void alsoInAPageOfHttps(Engine engine) throws Exception {
    try (Lab lab = new Lab();
        Engine.Running browser = engine.startSecure(lab)) {
      compare(engine, lab, browser, List.of(secure(lab, 1), secure(lab, FRESH)), "https");
    }
  }

  private static CaseGenerator secure(Lab lab, long seed) {
    return CaseGenerator.secure(seed, lab.securePort(), lab.port());
  }

  private static List<Difference> differences(
      Engine engine, Lab lab, Engine.Running browser, CaseGenerator generator)
      throws InterruptedException {
    List<Difference> differences = new ArrayList<>();
    for (int first = Integer.getInteger("sallyport.oracle.first", 0);
        first < CASES;
        first += AT_ONCE) {
      Map<String, Trial> cases = new LinkedHashMap<>();
      for (int number = first; number < Math.min(CASES, first + AT_ONCE); number++) {
        cases.put(generator.name(number), generator.trial(number));
      }
      differences.addAll(Difference.among(cases, lab.run(cases, browser), engine, lab, browser));
    }
    return differences;
  }
}
