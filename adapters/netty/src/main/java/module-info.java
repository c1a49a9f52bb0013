/** The CORS policy engine for servers on Netty. */
module dev.sallyport.netty {
  requires transitive dev.sallyport.core;
  requires transitive io.netty.codec.http;
  requires static transitive org.jspecify;

  exports dev.sallyport.netty;
}
