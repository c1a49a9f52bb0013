package dev.sallyport.url;

/**
 * A network address, or in URLs that are not special an identifier in its place.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-host">URL, host</a>
 */
sealed interface Host permits Host.Domain, Host.Opaque, Host.Empty, Ipv4Address, Ipv6Address {

  /**
   * The host as it stands in a URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-host-serializer">URL, host serializer</a>
   */
  String serialize();

  /** A name such as {@code foo.com}: not empty, ASCII, lower case. */
  record Domain(String name) implements Host {
    @Override
    public String serialize() {
      return name;
    }
  }

  /** What stands for a host in a URL that is not special: not empty, ASCII, case kept. */
  record Opaque(String text) implements Host {
    @Override
    public String serialize() {
      return text;
    }
  }

  /** The host of {@code file:///etc/hosts}. */
  record Empty() implements Host {
    @Override
    public String serialize() {
      return "";
    }
  }
}
