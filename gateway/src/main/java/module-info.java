/** The gateway: a reverse proxy that writes a correct CORS policy into every answer. */
module dev.sallyport.gateway {
  requires transitive dev.sallyport.core;
  requires io.netty.codec.http;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.sallyport.gateway.config;
}
