package dev.sallyport.cli.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.GatewayStartException;
import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * The gateway of the demonstration: a whole one, on the very file that the page shows, and with its
 * decisions written into the journal.
 */
final class DemoGateway implements AutoCloseable {
  private static final String DECISIONS = "sallyport.decision";

  private final Gateway gateway;
  private final JournalAppender appender;

  private DemoGateway(Gateway gateway, JournalAppender appender) {
    this.gateway = gateway;
    this.appender = appender;
  }

  /**
   * What the gateway is told to do, as a file.
   *
   * @param port on which browsers find it
   * @param asleep the URL of a server that is down
   */
  static String configuration(int port, String page, String api, String asleep) {
    return """
        listen: localhost:%d
        routes:
          - path: /
            upstream: %s
            cors:
              allowOrigins: ["%s"]
              allowMethods: [PUT]
              allowHeaders: [content-type]
              allowCredentials: true
              maxAge: 0                # so that each run shows its preflight
            request: {forward: [cookie]}
            response: {forward: [set-cookie]}
          - path: /asleep
            upstream: %s  # a server that is down
            cors: {allowOrigins: ["%s"]}
        """
        .formatted(port, api, page, asleep, page);
  }

  /**
   * Starts it on any free port of 127.0.0.1; what stands on the port of the file passes on to it.
   */
  static DemoGateway start(String configuration, Journal journal) throws IOException {
    GatewayConfig config = read(configuration);
    JournalAppender appender = JournalAppender.attach(journal);
    try {
      Gateway gateway =
          Gateway.start(
              new GatewayConfig(
                  List.of(new Listener("127.0.0.1", 0, Optional.empty())),
                  Optional.empty(),
                  config.accessLog(),
                  config.workers(),
                  config.transport(),
                  config.limits(),
                  config.trustedProxies(),
                  config.routes()));
      return new DemoGateway(gateway, appender);
    } catch (GatewayStartException e) {
      appender.detach();
      throw new IOException(e.getMessage(), e);
    }
  }

  private static GatewayConfig read(String configuration) throws IOException {
    Path file = Files.createTempFile("sallyport-demo-", ".yaml");
    try {
      Files.writeString(file, configuration);
      ConfigResult result = ConfigFile.read(file, name -> Optional.empty());
      return result
          .config()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      result.problems().stream()
                          .map(Object::toString)
                          .collect(Collectors.joining("; "))));
    } finally {
      Files.delete(file);
    }
  }

  InetSocketAddress address() {
    return gateway.addresses().get(0);
  }

  @Override
  public void close() {
    gateway.close();
    appender.detach();
  }

  /** Writes the lines of a logger into the journal, and nowhere else. */
  private static final class JournalAppender extends AppenderBase<ILoggingEvent> {
    private final Journal journal;
    private final Logger logger;

    private JournalAppender(Journal journal, Logger logger) {
      this.journal = journal;
      this.logger = logger;
    }

    static JournalAppender attach(Journal journal) {
      Logger logger = (Logger) LoggerFactory.getLogger(DECISIONS);
      JournalAppender appender = new JournalAppender(journal, logger);
      appender.setContext(logger.getLoggerContext());
      appender.start();
      logger.setLevel(Level.INFO);
      logger.setAdditive(false);
      logger.addAppender(appender);
      return appender;
    }

    void detach() {
      logger.detachAppender(this);
      logger.setAdditive(true);
      stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
      journal.logged(event.getFormattedMessage());
    }
  }
}
