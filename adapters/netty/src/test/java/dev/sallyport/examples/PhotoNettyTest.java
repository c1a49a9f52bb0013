package dev.sallyport.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorClient;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PhotoNettyTest {

  @Test
  void servesAsTheDocumentationShows() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/dev/sallyport/examples/PhotoNetty.java"))
            .replaceFirst("(?s)^package [^\n]*\n\n", "");
    assertThat(Files.readString(Path.of("../../docs/netty.md"))).contains(source);
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Channel server = PhotoNetty.start(group);
    try {
      Answer answer =
          VectorClient.send(
              (InetSocketAddress) server.localAddress(),
              "GET /photos HTTP/1.1\r\nHost: a\r\nOrigin: https://blog.foo.com\r\n\r\n");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.corsHeaders())
          .containsEntry("access-control-allow-origin", "https://blog.foo.com");
    } finally {
      server.close().syncUninterruptibly();
      group.shutdownGracefully().syncUninterruptibly();
    }
  }
}
