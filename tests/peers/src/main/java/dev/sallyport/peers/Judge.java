package dev.sallyport.peers;

import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges an answer as a browser and a cache would, not by whether its headers are ours: what is our
 * own choice (the status of a failed preflight, names that are echoed) is nobody's fault.
 */
public final class Judge {

  /** What can be wrong with an answer. */
  public enum Fault {
    /** A page may read, or do, what the policy denies. */
    OPENS("lets a page do what the policy denies"),
    /** What is no origin is answered as if it were one; no browser sends it. */
    TRUSTS_NONSENSE("takes for an allowed origin what is none"),
    /** A page may not do what the policy allows. */
    REFUSES("keeps a page from what the policy allows"),
    /** A cache may give one origin the answer for another. */
    NO_VARY("leaves out `Vary: Origin`, so that a cache gives one origin the answer for another"),
    /** The application's own {@code Vary} is lost. */
    VARY_LOST("overwrites the application's `Vary`"),
    /** A header of CORS stands twice. */
    DOUBLED("writes a CORS header twice"),
    /** An {@code OPTIONS} that is no preflight does not reach the application. */
    OPTIONS_SWALLOWED("answers an `OPTIONS` that is no preflight"),
    /** A request's content makes the server fail. */
    FAILS("fails (5xx or an exception) on what a stranger sends");

    private final String meaning;

    Fault(String meaning) {
      this.meaning = meaning;
    }

    /** What is wrong, as a clause. */
    public String meaning() {
      return meaning;
    }
  }

  /** Reasons of cases whose {@code Origin} no browser sends. */
  private static final Set<String> NO_ORIGIN = Set.of("origin-invalid", "origin-repeated");

  private Judge() {}

  /** What is wrong with an answer to a case's request. */
  public static Set<Fault> faults(VectorCase vector, PeerPolicy policy, Peer.Outcome outcome) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    Answer answer = outcome.answer();
    if (answer.status() >= 500) {
      faults.add(Fault.FAILS);
      return faults;
    }
    String expected = vector.expected().outcome();
    boolean mayPage = expected.equals("preflight-allowed") || expected.equals("actual-allowed");
    boolean can = can(vector, policy, outcome);
    if (mayPage && !can) {
      faults.add(Fault.REFUSES);
    }
    if (vector.expected().outcome().contains("denied") && can
        || expected.contains("fails") && isSentByBrowsers(vector) && can) {
      boolean nonsense = NO_ORIGIN.contains(vector.expected().reason());
      faults.add(nonsense ? Fault.TRUSTS_NONSENSE : Fault.OPENS);
    }
    if (Set.of("not-cors", "same-origin").contains(expected)
        && outcome.calls() == 0
        && !vector.request().method().equals("OPTIONS")) {
      faults.add(Fault.REFUSES);
    }
    boolean preflight = expected.startsWith("preflight");
    if (vector.request().method().equals("OPTIONS")
        && !preflight
        && !expected.contains("denied")
        && outcome.calls() == 0) {
      faults.add(Fault.OPTIONS_SWALLOWED);
    }
    // Caches keep no answer to OPTIONS, and none of 403 unless they are told to.
    if (vector.expected().vary()
        && !vector.request().method().equals("OPTIONS")
        && outcome.calls() > 0
        && !answer.varies("Origin")) {
      faults.add(Fault.NO_VARY);
    }
    if (outcome.calls() > 0 && !answer.varies("Accept-Encoding")) {
      faults.add(Fault.VARY_LOST);
    }
    if (answer.corsHeaders().values().stream().anyMatch(value -> value.contains(" AND "))) {
      faults.add(Fault.DOUBLED);
    }
    return faults;
  }

  /** Whether the page may do what it asks for, as a browser sees it. */
  private static boolean can(VectorCase vector, PeerPolicy policy, Peer.Outcome outcome) {
    if (vector.expected().outcome().startsWith("preflight")) {
      return passesPreflight(vector, policy, outcome.answer());
    }
    // A browser checks no answer to a handshake: the page has what reaches the application.
    return lines(vector, "upgrade").stream().anyMatch("websocket"::equalsIgnoreCase)
        ? outcome.calls() > 0
        : passesCorsCheck(vector, policy, outcome.answer()) && outcome.calls() > 0;
  }

  /**
   * Whether a page of the request's origin may read the answer.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#cors-check">Fetch, CORS check</a>
   */
  static boolean passesCorsCheck(VectorCase vector, PeerPolicy policy, Answer answer) {
    List<String> origins = lines(vector, "origin");
    List<String> allowed = answer.all("access-control-allow-origin");
    if (allowed.size() != 1 || origins.isEmpty()) {
      return false;
    }
    if (!policy.credentials() && allowed.get(0).equals("*")) {
      return true;
    }
    return allowed.get(0).equals(origins.get(0))
        && (!policy.credentials()
            || answer.all("access-control-allow-credentials").equals(List.of("true")));
  }

  /**
   * Whether the browser sends the actual request.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch, CORS-preflight
   *     fetch</a>
   */
  static boolean passesPreflight(VectorCase vector, PeerPolicy policy, Answer answer) {
    if (answer.status() < 200
        || answer.status() > 299
        || !passesCorsCheck(vector, policy, answer)) {
      return false;
    }
    List<String> methods = list(answer.all("access-control-allow-methods"));
    List<String> headers =
        list(answer.all("access-control-allow-headers")).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    String method = lines(vector, "access-control-request-method").get(0);
    boolean methodAllowed =
        Set.of("GET", "HEAD", "POST").contains(method)
            || methods.contains(method)
            || !policy.credentials() && methods.contains("*");
    return methodAllowed
        && requested(vector)
            .allMatch(
                name ->
                    headers.contains(name)
                        || !policy.credentials()
                            && headers.contains("*")
                            && !name.equals("authorization"));
  }

  /** Whether a browser could have sent this preflight; what it could not, it does not read. */
  private static boolean isSentByBrowsers(VectorCase vector) {
    return !vector.expected().reason().equals("request-headers-invalid")
        && lines(vector, "access-control-request-method").size() == 1
        && !Set.of("CONNECT", "TRACE", "TRACK")
            .contains(
                lines(vector, "access-control-request-method").get(0).toUpperCase(Locale.ROOT))
        && lines(vector, "access-control-request-method")
            .get(0)
            .matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
        && requested(vector).allMatch(name -> name.matches("[a-z0-9!#$%&'*+.^_`|~-]+"));
  }

  private static Stream<String> requested(VectorCase vector) {
    return list(lines(vector, "access-control-request-headers")).stream()
        .map(name -> name.toLowerCase(Locale.ROOT));
  }

  private static List<String> list(List<String> lines) {
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        if (!element.isBlank()) {
          elements.add(element.strip());
        }
      }
    }
    return elements;
  }

  private static List<String> lines(VectorCase vector, String name) {
    return vector.request().headers().stream()
        .filter(line -> line.get(0).equalsIgnoreCase(name))
        .map(line -> line.get(1).strip())
        .toList();
  }
}
