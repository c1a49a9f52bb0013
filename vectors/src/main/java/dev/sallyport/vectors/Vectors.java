package dev.sallyport.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the shared cases. */
public final class Vectors {
  /** Every file of cases beside this class. */
  private static final List<String> FILES =
      List.of(
          "classification.json",
          "origins.json",
          "pattern-grammar.json",
          "published-faults.json",
          "wildcards.json",
          "preflights.json",
          "request-headers.json",
          "vary.json",
          "enforcement.json",
          "beside.json");

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> POLICY = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
  private static final TypeReference<List<List<String>>> LINES = new TypeReference<>() {};

  private Vectors() {}

  /** Every case of every file. */
  public static Stream<VectorCase> all() {
    return FILES.stream().flatMap(file -> read(file).stream());
  }

  private static List<VectorCase> read(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no file of cases " + file);
      }
      JsonNode root = JSON.readTree(in);
      Map<String, Map<String, Object>> policies = new LinkedHashMap<>();
      root.required("policies")
          .properties()
          .forEach(
              entry -> policies.put(entry.getKey(), JSON.convertValue(entry.getValue(), POLICY)));
      List<VectorCase> cases = new ArrayList<>();
      for (JsonNode node : root.required("cases")) {
        cases.add(toCase(file, policies, node));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VectorCase toCase(
      String file, Map<String, Map<String, Object>> policies, JsonNode node) {
    String name = file + ": " + node.required("name").asString();
    Map<String, Object> policy = policies.get(node.required("policy").asString());
    if (policy == null) {
      throw new IllegalStateException(name + " names a policy that is not there");
    }
    JsonNode expect = node.required("expect");
    return new VectorCase(
        name,
        policy,
        new VectorCase.Request(
            node.required("method").asString(), JSON.convertValue(node.required("headers"), LINES)),
        new VectorCase.Expected(
            expect.required("outcome").asString(),
            expect.required("reason").asString(),
            expect.path("refused").asBoolean(false),
            JSON.convertValue(expect.required("headers"), HEADERS),
            expect.required("vary").asBoolean()));
  }
}
