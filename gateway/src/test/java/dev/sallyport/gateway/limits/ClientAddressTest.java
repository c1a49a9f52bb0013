package dev.sallyport.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::1, 2001:db8::ffff:1, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "::ffff:192.0.2.1, 192.0.2.2, false",
  })
  void isOneClient(String first, String second, boolean same) throws Exception {
    ClientAddress a = ClientAddress.of(InetAddress.getByName(first));
    ClientAddress b = ClientAddress.of(InetAddress.getByName(second));
    assertThat(a.equals(b)).as("%s and %s", a, b).isEqualTo(same);
  }
}
