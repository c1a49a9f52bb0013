package dev.sallyport.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.peers.Judge.Fault;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.Vectors;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs the shared cases in other libraries, and holds {@code docs/peers.md} and the list of known
 * differences to what comes out. {@code -Dsallyport.update=true} writes both anew.
 */
class PeersTest {
  private static final Path ROOT = Path.of(System.getProperty("sallyport.root", "../.."));
  private static final Path PAGE = ROOT.resolve("docs/peers.md");
  private static final Path KNOWN =
      ROOT.resolve("tests/peers/src/test/resources/dev/sallyport/peers/known-differences.txt");

  /** Vert.x logs a stack trace for every origin that it refuses. */
  private static final Logger VERTX = Logger.getLogger("io.vertx.ext.web.RoutingContext");

  private static final Map<String, Results> RESULTS = new LinkedHashMap<>();

  @BeforeAll
  static void run() throws Exception {
    VERTX.setLevel(Level.OFF);
    Vertx vertx = Vertx.vertx();
    try {
      for (Peer peer :
          List.of(
              ServletPeer.SALLYPORT,
              ServletPeer.SPRING,
              ServletPeer.TOMCAT,
              new JettyPeer(),
              new VertxPeer(vertx),
              ServletPeer.CORS_FILTER)) {
        RESULTS.put(peer.title(), run(peer));
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @AfterAll
  static void forget() {
    RESULTS.clear();
  }

  /** What came out for one library: the cases it can say, and what is wrong with its answers. */
  record Results(int judged, int unsaid, int refusedPolicies, Map<VectorCase, Set<Fault>> faults) {
    long count(Fault fault) {
      return faults.values().stream().filter(each -> each.contains(fault)).count();
    }
  }

  private static Results run(Peer peer) throws Exception {
    int judged = 0;
    int unsaid = 0;
    int refused = 0;
    Map<VectorCase, Set<Fault>> faults = new LinkedHashMap<>();
    Map<Map<String, Object>, List<VectorCase>> byPolicy =
        Vectors.all()
            .filter(vector -> !vector.hasControlCharacter())
            .collect(
                Collectors.groupingBy(VectorCase::policy, LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<Map<String, Object>, List<VectorCase>> entry : byPolicy.entrySet()) {
      Optional<PeerPolicy> policy = PeerPolicy.of(entry.getKey());
      Optional<Peer.Served> configured = Optional.empty();
      try {
        configured = policy.isEmpty() ? configured : peer.configure(policy.get());
      } catch (Exception e) {
        refused++;
      }
      if (configured.isEmpty()) {
        unsaid += entry.getValue().size();
        continue;
      }
      try (Peer.Served served = configured.get()) {
        for (VectorCase vector : entry.getValue()) {
          judged++;
          Set<Fault> wrong = faults(vector, policy.orElseThrow(), served);
          if (!wrong.isEmpty()) {
            faults.put(vector, wrong);
          }
        }
      }
    }
    return new Results(judged, unsaid, refused, faults);
  }

  private static Set<Fault> faults(VectorCase vector, PeerPolicy policy, Peer.Served served) {
    try {
      return Judge.faults(vector, policy, served.answer(vector));
    } catch (IOException e) {
      // A server that closes the connection gives a page nothing, and does not fail for others.
      return vector.expected().outcome().endsWith("allowed") ? Set.of(Fault.REFUSES) : Set.of();
    } catch (Exception e) {
      return Set.of(Fault.FAILS);
    }
  }

  private static Results results(String title) {
    return RESULTS.getOrDefault(title, new Results(0, 0, 0, Map.of()));
  }

  @Test
  void oursHasNoFault() {
    assertThat(results("Sallyport").faults()).isEmpty();
    assertThat(results("Sallyport").judged()).isGreaterThan(400);
  }

  @Test
  void everyLibraryWasJudgedOnHundredsOfCases() {
    assertThat(RESULTS).hasSize(6);
    RESULTS.forEach((title, results) -> assertThat(results.judged()).as(title).isGreaterThan(200));
  }

  /** A difference that is known has to be there, and one that is there has to be known. */
  @Test
  void theDifferencesAreThoseThatAreKnown() throws IOException {
    List<String> lines = new ArrayList<>();
    RESULTS.forEach(
        (title, results) ->
            results
                .faults()
                .forEach((vector, faults) -> lines.add(title + "\t" + faults + "\t" + vector)));
    hold(KNOWN, String.join("\n", lines) + "\n");
  }

  @Test
  void thePageSaysWhatCameOut() throws IOException {
    hold(PAGE, new PeersPage(RESULTS).text());
  }

  private static void hold(Path file, String text) throws IOException {
    if (Boolean.getBoolean("sallyport.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file))
        .as("%s; write it anew with -Dsallyport.update=true", file)
        .isEqualTo(text);
  }
}
