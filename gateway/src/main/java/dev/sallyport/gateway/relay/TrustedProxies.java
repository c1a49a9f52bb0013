package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.egress.Network;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word counts on whom they call for.
 *
 * <p>Each proxy on the way appends to {@code X-Forwarded-For} the address that it was called from.
 * So the header is read from its end, for as long as the one who wrote an address is trusted: what
 * a client has written itself stands in front of the first address that a trusted proxy has
 * written, and is never reached.
 */
final class TrustedProxies {
  /** Nobody's way here is longer. */
  private static final int MOST_HOPS = 32;

  private static final AsciiString FOR = AsciiString.cached("x-forwarded-for");
  private static final AsciiString PROTO = AsciiString.cached("x-forwarded-proto");

  private final List<Network> networks;

  TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /** Whether what {@code address} says of others counts. */
  boolean trusts(InetAddress address) {
    if (networks.isEmpty()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    for (Network network : networks) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** Who makes a request that {@code client} has sent with {@code headers}. */
  Caller caller(ClientSide client, HttpHeaders headers) {
    InetAddress peer = client.address().getAddress();
    return trusts(peer)
        ? new Caller(address(peer, headers), isSecure(client.isSecure(), headers))
        : new Caller(peer, client.isSecure());
  }

  private InetAddress address(InetAddress peer, HttpHeaders headers) {
    InetAddress nearest = peer;
    for (String said : lastFirst(headers, FOR)) {
      InetAddress before = parse(said);
      if (before == null) {
        return nearest;
      }
      nearest = before;
      if (!trusts(before)) {
        return nearest;
      }
    }
    return nearest;
  }

  /** The scheme by which the last proxy was called; what else it may say is not understood. */
  private static boolean isSecure(boolean itself, HttpHeaders headers) {
    for (String said : lastFirst(headers, PROTO)) {
      return said.equalsIgnoreCase("https") || !said.equalsIgnoreCase("http") && itself;
    }
    return itself;
  }

  private static List<String> lastFirst(HttpHeaders headers, AsciiString name) {
    List<String> elements = new ArrayList<>();
    List<String> lines = new ArrayList<>(headers.getAll(name));
    Collections.reverse(lines);
    for (String line : lines) {
      int end = line.length();
      while (end >= 0 && elements.size() < MOST_HOPS) {
        int comma = line.lastIndexOf(',', end - 1);
        elements.add(line.substring(comma + 1, end).strip());
        end = comma;
      }
    }
    return elements;
  }

  /**
   * The address that a proxy wrote: {@code 192.0.2.1}, {@code 2001:db8::1}, and as some do with a
   * port, {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711}; null for anything else.
   */
  private static @Nullable InetAddress parse(String said) {
    String literal = said;
    if (said.startsWith("[")) {
      int end = said.indexOf(']');
      if (end < 0 || !isPort(said, end + 1)) {
        return null;
      }
      literal = said.substring(1, end);
    } else {
      int colon = said.indexOf(':');
      if (colon >= 0 && colon == said.lastIndexOf(':')) {
        if (!isPort(said, colon)) {
          return null;
        }
        literal = said.substring(0, colon);
      }
    }
    if (literal.indexOf('%') >= 0
        || !NetUtil.isValidIpV4Address(literal) && !NetUtil.isValidIpV6Address(literal)) {
      return null;
    }
    try {
      // Of an IPv4-mapped address, the IPv4 one.
      return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(literal));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(literal, e);
    }
  }

  /** Whether nothing or a port follows at {@code from}. */
  private static boolean isPort(String text, int from) {
    if (from == text.length()) {
      return true;
    }
    return text.charAt(from) == ':'
        && text.length() - from >= 2
        && text.length() - from <= 6
        && text.chars().skip(from + 1L).allMatch(c -> c >= '0' && c <= '9');
  }
}
