package dev.sallyport.gateway.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** The lines that a logger writes while this is open. */
public final class LogLines implements AutoCloseable {
  private final Logger logger;
  private final AppenderBase<ILoggingEvent> appender;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Listens to the logger of this name. */
  public LogLines(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
          }
        };
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  /** Waits for the next line. */
  public String next() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing was logged by " + logger.getName());
    }
    return line;
  }

  /** Whether no line waits. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
