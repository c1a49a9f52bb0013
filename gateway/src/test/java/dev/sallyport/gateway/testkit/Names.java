package dev.sallyport.gateway.testkit;

import dev.sallyport.gateway.upstream.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A name service that answers what a test says, another answer each time if it says so. */
public final class Names implements HostNames.Resolver {
  private final Map<String, Queue<List<String>>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();

  /**
   * Answers the next question for {@code name}, and all later ones for which nothing else is said.
   */
  public Names answer(String name, String... addresses) {
    answers.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>()).add(List.of(addresses));
    return this;
  }

  @Override
  public InetAddress[] resolve(String name) throws UnknownHostException {
    questions.incrementAndGet();
    Queue<List<String>> ofName = answers.get(name);
    if (ofName == null) {
      throw new UnknownHostException(name + ": Name or service not known");
    }
    List<String> answer = ofName.size() > 1 ? ofName.remove() : ofName.element();
    return Stream.of(answer.toArray(String[]::new)).map(Names::address).toArray(InetAddress[]::new);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(literal, e);
    }
  }

  /** How many names were asked for. */
  public int questions() {
    return questions.get();
  }
}
