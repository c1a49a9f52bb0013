package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are not YAML, or not of the form of a configuration, and what is said of them. */
final class BadFormTest {
  static Stream<Arguments> files() {
    return Stream.of(
        file(
            "at-sign",
            """
            at-sign.yaml:2:15: "@" cannot begin a value in YAML. Write the value in quotes.
            """),
        file(
            "bad-escape",
            """
            bad-escape.yaml:3:13: a backslash in double quotes begins an escape, and this is none. Write \\\\ for a backslash, or use single quotes.
            """),
        file(
            "duplicate-keys",
            """
            duplicate-keys.yaml:5:5: key "path" stands twice in a route, first in line 3. Remove one.
            duplicate-keys.yaml:6:1: key "listen" stands twice at the top of the file, first in line 1. Remove one.
            """),
        file(
            "empty",
            """
            empty.yaml:1:1: the file is empty. Begin with a route: routes: [{upstream: https://photos.bar.com/api, cors: {allowOrigins: ["https://blog.foo.com"]}}].
            """),
        file(
            "env-unquoted",
            """
            env-unquoted.yaml:3:40: "}" or a comma is missing before this in the mapping that begins in line 3, column 27. Write a value with ${...} in quotes.
            """),
        file(
            "header-blank-missing",
            """
            header-blank-missing.yaml:6:9: a blank is missing after "x-api-key:". Write it between colon and value.
            """),
        file(
            "indentation",
            """
            indentation.yaml:3:4: this stands neither below what it belongs to nor in line with what is beside it. Give keys of one mapping, and elements of one list, the same indentation.
            """),
        file(
            "listen-ipv6-unquoted",
            """
            listen-ipv6-unquoted.yaml:1:9: "[" begins a list in YAML. Write the address in quotes: "[::1]:8080".
            """),
        file(
            "missing-colon",
            """
            missing-colon.yaml:2:1: "routes" is no key without a colon. Write "routes:", or indent it below the key that it belongs to.
            """),
        file(
            "no-routes",
            """
            no-routes.yaml:1:1: there are no routes. Add one: routes: [{upstream: https://photos.bar.com/api, cors: {allowOrigins: ["https://blog.foo.com"]}}].
            """),
        file(
            "only-comments",
            """
            only-comments.yaml:1:1: the file is empty. Begin with a route: routes: [{upstream: https://photos.bar.com/api, cors: {allowOrigins: ["https://blog.foo.com"]}}].
            """),
        file(
            "recursive",
            """
            recursive.yaml:1:9: this value contains itself by an alias. Write out what is meant.
            """),
        file(
            "routes-empty",
            """
            routes-empty.yaml:2:9: routes is an empty list. Add one: routes: [{upstream: https://photos.bar.com/api, cors: {allowOrigins: ["https://blog.foo.com"]}}].
            """),
        file(
            "star-pattern-unquoted",
            """
            star-pattern-unquoted.yaml:5:11: "*" begins an alias in YAML. If it is meant as text, write the value in quotes, such as "*".
            """),
        file(
            "star-unquoted",
            """
            star-unquoted.yaml:3:27: "*" begins an alias in YAML. If it is meant as text, write the value in quotes, such as "*".
            """),
        file(
            "tab",
            """
            tab.yaml:2:1: a tab cannot indent in YAML. Indent with blanks.
            """),
        file(
            "tags",
            """
            tags.yaml:1:9: the tag "!env" is not known here. Remove it, or write the value in quotes.
            tags.yaml:2:23: the tag "!!str" is not known here. Remove it, or write the value in quotes.
            tags.yaml:3:10: the tag "!ENV" is not known here. Remove it, or write the value in quotes.
            tags.yaml:5:15: the tag "!" is not known here. Remove it, or write the value in quotes.
            tags.yaml:6:11: the tag "!!map" is not known here. Remove it, or write the value in quotes.
            tags.yaml:6:32: the tag "!!seq" is not known here. Remove it, or write the value in quotes.
            tags.yaml:6:82: the tag "!!bool" is not known here. Remove it, or write the value in quotes.
            tags.yaml:9:11: the tag "!!str" is not known here. Remove it, or write the value in quotes.
            """),
        file(
            "templated",
            """
            templated.yaml:1:10: a list or mapping stands where a key is expected. If { or [ is meant as text, write it in quotes.
            """),
        file(
            "text-after-quote",
            """
            text-after-quote.yaml:2:42: the value ended before this. Put the whole value into one pair of quotes; a quote within single quotes is written twice.
            """),
        file(
            "top-is-a-list",
            """
            top-is-a-list.yaml:1:1: the file is a list; it has to be a mapping that begins with keys such as listen and routes.
            """),
        file(
            "two-colons",
            """
            two-colons.yaml:2:17: a colon and a blank begin a value, and none can begin here. Write a value that holds ": " in quotes; a key stands on a line of its own, below the keys beside it, and ends in a colon.
            """),
        file(
            "two-documents",
            """
            two-documents.yaml:2:1: a second document begins here, and a configuration is one. Remove this line.
            """),
        file(
            "unclosed-list",
            """
            unclosed-list.yaml:3:49: "]" or a comma is missing before this in the list that begins in line 3, column 26. Close it, or put a comma between its elements.
            """),
        file(
            "unclosed-quote",
            """
            unclosed-quote.yaml:1:9: the quote that opens here is never closed. Close it on the same line.
            """),
        file(
            "unknown-keys",
            """
            unknown-keys.yaml:1:1: unknown key "listne" at the top of the file. Did you mean listen?
            unknown-keys.yaml:2:1: unknown key "origin" at the top of the file. Did you mean origins?
            unknown-keys.yaml:4:5: unknown key "prefix" in a route. Did you mean path?
            unknown-keys.yaml:5:5: unknown key "target" in a route. Did you mean upstream?
            unknown-keys.yaml:7:5: unknown key "allowOrigins" in a route. allowOrigins belongs in cors.
            unknown-keys.yaml:8:5: unknown key "setHeaders" in a route. setHeaders belongs in request or in response.
            unknown-keys.yaml:9:5: unknown key "colour" in a route. Known here: path, host, methods, upstream, cors, request, response, redirects, followTo, cookies, timeout, limits.
            unknown-keys.yaml:10:12: unknown key "allow_origins" in cors. Did you mean allowOrigins?
            unknown-keys.yaml:10:53: unknown key "Access-Control-Allow-Origin" in cors. Did you mean allowOrigins?
            unknown-keys.yaml:10:87: unknown key "allowedOrigins" in cors. Did you mean allowOrigins?
            unknown-keys.yaml:10:107: unknown key "credentials" in cors. Did you mean allowCredentials?
            unknown-keys.yaml:11:7: unknown key "max_age" in cors. Did you mean maxAge?
            unknown-keys.yaml:11:21: unknown key "headers" in cors. Did you mean allowHeaders?
            unknown-keys.yaml:12:5: "<<" merges mappings, which YAML 1.2 does not know. Write the keys out, or name a whole value with &name and use it as *name.
            unknown-keys.yaml:14:5: unknown key "timeoutt" in a route. Did you mean timeout?
            unknown-keys.yaml:15:14: unknown key "request_body" in limits of a route. Did you mean requestBody?
            unknown-keys.yaml:15:34: unknown key "timeout" in limits of a route. timeout belongs in a route or in relay.
            unknown-keys.yaml:16:8: relay has no path. Add path: /relay.
            unknown-keys.yaml:16:8: relay has no targets. Add targets: ["https://*.bar.com"].
            unknown-keys.yaml:16:9: unknown key "pathh" in relay. Did you mean path?
            """),
        file(
            "wrong-types",
            """
            wrong-types.yaml:1:9: a listener has no address. Add address: 127.0.0.1:8080.
            wrong-types.yaml:1:10: unknown key "port" in a listener. Did you mean address?
            wrong-types.yaml:2:10: workers is the text "many"; it has to be auto or a whole number from 1 to 1024, such as 2.
            wrong-types.yaml:3:12: transport is the text "uring"; it has to be auto, nio, epoll or io_uring. Did you mean io_uring?
            wrong-types.yaml:4:9: limits is the number 5; it has to be a mapping, such as {headTimeout: 10s}.
            wrong-types.yaml:5:10: origins is a list; it has to be a mapping, such as {apps: ["https://blog.foo.com"]}.
            wrong-types.yaml:7:11: path is a list; it has to be text, such as /photos.
            wrong-types.yaml:8:11: host is the number 5; it has to be text, such as photos.foo.com.
            wrong-types.yaml:9:14: methods is the text "GET"; it has to be a list, such as ["GET"].
            wrong-types.yaml:10:15: upstream is a list; it has to be text, such as https://photos.bar.com/api.
            wrong-types.yaml:11:11: cors is the text "*"; it has to be a mapping or passthrough, such as {allowOrigins: ["https://blog.foo.com"]} or passthrough.
            wrong-types.yaml:12:27: setHeaders is a list; it has to be a mapping, such as {x-api-key: "abc"}.
            wrong-types.yaml:12:43: forward is the text "cookie"; it has to be a list, such as ["cookie"].
            wrong-types.yaml:12:62: an element of announce is the text "x-forwarded-for"; it has to be via, forwarded or x-forwarded.
            wrong-types.yaml:13:14: response is empty; it has to be a mapping, such as {removeHeaders: [server]}.
            wrong-types.yaml:14:16: redirects is true; it has to be rewrite, follow or refuse.
            wrong-types.yaml:15:14: timeout is a list; it has to be a duration, such as 30s.
            wrong-types.yaml:16:27: requestBody is true; it has to be a size, such as 1MiB.
            wrong-types.yaml:17:5: an element of routes is the text "/photos"; it has to be a mapping, such as {upstream: https://photos.bar.com/api}.
            wrong-types.yaml:19:26: allowOrigins is the text "https://blog.foo.com"; it has to be a list, such as ["https://blog.foo.com"].
            wrong-types.yaml:19:66: allowCredentials is the text "yes"; it has to be true or false, without quotes.
            wrong-types.yaml:19:79: maxAge "soon" is not a duration: a whole number and ms, s, m or h, or a number of seconds. Write one such as 10m.
            wrong-types.yaml:19:94: enforce is the text "always"; it has to be browser, origin or cross-site.
            wrong-types.yaml:19:108: mode is the text "report"; it has to be enforce or report-only.
            wrong-types.yaml:19:143: crossOriginResourcePolicy is the text "any"; it has to be same-origin, same-site or cross-origin.
            wrong-types.yaml:20:26: timingAllowOrigin is the text "true"; it has to be true or false, without quotes.
            """));
  }

  private static Arguments file(String name, String problems) {
    return arguments(name + ".yaml", problems);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void everyProblemIsToldWithItsPlaceAndItsFix(
      String name, String problems, @TempDir Path directory) {
    Configurations configurations = new Configurations(directory);
    ConfigResult result = configurations.read(name, Configurations.resource("bad/" + name));
    assertThat(configurations.shown(result)).isEqualTo(problems);
    assertThat(result.config()).isEmpty();
  }

  @Test
  void everyFileIsInATable() {
    List<String> told =
        Stream.concat(files(), BadValuesTest.files())
            .map(file -> (String) file.get()[0])
            .sorted()
            .toList();
    assertThat(Configurations.resources("bad")).hasSizeGreaterThan(25).isEqualTo(told);
  }
}
