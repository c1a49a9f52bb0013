/** The command line: one class per command. */
module dev.sallyport.cli {
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires dev.sallyport.browser;
  requires dev.sallyport.gateway;
  requires info.picocli;
  requires io.netty.common;
  requires jdk.httpserver;
  requires jdk.unsupported;
  requires org.slf4j;
  requires tools.jackson.core;
  requires static transitive org.jspecify;

  opens dev.sallyport.cli to
      info.picocli;

  provides ch.qos.logback.classic.spi.Configurator with
      dev.sallyport.cli.logging.LogConfigurator;
}
