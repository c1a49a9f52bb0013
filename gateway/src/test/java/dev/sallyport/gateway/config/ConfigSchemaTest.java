package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.cors.ResourcePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The JSON Schema: it accepts what is served, and knows the keys and words that the reader does.
 */
final class ConfigSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode TREE = JSON.readTree(ConfigSchema.json());
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TREE);

  private static final Map<Keys, String> DEFINITIONS =
      Map.ofEntries(
          Map.entry(Keys.FILE, ""),
          Map.entry(Keys.LISTENER, "/$defs/listener"),
          Map.entry(Keys.TLS, "/$defs/tls"),
          Map.entry(Keys.ADMIN, "/$defs/admin"),
          Map.entry(Keys.ACCESS_LOG, "/$defs/accessLog"),
          Map.entry(Keys.CONNECTION_LIMITS, "/$defs/connectionLimits"),
          Map.entry(Keys.ROUTE, "/$defs/route"),
          Map.entry(Keys.UPSTREAM, "/$defs/upstream"),
          Map.entry(Keys.UPSTREAM_TLS, "/$defs/upstream/properties/tls"),
          Map.entry(Keys.CORS, "/$defs/cors"),
          Map.entry(Keys.REQUEST, "/$defs/request"),
          Map.entry(Keys.BASIC_AUTH, "/$defs/request/properties/basicAuth"),
          Map.entry(Keys.RESPONSE, "/$defs/response"),
          Map.entry(Keys.ROUTE_LIMITS, "/$defs/routeLimits"),
          Map.entry(Keys.RELAY, "/$defs/relay"),
          Map.entry(Keys.EGRESS, "/$defs/egress"));

  private static List<Error> errors(String yaml) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return SCHEMA.validate(JSON.<JsonNode>valueToTree(loaded));
  }

  static Stream<String> good() {
    return Stream.concat(
        Configurations.resources("good").stream()
            .map(name -> Configurations.resource("good/" + name)),
        DocumentationTest.examples().stream()
            .filter(example -> example.told().isEmpty())
            .map(DocumentationTest.Example::file));
  }

  @ParameterizedTest
  @MethodSource("good")
  void acceptsWhatIsServed(String yaml) {
    assertThat(errors(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "routes: []",
        "routes: [{}]",
        "routes: [{upstream: https://a.com, colour: red}]",
        "routes: [{upstream: a.com}]",
        "routes: [{upstream: 'https://u:p@a.com'}]",
        "routes: [{upstream: {url: a.com}}]",
        "routes: [{upstream: {tls: {trust: a.pem}}}]",
        "routes: [{upstream: {url: 'https://a.com', tls: {}}}]",
        "routes: [{upstream: {url: 'https://a.com', tls: {certificate: a.pem}}}]",
        "routes: [{upstream: {url: 'http://a.com', tls: {trust: a.pem}}}]",
        "routes: [{upstream: https://a.com, cors: {}}]",
        "routes: [{upstream: https://a.com, cors: closed}]",
        "routes: [{upstream: https://a.com, cors: {allowOrigins: ['https://foo.com/']}}]",
        "routes: [{upstream: https://a.com, cors: {allowOrigins: [foo.com]}}]",
        "routes: [{upstream: https://a.com, cors: {allowOrigins: ['*'], enforce: always}}]",
        "routes: [{upstream: https://a.com, path: a}]",
        "routes: [{upstream: https://a.com, timeout: 10min}]",
        "routes: [{upstream: https://a.com, redirects: chase}]",
        "routes: [{upstream: https://a.com, limits: {perClient: 120}}]",
        "routes: [{upstream: https://a.com, limits: {requestBody: 1m}}]",
        "routes: [{upstream: https://a.com, request: {setHeaders: {x: \"a\\nb\"}}}]",
        "routes: [{upstream: https://a.com, request: {setHeaders: {'a b': c}}}]",
        "routes: [{upstream: https://a.com, methods: ['*']}]",
        "{listen: ':8080', routes: [{upstream: https://a.com}]}",
        "{accessLog: xml, routes: [{upstream: https://a.com}]}",
        "{accessLog: {format: text}, routes: [{upstream: https://a.com}]}",
        "{workers: 0, routes: [{upstream: https://a.com}]}",
        "{relay: {path: /a}, routes: [{upstream: https://a.com}]}",
        "{relay: {path: /a, targets: ['*']}, routes: [{upstream: https://a.com}]}",
        "{relay: {path: /a, targets: ['https://bar.com:*']}, routes: [{upstream: https://a.com}]}",
        "{relay: {path: /a, targets: ['tauri://localhost']}, routes: [{upstream: https://a.com}]}",
        "routes: [{upstream: https://a.com, redirects: follow, followTo: ['*']}]",
        "{egress: {allow: [foo.com]}, routes: [{upstream: https://a.com}]}",
        "routes: [{upstream: https://a.com, request: {forward: ['*']}}]",
        "{origins: {2nd: ['https://a.com']}, routes: [{upstream: https://a.com}]}",
      })
  void refusesWhatIsNotOfTheForm(String yaml) {
    assertThat(errors(yaml)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-12"})
  void isItselfASchemaOfItsDraft(String draft) {
    String meta = "https://json-schema.org/draft/" + draft + "/schema";
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(com.networknt.schema.SchemaLocation.of(meta));
    assertThat(TREE.get("$schema").asString()).isEqualTo(meta);
    assertThat(metaSchema.validate(TREE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Keys.class)
  void knowsTheKeysThatTheReaderKnows(Keys keys) {
    JsonNode definition = TREE.at(DEFINITIONS.get(keys));
    assertThat(definition.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(keys.names());
    assertThat(definition.get("additionalProperties").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Keys.class)
  void describesEveryKey(Keys keys) {
    JsonNode properties = TREE.at(DEFINITIONS.get(keys)).get("properties");
    for (String name : keys.names()) {
      JsonNode property = properties.get(name);
      JsonNode described =
          property.has("description") || !property.has("$ref")
              ? property
              : TREE.at(property.get("$ref").asString().substring(1));
      assertThat(described.has("description") || described.has("examples")).as(name).isTrue();
    }
  }

  @Test
  void knowsTheWordsThatTheReaderKnows() {
    assertThat(words("/properties/transport/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(Transport.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList());
    assertThat(words("/properties/accessLog/anyOf/0/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(AccessLogging.Format.values()).map(AccessLogReader::keyword).toList());
    assertThat(words("/$defs/cors/properties/enforce/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(Enforcement.values()).map(Enforcement::keyword).toList());
    assertThat(words("/$defs/cors/properties/crossOriginResourcePolicy/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(ResourcePolicy.values()).map(ResourcePolicy::keyword).toList());
    assertThat(words("/$defs/upstream/properties/protocol/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(Upstream.Protocol.values()).map(Upstream.Protocol::keyword).toList());
    assertThat(words("/$defs/redirects/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(Route.Redirects.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList());
    assertThat(words("/$defs/request/properties/announce/items/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(RequestRules.Announce.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
  }

  private static List<String> words(String pointer) {
    return TREE.at(pointer).valueStream().map(JsonNode::asString).toList();
  }

  /** What the schema calls a default is written into a file, and changes nothing. */
  @Test
  void defaultsAreThoseOfTheReader(@TempDir Path directory) {
    Configurations configurations = new Configurations(directory);
    String rest = "routes:\n  - upstream: https://photos.bar.com\n";
    String cors = "    cors:\n      allowOrigins: [\"https://blog.foo.com\"]\n";
    GatewayConfig without = configurations.read("without.yaml", rest + cors).config().orElseThrow();
    GatewayConfig with =
        configurations
            .read(
                "with.yaml",
                defaults("", "")
                    + "limits:\n"
                    + defaults("/$defs/connectionLimits", "  ")
                    + rest
                    + defaults("/$defs/route", "    ")
                    + cors
                    + defaults("/$defs/cors", "      "))
            .config()
            .orElseThrow();
    assertThat(with.listeners()).isEqualTo(without.listeners());
    assertThat(with.accessLog()).isEqualTo(without.accessLog()).isEqualTo(AccessLogging.TEXT);
    assertThat(with.workers()).isEqualTo(without.workers());
    assertThat(with.transport()).isEqualTo(without.transport());
    assertThat(with.limits()).isEqualTo(without.limits()).isEqualTo(ConnectionLimits.DEFAULT);
    assertThat(with.routes())
        .usingRecursiveComparison()
        .withEqualsForType(ConfigSchemaTest::same, RouteCors.Policy.class)
        .isEqualTo(without.routes());
    assertThat(with.routes().get(0).timeout()).isEqualTo(Duration.ofSeconds(30));
  }

  private static boolean same(RouteCors.Policy a, RouteCors.Policy b) {
    return a.policy().allowCredentials() == b.policy().allowCredentials()
        && a.policy().enforcement() == b.policy().enforcement()
        && a.policy().isReportOnly() == b.policy().isReportOnly()
        && a.policy().allowMethods().equals(b.policy().allowMethods())
        && a.policy().allowHeaders().equals(b.policy().allowHeaders())
        && a.policy().exposeHeaders().equals(b.policy().exposeHeaders());
  }

  private static String defaults(String pointer, String indent) {
    StringBuilder yaml = new StringBuilder();
    TREE.at(pointer)
        .get("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode value = property.getValue().get("default");
              if (value != null) {
                yaml.append(indent)
                    .append(property.getKey())
                    .append(": ")
                    .append(value)
                    .append('\n');
              }
            });
    return yaml.toString();
  }
}
