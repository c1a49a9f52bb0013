package dev.sallyport.doctor;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server that has a policy in front of it, and answers whatever passes with 200. */
public final class PolicyServer implements Responder {
  private final CorsPolicy policy;

  /** A server under {@code policy}. */
  public PolicyServer(CorsPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Optional<ServerAnswer> answer(WireRequest request) {
    CorsDecision decision = policy.decide(new View(request));
    Answer answer = new Answer();
    decision.writeTo(answer);
    int status = decision.isAnswered() ? decision.status() : 200;
    return Optional.of(new ServerAnswer(status, answer.lines));
  }

  private record View(WireRequest request) implements CorsRequest {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public @Nullable String header(String name, int line) {
      int left = line;
      for (Header header : request.headers()) {
        if (header.name().equalsIgnoreCase(name) && left-- == 0) {
          return header.value();
        }
      }
      return null;
    }
  }

  private static final class Answer implements CorsResponse {
    final List<Header> lines = new ArrayList<>();

    @Override
    public void setHeader(String name, String value) {
      lines.removeIf(line -> line.name().equalsIgnoreCase(name));
      lines.add(new Header(name, value));
    }

    @Override
    public void addVary(String name) {
      lines.add(new Header("vary", name));
    }
  }
}
