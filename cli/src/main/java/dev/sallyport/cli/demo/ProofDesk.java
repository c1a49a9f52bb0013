package dev.sallyport.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.sallyport.cli.demo.LocalServer.Reply;
import dev.sallyport.cli.demo.LocalServer.Request;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Takes what a page that checks itself reports: what came of each claim. */
final class ProofDesk implements LocalServer.Answerer {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * What the browser did.
   *
   * @param detail what the page shows beside it
   */
  record Proof(Claim claim, Claim.Seen seen, String detail) {}

  private final Map<Claim, CompletableFuture<Proof>> proofs = new EnumMap<>(Claim.class);

  ProofDesk() {
    for (Claim claim : Claim.values()) {
      proofs.put(claim, new CompletableFuture<>());
    }
  }

  /** What came of {@code claim}, once the page has said it. */
  Future<Proof> of(Claim claim) {
    return requireNonNull(proofs.get(claim));
  }

  @Override
  public Reply answer(Request request) {
    Optional<Proof> proof = read(request.body());
    proof.ifPresent(p -> requireNonNull(proofs.get(p.claim())).complete(p));
    return proof.isPresent()
        ? Reply.empty(204)
        : Reply.json(400, "{\"error\":\"this is no claim of the demonstration\"}");
  }

  private static Optional<Proof> read(String body) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name; (name = json.nextName()) != null; ) {
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(name, json.getString());
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    Optional<Claim> claim =
        Arrays.stream(Claim.values()).filter(c -> c.id().equals(fields.get("claim"))).findFirst();
    Optional<Claim.Seen> seen =
        Arrays.stream(Claim.Seen.values())
            .filter(s -> s.id().equals(fields.get("seen")))
            .findFirst();
    return claim.flatMap(c -> seen.map(s -> new Proof(c, s, fields.getOrDefault("detail", ""))));
  }
}
