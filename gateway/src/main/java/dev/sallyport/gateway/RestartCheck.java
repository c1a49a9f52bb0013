package dev.sallyport.gateway;

import dev.sallyport.gateway.config.Admin;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.reload.ReloadRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Tells apart what a running gateway can take over from what is decided when it starts.
 *
 * <p>A file that changes any of the latter is refused as a whole: what serves is always what one
 * file says.
 */
final class RestartCheck {
  private final List<String> reasons = new ArrayList<>();

  private RestartCheck() {}

  /**
   * Checks that {@code after} can replace {@code before}.
   *
   * @throws ReloadRefusedException when it cannot, with all that stands against it
   */
  static void check(GatewayConfig before, GatewayConfig after) throws ReloadRefusedException {
    RestartCheck check = new RestartCheck();
    check.compare("listen", listeners(before), listeners(after));
    check.compare("admin", admin(before), admin(after));
    check.compare(
        "workers",
        before.workers().isPresent() ? before.workers().getAsInt() : "auto",
        after.workers().isPresent() ? after.workers().getAsInt() : "auto");
    check.compare("transport", before.transport(), after.transport());
    if (!check.reasons.isEmpty()) {
      throw new ReloadRefusedException(check.reasons);
    }
  }

  private static String listeners(GatewayConfig config) {
    return config.listeners().stream()
        .map(RestartCheck::listener)
        .collect(Collectors.joining(", "));
  }

  private static String admin(GatewayConfig config) {
    return config
        .admin()
        .map(admin -> address(admin.host(), admin.port()) + hosts(admin))
        .orElse("off");
  }

  private static String hosts(Admin admin) {
    return admin.hosts().isEmpty()
        ? ""
        : " as " + admin.hosts().stream().sorted().collect(Collectors.joining(", "));
  }

  private static String listener(Listener listener) {
    return address(listener.host(), listener.port())
        + (listener.tls().isPresent() ? " with tls" : "");
  }

  private static String address(String host, int port) {
    return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }

  private void compare(String key, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      reasons.add(
          key
              + " has changed from \""
              + before
              + "\" to \""
              + after
              + "\", and is decided when the gateway starts; nothing of the file is taken over. Restart"
              + " the gateway, or write "
              + key
              + " as it was.");
    }
  }
}
