package dev.sallyport.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.limits.ConnectionCount.Admission;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of all clients, and of each. */
class ConnectionCountTest {
  private static InetAddress address(String text) {
    try {
      return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Admission enter(ConnectionCount count, String address) {
    return count.enter(address(address)).admission();
  }

  @Test
  void eachClientHasItsOwn() {
    ConnectionCount count = new ConnectionCount(100, 2);
    for (String each : new String[] {"192.0.2.1", "192.0.2.2", "2001:db8::1"}) {
      assertThat(enter(count, each)).as(each).isEqualTo(Admission.SERVED);
      assertThat(enter(count, each)).as(each).isEqualTo(Admission.SERVED);
      assertThat(enter(count, each)).as(each).isEqualTo(Admission.TOLD);
    }
    assertThat(count.count()).isEqualTo(9);
  }

  @Test
  void aNetworkOfIpv6IsOneClient() {
    ConnectionCount count = new ConnectionCount(100, 1);
    assertThat(enter(count, "2001:db8:0:1::1")).isEqualTo(Admission.SERVED);
    assertThat(enter(count, "2001:db8:0:1:ffff::2")).isEqualTo(Admission.TOLD);
    assertThat(enter(count, "2001:db8:0:2::1")).isEqualTo(Admission.SERVED);
  }

  @Test
  void whoIsFarBeyondIsDropped() {
    ConnectionCount count = new ConnectionCount(1000, 2);
    for (int i = 0; i < 2 + 16; i++) {
      assertThat(enter(count, "192.0.2.1")).isNotEqualTo(Admission.DROPPED);
    }
    assertThat(enter(count, "192.0.2.1")).isEqualTo(Admission.DROPPED);
    assertThat(enter(count, "192.0.2.2")).isEqualTo(Admission.SERVED);
  }

  @Test
  void theWorseOfTheTwoCounts() {
    ConnectionCount count = new ConnectionCount(1, 1000);
    enter(count, "192.0.2.1");
    ConnectionCount.Entry second = count.enter(address("192.0.2.2"));
    assertThat(second.ofAll()).isEqualTo(Admission.TOLD);
    assertThat(second.ofClient()).isEqualTo(Admission.SERVED);
    assertThat(second.admission()).isEqualTo(Admission.TOLD);
  }

  @Test
  void whoHasLeftIsForgotten() {
    ConnectionCount count = new ConnectionCount(100, 1);
    List<ConnectionCount.Entry> entries = new ArrayList<>();
    for (int i = 1; i < 50; i++) {
      entries.add(count.enter(address("192.0.2." + i)));
      entries.add(count.enter(address("192.0.2." + i)));
    }
    assertThat(count.clients()).isEqualTo(49);
    entries.forEach(count::leave);
    assertThat(count.clients()).isZero();
    assertThat(count.count()).isZero();
    assertThat(enter(count, "192.0.2.1")).isEqualTo(Admission.SERVED);
  }

  @Test
  void anotherLimitHoldsForWhoComesAfterIt() {
    ConnectionCount count = new ConnectionCount(100, 1);
    enter(count, "192.0.2.1");
    count.allow(100, 2);
    assertThat(enter(count, "192.0.2.1")).isEqualTo(Admission.SERVED);
    count.allow(100, 1);
    assertThat(enter(count, "192.0.2.1")).isEqualTo(Admission.TOLD);
  }
}
