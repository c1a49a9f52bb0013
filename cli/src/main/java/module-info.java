/** The command line: one class per command. */
module dev.sallyport.cli {
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires dev.sallyport.doctor;
  requires dev.sallyport.gateway;
  requires info.picocli;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.transport;
  requires jdk.httpserver;
  requires jdk.unsupported;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;

  opens dev.sallyport.cli to
      info.picocli;
  opens dev.sallyport.cli.demo to
      info.picocli;

  provides ch.qos.logback.classic.spi.Configurator with
      dev.sallyport.cli.logging.LogConfigurator;
}
