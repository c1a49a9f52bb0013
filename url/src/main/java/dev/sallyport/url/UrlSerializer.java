package dev.sallyport.url;

/**
 * The URL serializer.
 *
 * @see <a href="https://url.spec.whatwg.org/#url-serializing">URL, URL serializing</a>
 */
final class UrlSerializer {
  private UrlSerializer() {}

  /**
   * The serialization with the fragment; what is before it is the one with <i>exclude fragment</i>
   * set.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-url-serializer">URL, URL serializer</a>
   */
  static String urlSerializer(Url url) {
    // 1.
    StringBuilder output = new StringBuilder(url.scheme()).append(':');
    Host host = url.hostOrNull();
    if (host != null) {
      // 2.1.
      output.append("//");
      // 2.2.
      if (url.includesCredentials()) {
        output.append(url.username());
        if (!url.password().isEmpty()) {
          output.append(':').append(url.password());
        }
        output.append('@');
      }
      // 2.3.
      output.append(host.serialize());
      // 2.4.
      if (url.port().isPresent()) {
        output.append(':').append(url.port().getAsInt());
      }
    } else if (!url.hasOpaquePath()
        && url.segments().size() > 1
        && url.segments().get(0).isEmpty()) {
      // 3. Otherwise the path would be taken for a host.
      output.append("/.");
    }
    // 4.
    output.append(url.path());
    // 5.
    if (url.query().isPresent()) {
      output.append('?').append(url.query().get());
    }
    // 6.
    if (url.fragment().isPresent()) {
      output.append('#').append(url.fragment().get());
    }
    // 7.
    return output.toString();
  }

  /**
   * The path as it stands in a URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#url-path-serializer">URL, URL path serializer</a>
   */
  static String urlPathSerializer(UrlRecord url) {
    // 1.
    if (url.opaquePath() != null) {
      return url.opaquePath().toString();
    }
    // 2.
    StringBuilder output = new StringBuilder();
    // 3.
    for (String segment : url.path()) {
      output.append('/').append(segment);
    }
    // 4.
    return output.toString();
  }
}
