package dev.sallyport.gateway.config;

import java.util.Set;

/**
 * Where operators ask how the gateway is.
 *
 * @param host an address or a name that resolves to one, without brackets
 * @param port 0 to 65535; 0 for any that is free
 * @param hosts further names, in lower case, that requests may call it by
 */
public record Admin(String host, int port, Set<String> hosts) {

  /** Copies the set. */
  public Admin {
    hosts = Set.copyOf(hosts);
  }
}
