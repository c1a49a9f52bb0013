/** The CORS policy engine for servers on Netty. */
module dev.sallyport.netty {
  requires transitive dev.sallyport.core;
  requires transitive io.netty.codec.http;
  requires transitive io.netty.transport;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires static transitive org.jspecify;

  exports dev.sallyport.netty;
}
