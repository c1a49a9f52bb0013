/** The gateway: a reverse proxy that writes a correct CORS policy into every answer. */
module dev.sallyport.gateway {
  requires transitive dev.sallyport.core;
  requires com.github.benmanes.caffeine;
  requires dev.sallyport.netty;
  requires dev.sallyport.url;
  requires io.github.bucket4j.core;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.tcnative.classes.openssl;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.unix.common;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.sallyport.gateway;
  exports dev.sallyport.gateway.config;
  exports dev.sallyport.gateway.egress;
  exports dev.sallyport.gateway.reload;
}
