package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.config.OwnTls;
import dev.sallyport.gateway.config.Upstream.Protocol;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.util.List;
import java.util.Optional;

/**
 * How TLS is begun with a server.
 *
 * @param own its own trust and certificate; empty for those of all others
 * @param protocol what is to be spoken above
 */
record TlsOffer(Optional<OwnTls> own, Protocol protocol) {

  /** What is offered by ALPN, the dearest first; nothing where there is no choice. */
  List<String> protocols() {
    return switch (protocol) {
      case AUTO -> List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
      // Servers that do not know ALPN speak it, and all others know it without being told.
      case HTTP_1_1 -> List.of();
      case HTTP_2 -> List.of(ApplicationProtocolNames.HTTP_2);
    };
  }
}
