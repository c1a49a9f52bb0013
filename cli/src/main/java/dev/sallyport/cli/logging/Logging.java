package dev.sallyport.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/**
 * What goes into the log of a program that serves.
 *
 * <table>
 * <caption>The loggers</caption>
 * <tr><th>name</th><th>says</th></tr>
 * <tr><td>{@code sallyport.access}</td><td>each request, when it is done</td></tr>
 * <tr><td>{@code sallyport.decision}</td><td>what the policy decided, and why</td></tr>
 * <tr><td>{@code dev.sallyport…}</td><td>what happens to the gateway itself</td></tr>
 * </table>
 */
public final class Logging {
  private static final String[] OURS = {"dev.sallyport", "sallyport"};

  private Logging() {}

  /**
   * Sets what is logged from now on. What others than Sallyport say is logged from {@code WARN} on,
   * or from {@code least} if that is higher.
   *
   * @param least the least level that is logged
   * @param access whether each request is logged
   */
  public static void start(LogLevel least, boolean access) {
    Level level = Level.valueOf(least.name());
    leaveLeaksAlone();
    LoggerContext context = context();
    if (!root().iteratorForAppenders().hasNext()) {
      new LogConfigurator().configure(context);
    }
    for (String name : OURS) {
      context.getLogger(name).setLevel(level);
    }
    root().setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    context.getLogger("sallyport.access").setLevel(access ? level : Level.OFF);
  }

  /** Writes what is still waiting to be written; nothing is logged until the next start. */
  public static void stop() {
    root().detachAndStopAllAppenders();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static Logger root() {
    return context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Netty's search for leaked buffers costs time, and tells users nothing they can mend. */
  private static void leaveLeaksAlone() {
    String property = "io.netty.leakDetection.level";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "disabled");
    }
  }
}
