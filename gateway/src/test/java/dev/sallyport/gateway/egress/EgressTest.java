package dev.sallyport.gateway.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be called, by IANA's registries and by what is listed. */
class EgressTest {
  private static final Egress EVERYTHING =
      new Egress(List.of(Network.of("0.0.0.0/0"), Network.of("::/0")));

  private static InetAddress address(String literal) throws Exception {
    // In brackets, so that nothing that is no address is looked up.
    return InetAddress.getByName(literal.indexOf(':') < 0 ? literal : "[" + literal + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.0.9",
        "192.0.0.10",
        "192.0.1.0",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "192.175.48.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:1::1",
        "2001:1::3",
        "2001:3::1",
        "2001:4:112::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2620:4f:8000::1",
        "3ffe:ffff::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8"
      })
  void globallyRoutableUnicastMayBeCalled(String literal) throws Exception {
    assertThat(Egress.GLOBAL.refusal(address(literal))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0.0.0 | this network, 0.0.0.0/8",
        "0.255.255.255 | this network, 0.0.0.0/8",
        "10.0.0.0 | private use, 10.0.0.0/8",
        "10.255.255.255 | private use, 10.0.0.0/8",
        "100.64.0.1 | shared address space, 100.64.0.0/10",
        "100.127.255.255 | shared address space, 100.64.0.0/10",
        "127.0.0.1 | loopback, 127.0.0.0/8",
        "127.255.255.255 | loopback, 127.0.0.0/8",
        "169.254.1.1 | link-local, 169.254.0.0/16",
        "172.16.0.1 | private use, 172.16.0.0/12",
        "172.31.255.255 | private use, 172.16.0.0/12",
        "192.0.0.8 | IETF protocol assignments, 192.0.0.0/24",
        "192.0.0.170 | IETF protocol assignments, 192.0.0.0/24",
        "192.0.2.1 | documentation, 192.0.2.0/24",
        "192.88.99.1 | deprecated 6to4 relay anycast, 192.88.99.0/24",
        "192.168.0.1 | private use, 192.168.0.0/16",
        "198.18.0.1 | benchmarking, 198.18.0.0/15",
        "198.19.255.255 | benchmarking, 198.18.0.0/15",
        "198.51.100.1 | documentation, 198.51.100.0/24",
        "203.0.113.1 | documentation, 203.0.113.0/24",
        "224.0.0.1 | multicast, 224.0.0.0/4",
        "239.255.255.255 | multicast, 224.0.0.0/4",
        "240.0.0.1 | reserved, 240.0.0.0/4",
        "255.255.255.255 | reserved, 240.0.0.0/4",
        ":: | unspecified, ::/128",
        "::1 | loopback, ::1/128",
        "64:ff9b:1::1 | local-use IPv4-IPv6 translation, 64:ff9b:1::/48",
        "100::1 | discard only, 100::/64",
        "100:0:0:1::1 | dummy prefix, 100:0:0:1::/64",
        "2001:0:1::1 | Teredo, 2001::/32",
        "2001:1::4 | IETF protocol assignments, 2001::/23",
        "2001:2::1 | benchmarking, 2001:2::/48",
        "2001:10::1 | deprecated ORCHID, 2001:10::/28",
        "2001:1ff::1 | IETF protocol assignments, 2001::/23",
        "2001:db8::1 | documentation, 2001:db8::/32",
        "2002:808:808::1 | 6to4, 2002::/16",
        "3fff:fff::1 | documentation, 3fff::/20",
        "4000::1 | not allocated, ::/0",
        "5f00::1 | segment routing, 5f00::/16",
        "fbff::1 | not allocated, ::/0",
        "fc00::1 | unique local, fc00::/7",
        "fdff::1 | unique local, fc00::/7",
        "fe80::1 | link-local, fe80::/10",
        "fec0::1 | deprecated site-local, fec0::/10",
        "ff02::1 | multicast, ff00::/8",
      })
  void specialPurposeAddressesMayNot(String literal, String purpose) throws Exception {
    assertThat(Egress.GLOBAL.refusal(address(literal)))
        .contains(literal + " is not globally routable (" + purpose + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "::ffff:10.0.0.1 | 10.0.0.1 is not globally routable (private use, 10.0.0.0/8)",
        "::127.0.0.1 | is not globally routable (deprecated IPv4-compatible, ::/96)",
        "::8.8.8.8 | is not globally routable (deprecated IPv4-compatible, ::/96)",
        "64:ff9b::10.0.0.1 | which leads to 10.0.0.1, is not globally routable (private use, 10.0.0.0/8)",
        "64:ff9b::127.0.0.1 | which leads to 127.0.0.1, is not globally routable (loopback, 127.0.0.0/8)",
        "64:ff9b::0.0.0.0 | which leads to 0.0.0.0, is not globally routable (this network, 0.0.0.0/8)",
      })
  void addressesWithinIpv6AreUnwrapped(String literal, String refusal) throws Exception {
    assertThat(Egress.GLOBAL.refusal(address(literal)).orElse("")).contains(refusal);
  }

  /** Where a wrapping is allowed, what is wrapped has to be as well. */
  @ParameterizedTest
  @CsvSource({
    "::/96, ::127.0.0.1, 127.0.0.1",
    "64:ff9b:1::/48, 64:ff9b:1::10.0.0.1, 10.0.0.1",
    "64:ff9b:1::/48, 64:ff9b:1:7f00:0:100::, 127.0.0.1",
    "64:ff9b:1::/48, 64:ff9b:1:ab7f:0:1::, 127.0.0.1",
    "64:ff9b:1::/48, 64:ff9b:1:abcd:7f:0:100:0, 127.0.0.1",
    "2002::/16, 2002:7f00:1::1, 127.0.0.1",
    "2002::/16, 2002:c0a8:1::1, 192.168.0.1",
    "2001::/32, 2001:0:a00:1::f7f7:f7f7, 10.0.0.1",
    "2001::/32, 2001:0:808:808::80ff:fffe, 127.0.0.1",
  })
  void whatIsWrappedHasToBeAllowedToo(String allowed, String literal, String wrapped)
      throws Exception {
    Egress egress = new Egress(List.of(Network.of(allowed)));
    assertThat(egress.refusal(address(literal)).orElse(""))
        .contains("which leads to " + wrapped + ", is not globally routable");
  }

  @ParameterizedTest
  @CsvSource({
    "::/96, ::8.8.8.8",
    "64:ff9b:1::/48, 64:ff9b:1::8.8.8.8",
    "2002::/16, 2002:808:808::1",
    "2001::/32, 2001:0:808:808::f7f7:f7f7",
    "10.0.0.0/8, 10.255.255.255",
    "10.0.0.0/8, ::ffff:10.0.0.1",
    "10.0.0.0/8, 64:ff9b::10.0.0.1",
    "10.1.2.3/32, 10.1.2.3",
    "172.16.0.0/13, 172.23.255.255",
    "fd00::/8, fdff::1",
    "fd12:3456::/31, fd12:3457::1",
    "0.0.0.0/0, 127.0.0.1",
    "::/0, ::1",
  })
  void listedNetworksMayBeCalled(String allowed, String literal) throws Exception {
    assertThat(new Egress(List.of(Network.of(allowed))).refusal(address(literal))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/9, 10.128.0.0",
    "10.1.2.3/32, 10.1.2.2",
    "172.16.0.0/13, 172.24.0.0",
    "fd12:3456::/31, fd12:3458::1",
    "0.0.0.0/0, ::1",
    "::/0, 127.0.0.1",
  })
  void whatLiesBesideThemMayNot(String allowed, String literal) throws Exception {
    assertThat(new Egress(List.of(Network.of(allowed))).refusal(address(literal))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1:ffff::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "2001:0:a9fe:a9fe::1",
        "2001:0:808:808::5601:5601",
      })
  void cloudMetadataIsRefusedInListedNetworksToo(String literal) throws Exception {
    assertThat(EVERYTHING.refusal(address(literal)).orElse(""))
        .endsWith(" is the metadata service of a cloud");
  }

  @Test
  void aNetworkHasNoMoreBitsThanItsAddress() {
    assertThatThrownBy(() -> new Network(new byte[4], 33))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Network(new byte[5], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
