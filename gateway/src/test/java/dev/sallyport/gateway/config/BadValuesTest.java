package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files whose values cannot be, and what is said of them. */
final class BadValuesTest {
  static Stream<Arguments> files() {
    return Stream.of(
        file(
            "access-log",
            """
            access-log.yaml:1:21: format is the text "text"; it has to be json, common or combined.
            access-log.yaml:1:31: to "" cannot be the name of a file. Write one such as access.log, or stdout or stderr.
            access-log.yaml:1:35: unknown key "path" in accessLog. path belongs in a route or in relay.
            """),
        file(
            "access-log-kind",
            """
            access-log-kind.yaml:1:12: accessLog is the text "jsn"; it has to be text, off, json, common or combined. Did you mean json?
            """),
        file(
            "access-log-list",
            """
            access-log-list.yaml:1:12: accessLog is a list; it has to be text, off, json, common or combined.
            """),
        file(
            "clashing-routes",
            """
            clashing-routes.yaml:4:11: route /photos takes every method, and so does the one in line 2: only one of them could answer. Give them other paths, hosts or methods, or remove one.
            clashing-routes.yaml:9:11: route /docs takes PUT, and so does the one in line 6: only one of them could answer. Give them other paths, hosts or methods, or remove one.
            clashing-routes.yaml:16:5: route / takes every method, and so does the one in line 15: only one of them could answer. Give them other paths, hosts or methods, or remove one.
            """),
        file(
            "cloud-metadata",
            """
            cloud-metadata.yaml:2:26: upstream "http://169.254.169.254/latest/meta-data" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:3:26: upstream "http://[fd00:ec2::254]" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:4:26: upstream "http://Metadata.Google.Internal./computeMetadata" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:5:26: upstream "http://100.100.100.200" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:6:26: upstream "http://168.63.129.16" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:7:26: upstream "http://[::ffff:a9fe:a9fe]" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:8:26: upstream "http://[64:ff9b::a9fe:a9fe]" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:9:26: upstream "http://[2002:a9fe:a9fe::]" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:10:26: upstream "http://169.254.170.2/v2/credentials" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:11:26: upstream "http://169.254.170.23/v1/credentials" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            cloud-metadata.yaml:12:26: upstream "http://[fd20:ce::254]" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Name the API itself.
            """),
        file(
            "credentials",
            """
            credentials.yaml:6:27: warning: in $apps, origin pattern "https://*.github.io" covers a public suffix: anyone can register a name under it. List the hosts if you do not mean all of them.
            credentials.yaml:10:22: in $apps, origin pattern "http://intra.foo.com" is not encrypted: whoever is on the way can write into the page, and credentials are on. Use https, or set dangerouslyAllowInsecureOrigins.
            credentials.yaml:10:22: in $apps, origin pattern "https://*.github.io" covers a public suffix: anyone can register a name under it, and credentials are on. List the hosts, or set dangerouslyAllowPublicSuffixSubdomains.
            credentials.yaml:10:22: warning: in $apps, origin pattern "https://blog.foo.com" and 2 others are included in * already. Remove them.
            credentials.yaml:10:29: origin pattern "*" means every site, and credentials are on: any page could read what your users may read. List the origins, or set allowCredentials to false.
            credentials.yaml:12:23: response header "*" is taken for a header of that name by browsers when credentials are on. List the headers.
            """),
        file(
            "durations",
            """
            durations.yaml:1:23: headTimeout "10 sec" is not a duration: a whole number and ms, s, m or h, or a number of seconds. Did you mean 10s?
            durations.yaml:1:44: idleTimeout "-5s" is negative. Write a duration such as 60s.
            durations.yaml:1:56: grace "25h" is too long; the most is 24h. Write one such as 30s.
            durations.yaml:5:14: timeout "0" is too short; the least is 1ms. Write one such as 30s.
            durations.yaml:6:60: maxAge "99999999999999999999999h" is too long; the most is 24h. Write one such as 10m.
            durations.yaml:9:14: timeout "1.5m" is not a duration: a whole number and ms, s, m or h, or a number of seconds. Write one such as 30s.
            durations.yaml:10:60: maxAge "2d" is not a duration: a whole number and ms, s, m or h, or a number of seconds. Write one such as 10m.
            durations.yaml:13:14: timeout "10min" is not a duration: a whole number and ms, s, m or h, or a number of seconds. Did you mean 10m?
            durations.yaml:14:60: maxAge "360000s" is longer than any browser keeps a preflight's answer. Write 86400 (24h) at most.
            durations.yaml:17:14: timeout "9223372036854775807" is too long; the most is 24h. Write one such as 30s.
            durations.yaml:18:60: maxAge "1500ms" is no whole number of seconds. Round it.
            """),
        file(
            "header-secrets",
            """
            header-secrets.yaml:5:20: header "x-api-key" has no value, because a blank is missing after the colon. Write {x-api-key: "abc"}.
            header-secrets.yaml:6:17: request header "authorization" is not one header name. Write a name such as x-api-key, without colon or blanks.
            header-secrets.yaml:6:46: request header "cookie" is not one header name. Write a name such as x-api-key, without colon or blanks.
            header-secrets.yaml:6:60: request header "authorization" is not one header name. Write a name such as x-api-key, without colon or blanks.
            header-secrets.yaml:7:23: request header "x-token" is not one header name. Write a name such as x-api-key, without colon or blanks.
            header-secrets.yaml:11:19: setHeaders is text; it has to be a mapping, such as {x-api-key: "abc"}, with a blank after each colon.
            header-secrets.yaml:12:16: forward is the text "authorization"; it has to be a list, such as ["authorization"].
            header-secrets.yaml:16:25: header "x-a" has "${...}" without the name of a variable; only ${env:NAME} is known, for the environment variable NAME. Write ${env:NAME}. For the text itself, write $${.
            header-secrets.yaml:16:40: header "x-b" has "${...}" without the name of a variable; only ${env:NAME} is known, for the environment variable NAME. Write ${env:NAME}. For the text itself, write $${.
            header-secrets.yaml:16:67: header "x-c" has "${" that is not closed. Write ${env:NAME}. For the text itself, write $${.
            header-secrets.yaml:16:84: request header "x-d" is not one header name. Write a name such as x-api-key, without colon or blanks.
            header-secrets.yaml:16:96: header "x-d" has the character U+00E9, which cannot stand in a header. Remove it.
            """),
        file(
            "cookies",
            """
            cookies.yaml:4:3: unknown key "cookies" in relay. cookies belongs in a route.
            cookies.yaml:9:5: cookies are rewritten, and forwarded as they are, too. Remove cookie from request.forward and set-cookie from response.forward, or cookies here.
            cookies.yaml:11:11: warning: cookies are rewritten, and no page of another origin may read an answer to a request with cookies. Set cors.allowCredentials to true, or remove cookies.
            cookies.yaml:17:14: cookies is the text "keep"; it has to be off or rewrite.
            """),
        file(
            "secrets",
            """
            secrets.yaml:4:12: query parameter "key" is secret, and relay would send it to every target. Make a route to the server that it is for.
            secrets.yaml:10:7: basicAuth and setHeaders both set the header "authorization". Remove one.
            secrets.yaml:14:18: a query parameter has no name. Write one.
            secrets.yaml:14:36: query parameter "api_key" needs the environment variable NOT_SET, which is not set. Set it where the gateway starts: export NOT_SET=...
            secrets.yaml:15:29: basicAuth's username has a colon, which ends it. Remove it.
            secrets.yaml:15:46: basicAuth's password needs the environment variable EMPTY, which is empty. Give it a value.
            secrets.yaml:18:25: setQuery is a list; it has to be a mapping, such as {api_key: "${env:API_KEY}"}.
            secrets.yaml:18:43: basicAuth has no username. Add username: "...".
            secrets.yaml:18:43: basicAuth has no password. Add password: "...".
            secrets.yaml:18:44: unknown key "user" in basicAuth. Known here: username, password.
            secrets.yaml:21:26: warning: origin pattern "*" lets every site use this route, and with it the secret query parameter "api_key". List the origins of your pages.
            """),
        file(
            "header-values",
            """
            header-values.yaml:6:12: header "a" needs the environment variable NOT_SET, which is not set. Set it where the gateway starts: export NOT_SET=...
            header-values.yaml:7:12: header "b" needs the environment variable EMPTY, which is empty. Give it a value.
            header-values.yaml:8:12: header "c" gets from the environment variable TWO_LINES a line break, which cannot stand in a header. Remove it.
            header-values.yaml:9:12: header "d" has "${...}" without the name of a variable; only ${env:NAME} is known, for the environment variable NAME. Write ${env:NAME}. For the text itself, write $${.
            header-values.yaml:10:12: header "e" has "${...}" without the name of a variable; only ${env:NAME} is known, for the environment variable NAME. Write ${env:NAME}. For the text itself, write $${.
            header-values.yaml:11:12: header "f" has "${" that is not closed. Did you mean ${env:KEY}? For the text itself, write $${.
            header-values.yaml:12:12: header "g" has "${...}" without the name of a variable; only ${env:NAME} is known, for the environment variable NAME. Write ${env:NAME}. For the text itself, write $${.
            header-values.yaml:13:12: header "h" has a line break, which cannot stand in a header. Remove it.
            header-values.yaml:14:12: header "i" has a NUL, which cannot stand in a header. Remove it.
            header-values.yaml:15:12: header "j" has the character U+00EB, which cannot stand in a header. Remove it.
            header-values.yaml:16:12: header "k" has a blank at its beginning or end, which no server would see. Remove it.
            header-values.yaml:17:12: header "l" has a line break, which cannot stand in a header. Remove it.
            header-values.yaml:19:12: header "m" has the character U+1F600, which cannot stand in a header. Remove it.
            header-values.yaml:21:29: header "x-build" would show the environment variable KEY to every page: variables go to the upstream only. Write the value itself.
            """),
        file(
            "headers",
            """
            headers.yaml:5:20: request header "Host" belongs to the connection, and the gateway writes it for each side. Remove it.
            headers.yaml:5:33: request header "x key" is not one header name. Write a name such as x-api-key, without colon or blanks.
            headers.yaml:5:45: request header "Transfer-Encoding" belongs to the connection, and the gateway writes it for each side. Remove it.
            headers.yaml:5:85: header "x-token" is set twice, first in line 5. Remove one.
            headers.yaml:5:107: header "x-nothing" is empty; it has to be text, such as "abc".
            headers.yaml:5:118: header "x-list" is a list; it has to be text, such as "abc".
            headers.yaml:6:23: request header "Connection" belongs to the connection, and the gateway writes it for each side. Remove it.
            headers.yaml:6:44: warning: header "X-Debug" is listed twice in removeHeaders. Remove one.
            headers.yaml:6:53: header "cookie" is both forwarded and removed. Remove it from one list.
            headers.yaml:7:25: request header "metadata-flavor" opens the metadata service of a cloud, and is never passed on. Remove it.
            headers.yaml:9:20: response header "Access-Control-Allow-Origin" is the policy's to write, so that it is right for every origin. Use cors instead.
            headers.yaml:9:54: response header "vary" is merged by the gateway: without it, a cache would give one origin the answer of another. Remove it.
            headers.yaml:9:68: response header "content-length" belongs to the connection, and the gateway writes it for each side. Remove it.
            headers.yaml:10:23: response header "access-control-allow-credentials" is the policy's to write, so that it is right for every origin. Use cors instead.
            """),
        file(
            "headers-star",
            """
            headers-star.yaml:4:25: request header "*" has "*", and headers are listed one by one. Name each.
            headers-star.yaml:4:47: request header "*" has "*", and headers are listed one by one. Name each.
            headers-star.yaml:5:26: response header "*" has "*", and headers are listed one by one. Name each.
            headers-star.yaml:5:48: response header "x-*" has "*", and headers are listed one by one. Name each.
            """),
        file(
            "hosts-and-methods",
            """
            hosts-and-methods.yaml:2:22: host "photos.foo.com:8080" has a port, and a route has none: every listener serves it. Write photos.foo.com.
            hosts-and-methods.yaml:3:22: host "*.foo.com" has "*", and a route names one host. Leave host out for every host.
            hosts-and-methods.yaml:4:22: host "https://foo.com" is a URL, and only its host can stand here. Write one such as photos.foo.com.
            hosts-and-methods.yaml:5:22: host "foo..com" is not valid: the host has an empty label. Write one such as photos.foo.com.
            hosts-and-methods.yaml:6:26: method "get" never matches: methods are case-sensitive. Write GET.
            hosts-and-methods.yaml:6:36: warning: method "PUT" is listed twice. Remove one.
            hosts-and-methods.yaml:7:25: methods is an empty list, so that the route would never be used. Leave it out for every method.
            hosts-and-methods.yaml:8:26: method "*" means every method, which is what a route without methods takes. Leave methods out.
            hosts-and-methods.yaml:8:31: method "TRACE" is never relayed. Remove it.
            hosts-and-methods.yaml:8:38: method "GET, PUT" is not one method name. Write each as a value of its own, such as PUT.
            hosts-and-methods.yaml:9:22: host "a.com:80" has a port, and a route has none: every listener serves it. Write a.com.
            hosts-and-methods.yaml:10:22: host "a:" has a port, and a route has none: every listener serves it. Write a.
            hosts-and-methods.yaml:11:22: host "[::1]:443" has a port, and a route has none: every listener serves it. Write [::1].
            hosts-and-methods.yaml:12:22: host "a.com.:x" has a port, and a route has none: every listener serves it. Write a.com.
            hosts-and-methods.yaml:13:22: host "::1" is not valid: the port is not a plain number between 0 and 65535. Write one such as photos.foo.com.
            hosts-and-methods.yaml:14:22: host "a.com." ends in a dot. Write a.com.
            """),
        file(
            "listen",
            """
            listen.yaml:2:5: listen ":8080" does not say on which interface. Write 127.0.0.1:8080 for this machine only, or 0.0.0.0:8080 for every interface.
            listen.yaml:3:5: listen "127.0.0.1" has no port. Write 127.0.0.1:8080.
            listen.yaml:4:5: listen "http://127.0.0.1:8080" is a URL, and only an address and a port can stand here. Write one such as 127.0.0.1:8080.
            listen.yaml:5:5: listen "::1:8080" is an IPv6 address without brackets. Write "[::1]:8080".
            listen.yaml:6:5: listen "127.0.0.1:99999" has no port from 0 to 65535. Write one such as 127.0.0.1:8080.
            listen.yaml:7:5: listen "127.1:8080" is not an address: the host ends in a number but is not an IPv4 address written as four decimal numbers. Write one such as 127.0.0.1:8080.
            listen.yaml:8:5: listen "*:8081" does not say on which interface. Write 127.0.0.1:8081 for this machine only, or 0.0.0.0:8081 for every interface.
            listen.yaml:10:5: listen has localhost port 9000 twice, first in line 9. Remove one.
            listen.yaml:11:5: a listener has no address. Add address: 127.0.0.1:8080.
            listen.yaml:11:11: tls has no privateKey. Add privateKey: tls/key.pem, a PEM file.
            listen.yaml:11:25: certificate "a.pem" is not there: there is no a.pem. Relative names begin at the directory of the configuration.
            listen.yaml:12:28: unknown key "ssl" in a listener. Did you mean tls?
            """),
        file(
            "listen-clashes",
            """
            listen-clashes.yaml:3:5: listen localhost:8080 is the address of 127.0.0.1:8080 too, first in line 2. Remove one.
            listen-clashes.yaml:4:5: listen 0.0.0.0:8080 includes 127.0.0.1:8080, first in line 2, because 0.0.0.0 takes every interface. Remove one.
            listen-clashes.yaml:5:5: listen gate.localhost:8080 is the address of 127.0.0.1:8080 too, first in line 2. Remove one.
            listen-clashes.yaml:7:5: listen [::]:8080 includes 127.0.0.1:8080, first in line 2, because :: takes every interface. Remove one.
            listen-clashes.yaml:10:5: listen 127.0.0.1:9090 is included in 0.0.0.0:9090, first in line 9, because 0.0.0.0 takes every interface. Remove one.
            listen-clashes.yaml:11:5: listen foo.com:9090 is included in 0.0.0.0:9090, first in line 9, because 0.0.0.0 takes every interface. Remove one.
            listen-clashes.yaml:13:5: listen [::]:9090 includes 0.0.0.0:9090, first in line 9, because :: takes every interface. Remove one.
            listen-clashes.yaml:15:5: listen [::1]:7070 is included in [::]:7070, first in line 14, because :: takes every interface. Remove one.
            listen-clashes.yaml:16:5: listen 0.0.0.0:7070 includes [::]:7070, first in line 14, because 0.0.0.0 takes every interface. Remove one.
            """),
        file(
            "listen-empty",
            """
            listen-empty.yaml:1:9: listen is an empty list, so that nobody could connect. Write an address such as 127.0.0.1:8080.
            """),
        file(
            "listen-suggestions",
            """
            listen-suggestions.yaml:2:5: listen "" has no port. Write 127.0.0.1:8080.
            listen-suggestions.yaml:3:5: listen "~" has no port. Write 127.0.0.1:8080.
            listen-suggestions.yaml:4:5: listen "-1" has no port. Write 127.0.0.1:8080.
            listen-suggestions.yaml:5:5: listen "on" has no port. Write 127.0.0.1:8080.
            listen-suggestions.yaml:6:5: listen "localhost" has no port. Write localhost:8080.
            listen-suggestions.yaml:7:5: listen "foo.com" has no port. Write foo.com:8080.
            listen-suggestions.yaml:8:5: listen "[::1]" has no port. Write "[::1]:8080".
            listen-suggestions.yaml:9:5: listen "[::g]" has no port. Write 127.0.0.1:8080.
            listen-suggestions.yaml:10:5: listen ":99999" has no port from 0 to 65535. Write one such as 127.0.0.1:8080.
            listen-suggestions.yaml:11:5: listen "*:" has no port from 0 to 65535. Write one such as 127.0.0.1:8080.
            listen-suggestions.yaml:12:5: listen "::1" is an IPv6 address without brackets. Write "[::1]:8080".
            listen-suggestions.yaml:13:5: listen "fe80::1" is an IPv6 address without brackets. Write "[fe80::1]:8080".
            listen-suggestions.yaml:14:5: listen "a:b:c:80" is not an address and a port. Write one such as 127.0.0.1:8080.
            listen-suggestions.yaml:15:5: listen "-1" has no port. Write 127.0.0.1:8080.
            listen-suggestions.yaml:16:5: listen "~" has no port. Write 127.0.0.1:8080.
            """),
        file(
            "networks",
            """
            networks.yaml:3:8: relay has no path. Add path: /relay.
            networks.yaml:3:18: targets is an empty list, so that nothing could be called. List origins such as https://*.bar.com.
            networks.yaml:8:7: network "10.0.0.1" has no number of bits. Write 10.0.0.1/32 for it alone.
            networks.yaml:9:7: network "::1" has no number of bits. Write ::1/128 for it alone.
            networks.yaml:10:7: network "10.0.0.0/33" has no number of bits from 0 to 32 behind its slash. Write one such as 10.0.0.0/8.
            networks.yaml:11:7: network "fd00::/129" has no number of bits from 0 to 128 behind its slash. Write one such as 10.0.0.0/8.
            networks.yaml:12:7: network "10.0.0.0/" has no number of bits from 0 to 32 behind its slash. Write one such as 10.0.0.0/8.
            networks.yaml:13:7: network "10.0.0.0/-1" has no number of bits from 0 to 32 behind its slash. Write one such as 10.0.0.0/8.
            networks.yaml:14:7: network "10/8" is not a network: an address, a slash, and a number of bits. Write one such as 10.0.0.0/8.
            networks.yaml:15:7: network "foo.com" is not a network: an address, a slash, and a number of bits. Write one such as 10.0.0.0/8.
            networks.yaml:16:7: network "fe80::1%eth0/64" is not a network: an address, a slash, and a number of bits. Write one such as 10.0.0.0/8.
            networks.yaml:17:7: network "[fd00::]/8" is not a network: an address, a slash, and a number of bits. Write one such as 10.0.0.0/8.
            networks.yaml:18:18: network "10.0.0.7" has no number of bits. Write 10.0.0.7/32 for it alone.
            """),
        file(
            "no-origin-sets",
            """
            no-origin-sets.yaml:3:27: origin set "$apps" is not defined. Define it at the top of the file: origins: {apps: ["https://blog.foo.com"]}.
            """),
        file(
            "origin-patterns",
            """
            origin-patterns.yaml:4:22: origin pattern "https://foo.com/" is not valid: an origin ends after host and port, without a slash or path. Did you mean https://foo.com?
            origin-patterns.yaml:4:42: origin pattern "blog.foo.com" is not valid: it has no scheme, such as https://. Did you mean https://blog.foo.com?
            origin-patterns.yaml:4:56: origin pattern "https://foo.com:443" is not valid: port 443 is the default of https and is left out. Did you mean https://foo.com?
            origin-patterns.yaml:5:9: origin pattern "https://b\\u00fccher.example" is not valid: the host is not ASCII; browsers send its punycode form. Did you mean https://xn--bcher-kva.example?
            origin-patterns.yaml:5:35: origin pattern "https://*foo.com" is not valid: "*" is allowed only as the left-most label or, next to a hyphen, as a part of it. Did you mean https://*.foo.com?
            origin-patterns.yaml:5:55: origin pattern "null" is the origin of every sandboxed frame, and any site can make one. List the page's real origin, or set dangerouslyAllowNullOrigin.
            """),
        file(
            "origin-sets",
            """
            origin-sets.yaml:2:34: origin pattern "https://Foo.com" is not valid: the host has upper-case letters, which browsers lower. Did you mean https://foo.com?
            origin-sets.yaml:2:53: "$other" names a set, and a set holds patterns only. List both sets where they are used.
            origin-sets.yaml:3:3: origin set "2nd" has a name that is not made of letters, digits, "-" and "_", beginning with a letter. Rename it, such as apps.
            origin-sets.yaml:4:10: origin set "empty" is empty. List the origins of your pages, such as https://blog.foo.com.
            origin-sets.yaml:5:3: warning: origin set "spare" is used by no route. Write $spare where it is meant, or remove it.
            origin-sets.yaml:6:3: origin set "apps" stands twice, first in line 2. Remove one.
            origin-sets.yaml:10:27: origin set "$apsp" is not defined. Did you mean $apps?
            origin-sets.yaml:16:11: origin set "$nothing-like-it" is not defined. Define it under origins, which has apps, 2nd, empty, spare.
            origin-sets.yaml:17:11: origin set "${apps}" is written without braces. Write $apps.
            """),
        file(
            "paths",
            """
            paths.yaml:2:12: path "photos" does not begin with a slash. Write /photos.
            paths.yaml:3:12: path "/photos/*" has "*", and a path covers everything below it already. Write /photos.
            paths.yaml:4:12: path "/a/../b" has the segment "..", which browsers resolve before they send a request. Write the path that is meant.
            paths.yaml:5:12: path "/a//b" has an empty segment, "//". Write one slash.
            paths.yaml:6:12: path "/a?b=c" has a query or fragment, and only a path can stand here. Remove it.
            paths.yaml:7:12: path "/a%2fb" has "%2f", which some servers take for the character itself and others do not. Write the character, or another path.
            paths.yaml:8:12: path "/caf\\u00e9" has the character U+00E9, which browsers send as %C3%A9. Write it so.
            paths.yaml:9:12: path "/a b" has the character U+0020, which browsers send as %20. Write it so.
            """),
        file(
            "policy",
            """
            policy.yaml:5:21: allowOrigins is empty, so that no page may read anything. List the origins of your pages, such as https://blog.foo.com.
            policy.yaml:6:22: method "put" never matches: methods are case-sensitive, and browsers send this one in upper case. Write PUT.
            policy.yaml:6:27: method "CONNECT" is a method that no page can send. Remove it.
            policy.yaml:7:22: request header "cookie" is a header that no page can set; the browser does. Remove it.
            policy.yaml:7:30: request header "etag" is a response header; this list is of headers that pages send. Remove it, or move it to exposeHeaders if scripts are to read it.
            policy.yaml:7:36: request header "x token" is not one header name. Write each name as a value of its own, such as content-type.
            policy.yaml:8:23: response header "set-cookie" is a header that no script may read. Remove it.
            policy.yaml:9:21: publicOrigin "https://*.foo.com" is not one origin. Write the origin under which browsers know this server, such as https://www.foo.com.
            policy.yaml:10:7: warning: dangerouslyAllowNullOrigin is set, and nothing in this policy needs it. Remove it.
            policy.yaml:13:11: allowOrigins is empty, so that no page may read anything. List the origins of your pages, such as https://blog.foo.com.
            policy.yaml:16:11: cors is the text "off"; a route that opens nothing has no cors. Remove the key.
            """),
        file(
            "redirects-follow",
            """
            redirects-follow.yaml:4:16: redirects is the text "folow"; it has to be rewrite, follow or refuse. Did you mean follow?
            redirects-follow.yaml:8:16: target "*" would have redirects followed to every server. List the origins, such as https://*.bar.com.
            redirects-follow.yaml:8:21: target "https://cdn.bar.com:*" has every port, behind which there are other services than the web's. Name the port, or none for the scheme's own.
            redirects-follow.yaml:8:69: warning: target "https://cdn.bar.com" is listed twice. Remove one.
            redirects-follow.yaml:11:5: warning: followTo does nothing, because redirects are not followed. Add redirects: follow, or remove it.
            """),
        file(
            "relay-clash",
            """
            relay-clash.yaml:4:15: route /relay takes every method, and so does the one in line 2: only one of them could answer. Give them other paths, hosts or methods, or remove one.
            relay-clash.yaml:4:33: targets takes servers out of a list that has none, so that nothing could be called. List origins such as https://*.bar.com.
            """),
        file(
            "relay-targets",
            """
            relay-targets.yaml:6:7: target "capacitor://localhost" is neither http nor https, and only those are called. Write it as https://*.bar.com.
            relay-targets.yaml:7:7: target "http://169.254.169.254" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Remove it.
            relay-targets.yaml:8:7: target "https://metadata.google.internal" is the metadata service of a cloud, which hands out the machine's credentials; it is never called. Remove it.
            relay-targets.yaml:9:7: target "!null" is not valid: only an origin or a pattern with a host can be excluded. Write it as https://foo.com or https://*.foo.com.
            relay-targets.yaml:11:7: warning: target "http://10.0.0.7:3000" will be refused: 10.0.0.7 is not globally routable (private use, 10.0.0.0/8). Add its network to egress.allow, or make a route with it as upstream.
            relay-targets.yaml:12:7: warning: target "http://127.0.0.1" will be refused: 127.0.0.1 is not globally routable (loopback, 127.0.0.0/8). Add its network to egress.allow, or make a route with it as upstream.
            relay-targets.yaml:13:7: warning: target "http://[fd00::1]" will be refused: fd00::1 is not globally routable (unique local, fc00::/7). Add its network to egress.allow, or make a route with it as upstream.
            relay-targets.yaml:14:7: warning: target "https://*.github.io" covers the public suffix github.io: anyone can register a name under it. List the hosts if you do not mean all of them.
            relay-targets.yaml:16:3: warning: dangerouslyAllowAnyTarget does nothing: no target needs it. Remove it.
            relay-targets.yaml:17:12: header "x-api-key" is secret, and relay would send it to every target. Make a route to the server that it is for.
            relay-targets.yaml:18:13: header "content-security-policy" is written by relay itself, so that nothing of a target runs as the gateway's own. Remove it here.
            relay-targets.yaml:18:13: header "x-content-type-options" is written by relay itself, so that nothing of a target runs as the gateway's own. Remove it here.
            relay-targets.yaml:19:32: network "::ffff:10.0.0.0/104" is one of IPv4-mapped addresses, which are called by IPv4. Write the IPv4 network, such as 10.0.0.0/8.
            """),
        file(
            "admin",
            """
            admin.yaml:2:18: admin localhost:8080 is an address of listen 127.0.0.1:8080 too, and what operators ask is kept apart from what pages ask. Choose another port.
            admin.yaml:2:56: host "https://gate.foo.com" is not the name of a host. Write it without scheme and port, such as gate.foo.com.
            admin.yaml:2:80: host "gate.foo.com:80" is not the name of a host. Write it without scheme and port, such as gate.foo.com.
            admin.yaml:2:99: host "*" is not the name of a host. Write it without scheme and port, such as gate.foo.com.
            admin.yaml:2:105: unknown key "port" in admin. Did you mean address?
            """),
        file(
            "admin-off",
            """
            admin-off.yaml:1:8: admin is false; it has to be an address and a port, or off, such as 127.0.0.1:9901.
            """),
        file(
            "admin-without-address",
            """
            admin-without-address.yaml:1:8: admin has no address. Add address: 127.0.0.1:9901.
            admin-without-address.yaml:1:16: hosts is the text "gate.foo.com"; it has to be a list, such as ["gate.foo.com"].
            """),
        file(
            "relay",
            """
            relay.yaml:1:8: admin "localhost" has no port. Write localhost:8080.
            relay.yaml:5:9: path "relay" does not begin with a slash. Write /relay.
            relay.yaml:6:13: target "*.bar.com" is not valid: it has no scheme, such as https://. Did you mean https://*.bar.com?
            relay.yaml:6:26: target "https://bar.com/" is not valid: an origin ends after host and port, without a slash or path. Did you mean https://bar.com?
            relay.yaml:6:46: target "*" would let pages call every server. List the origins that may be called, such as https://*.bar.com, or set dangerouslyAllowAnyTarget.
            relay.yaml:6:51: target "null" is no server. List the origins that may be called, such as https://*.bar.com.
            relay.yaml:7:25: origin set "$apps" is not defined. Define it at the top of the file: origins: {apps: ["https://blog.foo.com"]}.
            relay.yaml:8:17: allow is the text "10.0.0.0/8"; it has to be a list, such as ["10.0.0.0/8"].
            relay.yaml:8:29: unknown key "deny" in egress. Known here: allow.
            """),
        file(
            "sets-of-many-faults",
            """
            sets-of-many-faults.yaml:6:27: in $apps, origin pattern "http://a.foo.com" and 2 others are not encrypted: whoever is on the way can write into the page, and credentials are on. Use https, or set dangerouslyAllowInsecureOrigins.
            sets-of-many-faults.yaml:6:27: in $apps, origin pattern "https://*.github.io" covers a public suffix: anyone can register a name under it, and credentials are on. List the hosts, or set dangerouslyAllowPublicSuffixSubdomains.
            sets-of-many-faults.yaml:10:27: warning: in $apps, origin pattern "https://*.github.io" covers a public suffix: anyone can register a name under it. List the hosts if you do not mean all of them.
            sets-of-many-faults.yaml:10:27: warning: in $apps, origin pattern "http://a.foo.com" and 3 others are included in other patterns already. Remove them.
            sets-of-many-faults.yaml:10:75: warning: origin pattern "http://a.foo.com" is listed twice. Remove one.
            """),
        file(
            "sizes-and-rates",
            """
            sizes-and-rates.yaml:1:23: requestHead "10" is too small; the least is 1KiB. Write one such as 32KiB.
            sizes-and-rates.yaml:1:40: connections is the number 0; it has to be a whole number from 1 to 1000000, such as 16384.
            sizes-and-rates.yaml:1:65: connectionsPerClient is the text "many"; it has to be a whole number from 1 to 1000000, such as 1024.
            sizes-and-rates.yaml:1:86: leastBodyRate "1KiB" is not a number of bytes a second: a size and /s. Did you mean 1KiB/s?
            sizes-and-rates.yaml:5:27: requestBody "1 mib" is not a size: a whole number and kB, MB, GB, KiB, MiB or GiB, or a number of bytes. Did you mean 1MiB?
            sizes-and-rates.yaml:5:45: perClient "120/m" is not a rate: a whole number of requests, a slash, and s, min or h. Did you mean 120/min?
            sizes-and-rates.yaml:5:63: perOrigin "0/s" lets nobody in; the least is 1. Write one such as 600/min.
            sizes-and-rates.yaml:8:27: requestBody "-1" is negative. Write a size such as 1MiB.
            sizes-and-rates.yaml:8:42: perClient "120" is not a rate: a whole number of requests, a slash, and s, min or h. Write one such as 120/min.
            sizes-and-rates.yaml:8:58: perOrigin "99999999999/s" is too high to limit anything; the most is 1000000000. Leave the key out for no limit.
            sizes-and-rates.yaml:11:27: requestBody "99999999999999999999GiB" is too large; the most is 1048576GiB. Write one such as 1MiB.
            sizes-and-rates.yaml:11:63: perClient "-5/s" lets nobody in; the least is 1. Write one such as 120/min.
            sizes-and-rates.yaml:11:80: perOrigin "10r/s" is not a rate: a whole number of requests, a slash, and s, min or h. Did you mean 10/s?
            sizes-and-rates.yaml:14:27: requestBody "10k" is not a size: a whole number and kB, MB, GB, KiB, MiB or GiB, or a number of bytes. Did you mean 10KiB?
            sizes-and-rates.yaml:14:43: perClient "99999999999999999999/s" is too high to limit anything; the most is 1000000000. Leave the key out for no limit.
            sizes-and-rates.yaml:14:78: perOrigin "often" is not a rate: a whole number of requests, a slash, and s, min or h. Write one such as 600/min.
            """),
        file(
            "tls-lists",
            """
            tls-lists.yaml:2:33: tls is an empty list, so that there is nothing to speak TLS with. Write {certificate: tls/certificate.pem, privateKey: tls/key.pem}.
            tls-lists.yaml:3:34: tls is the text "tls/certificate.pem"; it has to be a mapping, such as {certificate: tls/certificate.pem, privateKey: tls/key.pem}.
            tls-lists.yaml:4:33: tls is the text "tls/certificate.pem"; it has to be a mapping, such as {certificate: tls/certificate.pem, privateKey: tls/key.pem}.
            tls-lists.yaml:8:9: tls has no privateKey. Add privateKey: tls/key.pem, a PEM file.
            tls-lists.yaml:9:23: certificate "tls/missing.pem" is not there: there is no tls/missing.pem. Relative names begin at the directory of the configuration.
            tls-lists.yaml:9:65: unknown key "name" in tls. Known here: certificate, privateKey.
            """),
        file(
            "tls-files",
            """
            tls-files.yaml:3:24: certificate "tls/missing.pem" is not there: there is no tls/missing.pem. Relative names begin at the directory of the configuration.
            tls-files.yaml:3:53: privateKey "tls" is no file. Name the PEM file itself.
            tls-files.yaml:5:24: certificate "tls/key.pem" holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----"). Name the file of the certificate, followed by its chain.
            tls-files.yaml:5:49: privateKey "tls/certificate.pem" holds no private key in PEM form ("-----BEGIN PRIVATE KEY-----"). Name the file of the key.
            tls-files.yaml:7:57: privateKey "tls/old-key.pem" is in an older form than PKCS #8. Convert it: openssl pkcs8 -topk8 -nocrypt -in old-key.pem -out key.pem
            tls-files.yaml:9:57: privateKey "tls/encrypted-key.pem" is encrypted, and nobody is there to type its password. Decrypt it: openssl pkcs8 -in encrypted-key.pem -out key.pem
            """),
        file(
            "upstream-is-the-gateway",
            """
            upstream-is-the-gateway.yaml:3:26: upstream "http://127.0.0.1:8080" is this gateway itself, which listens on port 8080. Name the server of the API.
            upstream-is-the-gateway.yaml:4:26: upstream "http://localhost:9090" is this gateway itself, which listens on port 9090. Name the server of the API.
            upstream-is-the-gateway.yaml:6:26: upstream "http://localhost:8080" is this gateway itself, which listens on port 8080. Name the server of the API.
            upstream-is-the-gateway.yaml:7:26: upstream "http://api.localhost.:8080" is this gateway itself, which listens on port 8080. Name the server of the API.
            upstream-is-the-gateway.yaml:8:26: upstream "http://127.0.0.1:7070" is this gateway itself, which listens on port 7070. Name the server of the API.
            upstream-is-the-gateway.yaml:9:26: upstream "http://[::1]:7070" is this gateway itself, which listens on port 7070. Name the server of the API.
            upstream-is-the-gateway.yaml:10:26: upstream "http://localhost:6060" is this gateway itself, which listens on port 6060. Name the server of the API.
            """),
        file(
            "upstream-schemes",
            """
            upstream-schemes.yaml:2:26: upstream "https:foo.com" has no "//" after its scheme. Did you mean https://foo.com?
            upstream-schemes.yaml:3:26: upstream "HTTP:/foo.com/api" has no "//" after its scheme. Did you mean http://foo.com/api?
            upstream-schemes.yaml:4:26: upstream "unix:/run/x" is neither http nor https. Write one such as https://photos.bar.com/api.
            upstream-schemes.yaml:5:26: upstream "mailto:a" is neither http nor https. Write one such as https://photos.bar.com/api.
            upstream-schemes.yaml:6:26: upstream "photos.bar.com:8080/api" has no scheme. Did you mean https://photos.bar.com:8080/api?
            upstream-schemes.yaml:7:26: upstream "/run/x" has no scheme. Write one such as https://photos.bar.com/api.
            upstream-schemes.yaml:8:26: upstream "//foo.com" has no scheme. Write one such as https://photos.bar.com/api.
            upstream-schemes.yaml:9:26: upstream "https:" has no "//" after its scheme. Write one such as https://photos.bar.com/api.
            upstream-schemes.yaml:10:26: upstream "" has no scheme. Write one such as https://photos.bar.com/api.
            """),
        file(
            "upstream-secrets",
            """
            upstream-secrets.yaml:2:26: upstream "https://f\\u00f6\\u00f6.com/api?***" is not valid: the host is not ASCII; browsers send its punycode form. Did you mean https://xn--f-1gaa.com/api?
            upstream-secrets.yaml:3:26: upstream "photos.bar.com/api?***" has no scheme. Did you mean https://photos.bar.com/api?
            upstream-secrets.yaml:4:26: upstream "https://Foo_\\u00fc.com/#***" is not valid: the host is not ASCII; browsers send its punycode form. Did you mean https://xn--foo_-3ra.com/?
            upstream-secrets.yaml:5:26: upstream "https://foo.com?***" has a query, and only a path can stand here. Remove it.
            upstream-secrets.yaml:6:26: upstream "https://foo.com#***" has a fragment, and only a path can stand here. Remove it.
            upstream-secrets.yaml:7:26: upstream "https://foo.com/a/*?***" has a query, and only a path can stand here. Remove it.
            upstream-secrets.yaml:8:26: upstream "https://***@evil" has a backslash, which some servers take for a slash and others do not. Write one such as https://photos.bar.com/api.
            upstream-secrets.yaml:9:26: upstream "foo.com\\evil" has a backslash, which some servers take for a slash and others do not. Write one such as https://photos.bar.com/api.
            upstream-secrets.yaml:10:26: upstream "https://***" has a query, and only a path can stand here. Remove it.
            upstream-secrets.yaml:11:26: upstream "https://***" has no port from 1 to 65535. Write one, or none for the scheme's own.
            upstream-secrets.yaml:12:26: upstream "***@foo.com" has no scheme. Write one such as https://photos.bar.com/api.
            upstream-secrets.yaml:13:26: upstream "https://${env:HOST}/?***" holds "${", and variables are known in request.setHeaders only. Write the value itself.
            upstream-secrets.yaml:14:26: upstream "https:foo.com?***" has no "//" after its scheme. Did you mean https://foo.com?
            upstream-secrets.yaml:15:26: upstream "ftp://foo.com?***" is neither http nor https. Write one such as https://photos.bar.com/api.
            """),
        file(
            "upstream-tls",
            """
            upstream-tls.yaml:3:46: tls is for upstreams that are called by https, and "http://photos.bar.com" is called in clear. Write https:// if it speaks TLS; otherwise remove tls.
            upstream-tls.yaml:5:15: upstream has no url. Add url: https://photos.bar.com/api.
            upstream-tls.yaml:7:50: tls says nothing. Add trust: tls/authorities.pem, the authorities that certify the upstream, or certificate and privateKey, if it wants to see one.
            upstream-tls.yaml:9:58: trust "tls/missing.pem" is not there: there is no tls/missing.pem. Relative names begin at the directory of the configuration.
            upstream-tls.yaml:11:58: trust "tls/client-key.pem" holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----"). Name the file of the authorities that certify the upstream.
            upstream-tls.yaml:13:58: trust "tls/certificate.pem" cannot be read: certificate 1 in it is broken. Copy the file again, whole.
            upstream-tls.yaml:15:58: trust "tls/cut.pem" holds a certificate that is cut off or is not Base64. Copy the file again, whole.
            upstream-tls.yaml:17:50: tls has no privateKey. Add privateKey: tls/client-key.pem, a PEM file.
            upstream-tls.yaml:19:50: tls has no certificate. Add certificate: tls/client.pem, a PEM file.
            upstream-tls.yaml:21:92: privateKey "tls/other-key.pem" is not the private key of the certificate. Name the one that the certificate was issued for.
            upstream-tls.yaml:23:92: privateKey "tls/key.pem" is not the private key of the certificate. Name the one that the certificate was issued for.
            upstream-tls.yaml:25:50: tls says nothing. Add trust: tls/authorities.pem, the authorities that certify the upstream, or certificate and privateKey, if it wants to see one.
            upstream-tls.yaml:25:51: unknown key "ca" in tls of an upstream. Known here: trust, certificate, privateKey.
            upstream-tls.yaml:27:50: tls is the text "on"; it has to be a mapping, such as {trust: tls/authorities.pem}.
            upstream-tls.yaml:29:15: upstream has no url. Add url: https://photos.bar.com/api.
            upstream-tls.yaml:29:16: unknown key "uri" in upstream. Did you mean url?
            upstream-tls.yaml:31:54: protocol is the text "h2c"; it has to be auto, http/1.1 or h2. Did you mean h2?
            """),
        file(
            "upstreams",
            """
            upstreams.yaml:2:26: upstream "photos.bar.com/api" has no scheme. Did you mean https://photos.bar.com/api?
            upstreams.yaml:3:26: upstream "ftp://photos.bar.com" is neither http nor https. Write one such as https://photos.bar.com/api.
            upstreams.yaml:4:26: upstream "https://***@photos.bar.com" has a user or password, which would be shown in logs. Remove it, and set the authorization header in request.setHeaders.
            upstreams.yaml:5:26: upstream "https://photos.bar.com/api?***" has a query, and only a path can stand here. Remove it.
            upstreams.yaml:6:26: upstream "https://photos.bar.com/api/../admin" has the segment "..", which browsers resolve before they send a request. Write the path that is meant.
            upstreams.yaml:7:26: upstream "https://photos.bar.com:0" has no port from 1 to 65535. Write one, or none for the scheme's own.
            upstreams.yaml:8:26: upstream "https://b\\u00fccher.example/api" is not valid: the host is not ASCII; browsers send its punycode form. Did you mean https://xn--bcher-kva.example/api?
            upstreams.yaml:9:26: upstream "https://*.bar.com" has "*", and an upstream is one server. Name it, such as https://photos.bar.com/api.
            upstreams.yaml:10:26: upstream "http://0x7f000001:3000" is not valid: the host ends in a number but is not an IPv4 address written as four decimal numbers. Write one such as https://photos.bar.com/api.
            upstreams.yaml:11:26: upstream "wss://photos.bar.com" has the scheme of WebSockets. Write https:// instead.
            upstreams.yaml:12:26: upstream "https://${env:HOST}/api" holds "${", and variables are known in request.setHeaders only. Write the value itself.
            upstreams.yaml:13:26: upstream "https:///api" is not valid: it has no host. Write one such as https://photos.bar.com/api.
            upstreams.yaml:14:26: upstream "https://photos.bar.com/api/*" has "*", and a path covers everything below it already. Write /api.
            upstreams.yaml:15:5: a route has no upstream. Add upstream: https://photos.bar.com/api.
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
}
