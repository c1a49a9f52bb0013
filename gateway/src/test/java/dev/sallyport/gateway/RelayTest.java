package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import org.junit.jupiter.api.Test;

class RelayTest {
  @Test
  void relaysGet() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      for (int i = 0; i < 3; i++) {
        Answer answer = client.get("/photos/1?size=2").answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
        assertThat(answer.header("vary")).isEqualTo("Origin");
        assertThat(upstream.nextHead()).startsWith("GET /photos/1?size=2 HTTP/1.1\r\n");
      }
    }
  }
}
