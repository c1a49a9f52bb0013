package dev.sallyport.browsers;

import java.util.List;

/** What pages try on distinct origins, and what the Fetch standard lets their scripts see. */
final class Cases {
  private static final String BLOG = "blog.foo.com";
  private static final String SHOP = "shop.foo.com";
  private static final String EVIL = "evil.com";

  private Cases() {}

  /** In the order in which they run; the page of each host runs all of its cases. */
  static List<Case> all() {
    return List.of(
        // Reading.
        blog("a direct call is blocked", "read(api + '/any')", "blocked"),
        blog("a relayed call is read", "read(gate + '/photos/any')", "cors 200 photos"),
        blog("HEAD is read", "read(gate + '/photos/head', {method: 'HEAD'})", "cors 200"),
        blog("204 is read", "read(gate + '/photos/nothing')", "cors 204"),
        blog(
            "an upstream's 404 is read",
            "read(gate + '/photos/missing')",
            "cors 404 no such photo"),
        blog(
            "exposed headers are visible, others hidden",
            "visible(gate + '/photos/headers', ['etag', 'x-total', 'x-secret', 'set-cookie'])",
            "etag: \"7\", x-total: 3"),
        blog(
            "an answer is read piece by piece, before its end",
            "stream(gate + '/photos/pieces', gate + '/photos/release')",
            "first | second"),
        blog("server-sent events arrive", "events(gate + '/photos/events', 2)", "one, two"),
        blog(
            "the upstream's own CORS headers do not double ours",
            "visible(gate + '/photos/own-cors', ['content-type', 'vary'])",
            "content-type: text/plain"),
        blog("a route without CORS opens nothing", "read(gate + '/closed/own-cors')", "blocked"),
        blog("a route for everyone", "read(gate + '/everyone/any')", "cors 200 photos"),

        // Preflights.
        blog(
            "a preflight is sent once and then kept",
            "repeat(3, () => read(gate + '/photos/kept', {method: 'PUT'}))",
            "cors 200 photos, cors 200 photos, cors 200 photos"),
        blog(
            "a preflight of max-age 0 is not kept",
            "repeat(2, () => read(gate + '/forgetful/put', {method: 'PUT'}))",
            "cors 200 photos, cors 200 photos"),
        blog(
            "DELETE is allowed",
            "read(gate + '/photos/gone', {method: 'DELETE'})",
            "cors 200 photos"),
        blog("PATCH is not", "read(gate + '/photos/patched', {method: 'PATCH'})", "blocked"),
        blog(
            "PUT of JSON is allowed",
            "read(gate + '/photos/json', {method: 'PUT', body: '{}', headers: {'content-type': 'application/json'}})",
            "cors 200 photos"),
        blog(
            "a custom header is allowed",
            "read(gate + '/photos/token', {headers: {'X-Token': 'abc'}})",
            "cors 200 photos"),
        blog(
            "another is not",
            "read(gate + '/photos/other', {headers: {'X-Token': 'abc', 'X-Other': 'def'}})",
            "blocked"),
        blog(
            "Authorization has to be listed",
            "read(gate + '/photos/authorized', {headers: {Authorization: 'Bearer abc'}})",
            "blocked"),

        // Credentials.
        blog(
            "a cookie is set and sent back",
            "repeat(2, () => read(sibling + '/account/visits', {credentials: 'include'}))",
            "cors 200 visit 1, cors 200 visit 2"),
        blog(
            "without credentials the cookie stays",
            "read(sibling + '/account/visits', {credentials: 'omit'})",
            "cors 200 visit 1"),
        blog(
            "credentials need a policy that allows them",
            "read(sibling + '/photos/with-cookie', {credentials: 'include'})",
            "blocked"),
        blog(
            "a wildcard means nothing to credentials",
            "read(sibling + '/everyone/with-cookie', {credentials: 'include'})",
            "blocked"),

        // Errors, read by the script.
        blog(
            "502",
            "answered(gate + '/asleep')",
            "502 application/problem+json upstream-unreachable"),
        blog(
            "504",
            "answered(gate + '/slow/stall')",
            "504 application/problem+json upstream-timeout"),
        blog(
            "413",
            "answered(gate + '/photos/large', {method: 'PUT', body: 'x'.repeat(4096)})",
            "413 application/problem+json body-too-large"),
        blog(
            "429",
            "read(gate + '/scarce/any').then(() => answered(gate + '/scarce/any'))",
            "429 application/problem+json too-many-requests"),
        blog("404", "answered(gate + '/nowhere')", "404 application/problem+json no-route"),

        // Embedding.
        blog(
            "an image is embedded across origins",
            "embed(api + '/picture.svg')",
            "shown, not readable"),
        blog(
            "with crossorigin it is not",
            "embed(api + '/picture.svg?2', 'anonymous')",
            "not shown"),
        blog(
            "through the gateway its pixels are read",
            "embed(gate + '/photos/picture.svg', 'anonymous')",
            "shown, readable"),
        blog("a font does not load directly", "font(api + '/font.ttf')", "not loaded"),
        blog("a font loads through the gateway", "font(gate + '/photos/font.ttf')", "loaded"),

        // Redirects.
        blog(
            "a redirect within the upstream",
            "read(gate + '/photos/moved-within')",
            "cors 200 photos"),
        blog("a redirect by path", "read(gate + '/photos/moved-by-path')", "cors 200 photos"),
        blog("a redirect to another origin", "read(gate + '/photos/moved-away')", "blocked"),

        // Caches.
        blog(
            "an embedded image does not spoil the cache for a script",
            "embed(gate + '/photos/cacheable.svg').then(() => read(gate + '/photos/cacheable.svg'))"
                + ".then(seen => seen.slice(0, 12))",
            "cors 200 <sv"),
        blog("a cacheable answer", "read(gate + '/photos/cacheable')", "cors 200 photos"),
        page(
            SHOP,
            "the same, of another page of the same site",
            "read(gate + '/photos/cacheable')",
            "cors 200 photos"),

        // Pages that are not allowed.
        page(EVIL, "a denied origin reads nothing", "read(gate + '/photos/denied')", "blocked"),
        page(
            EVIL,
            "a denied origin writes nothing",
            "read(gate + '/photos/denied-put', {method: 'PUT'})",
            "blocked"),
        page(
            EVIL,
            "a POST that is never preflighted is refused",
            "read(gate + '/photos/denied-post', {method: 'POST', body: 'like=1'})",
            "blocked"),
        page(
            EVIL,
            "a no-cors POST is refused",
            "read(gate + '/photos/denied-no-cors', {method: 'POST', body: 'like=1', mode: 'no-cors'})",
            "opaque 0"),
        page(
            EVIL,
            "a beacon is refused",
            "String(navigator.sendBeacon(gate + '/photos/denied-beacon', 'like=1'))",
            "true"),
        page(EVIL, "a form is refused", "form(gate + '/photos/denied-form')", "sent"),
        page(
            EVIL,
            "the upstream's own wildcard opens nothing to a denied origin",
            "read(gate + '/photos/own-cors')",
            "blocked"),
        page(
            EVIL,
            "a route for everyone is for it too",
            "read(gate + '/everyone/any')",
            "cors 200 photos"),
        blog(
            "a sandboxed frame has the origin null",
            "sandboxed(gate + '/photos/sandboxed')",
            "null blocked"));
  }

  private static Case blog(String name, String script, String expected) {
    return new Case(name, BLOG, script, expected);
  }

  private static Case page(String host, String name, String script, String expected) {
    return new Case(name, host, script, expected);
  }
}
