package dev.sallyport.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals that end a process or have it read its configuration again, caught.
 *
 * <p>Java's own way, a shutdown hook, knows neither the second signal, which it ignores, nor an
 * exit code other than 143. {@code sun.misc.Signal} is the only other; {@code jdk.unsupported}
 * exports it because there is no replacement. It is called by reflection because the compiler warns
 * of its name wherever it stands, and can be told nothing about that.
 */
final class ProcessSignals implements StopSignals {
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Override
  public void onFirst(Runnable stop) {
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      on(name, () -> handle(name, stop));
    }
  }

  @Override
  public void onHangup(Runnable reload) {
    on("HUP", reload);
  }

  private static void on(String name, Runnable what) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object caught =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                what.run();
                return null;
              });
      register(signal, handler, name, caught);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no jdk.unsupported module", e);
    }
  }

  private static void register(Class<?> signal, Class<?> handler, String name, Object caught)
      throws ReflectiveOperationException {
    try {
      Object number = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, number, caught);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw e;
      }
      // The virtual machine keeps this signal to itself, as with -Xrs, or the system has none of
      // the name: then it ends the process the system's way.
    }
  }

  private void handle(String name, Runnable stop) {
    if (stopping.compareAndSet(false, true)) {
      stop.run();
    } else {
      // No shutdown hooks, no waiting; the code is what a shell calls an end by this signal.
      Runtime.getRuntime().halt(name.equals("INT") ? 130 : name.equals("HUP") ? 129 : 143);
    }
  }
}
