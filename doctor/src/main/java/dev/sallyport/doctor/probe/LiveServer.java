package dev.sallyport.doctor.probe;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.fetch.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The servers of the network, as the model asks them. */
final class LiveServer implements Responder {
  private final WireClient client;
  private final ProbeRequest probe;
  private final List<Exchange> exchanges = new ArrayList<>();
  private @Nullable WireRequest withheld;

  LiveServer(WireClient client, ProbeRequest probe) {
    this.client = client;
    this.probe = probe;
  }

  @Override
  public Optional<ServerAnswer> answer(WireRequest request) {
    if (!request.preflight() && !isSafe(request.method()) && !probe.sends()) {
      withheld = request;
      return Optional.empty();
    }
    Exchange exchange =
        client.send(
            request.preflight() ? Kind.PREFLIGHT : Kind.ACTUAL,
            request.method(),
            request.url(),
            BrowserHeaders.of(request, probe.page(), probe.request().mode()));
    exchanges.add(exchange);
    return exchange
        .answer()
        .filter(answer -> answer.status() >= 200)
        .map(answer -> new ServerAnswer(answer.status(), answer.headers()));
  }

  /**
   * Whether a request of this method changes nothing.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods">RFC 9110, safe
   *     methods</a>
   */
  static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  /** The request that was not sent, because it may change something. */
  Optional<WireRequest> withheld() {
    return Optional.ofNullable(withheld);
  }
}
