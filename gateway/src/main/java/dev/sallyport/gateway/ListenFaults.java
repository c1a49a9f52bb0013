package dev.sallyport.gateway;

import dev.sallyport.gateway.config.Listener;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Says why a gateway cannot listen where it should, and what to do. */
final class ListenFaults {
  private ListenFaults() {}

  static void checkResolved(Listener listener, InetSocketAddress address)
      throws GatewayStartException {
    if (address.isUnresolved()) {
      throw new GatewayStartException(
          place(listener)
              + "the name \""
              + listener.host()
              + "\" has no address. Name an address of this machine, such as 127.0.0.1.");
    }
  }

  static GatewayStartException of(Listener listener, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String known = message.toLowerCase(Locale.ROOT);
    String why;
    if (known.contains("in use")) {
      why =
          "port "
              + listener.port()
              + " is in use. Stop the program that listens there, or choose another port; 0 takes any that is free.";
    } else if (known.contains("permission") || known.contains("denied")) {
      why =
          "port "
              + listener.port()
              + " may not be used by this user. Choose a port above 1023, or grant cap_net_bind_service.";
    } else if (known.contains("assign")) {
      why =
          "\""
              + listener.host()
              + "\" is no address of this machine. Choose one that is, such as 127.0.0.1 or 0.0.0.0.";
    } else {
      why = message + ". Choose another address or port.";
    }
    return new GatewayStartException(place(listener) + why, cause);
  }

  private static String place(Listener listener) {
    return "cannot listen on " + listener.host() + ":" + listener.port() + ": ";
  }
}
