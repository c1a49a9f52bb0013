package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.call.Call;
import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * Turns any address into the relay's own address for it.
 *
 * <table>
 * <caption>In an answer to {@code /relay/https://photos.bar.com/a/b}</caption>
 * <tr><th>the target's</th><th>the page's</th></tr>
 * <tr><td>{@code https://cdn.bar.com/2?x}</td><td>{@code /relay/https://cdn.bar.com/2?x}</td></tr>
 * <tr><td>{@code 2}, {@code /2}, {@code //cdn.bar.com/}</td>
 *     <td>{@code /relay/https://photos.bar.com/a/2}, {@code /relay/https://photos.bar.com/2}, {@code
 *     /relay/https://cdn.bar.com/}</td></tr>
 * <tr><td>{@code mailto:me@bar.com}, {@code https://me@bar.com/}, {@code https://[}</td>
 *     <td>none</td></tr>
 * </table>
 *
 * <p>Whether it may be called is asked when the page does: it then reads why not.
 */
final class RelayLocations implements Locations {
  private final String prefix;

  /** Of the relay whose path is {@code path}. */
  RelayLocations(String path) {
    this.prefix = path.equals("/") ? "/" : path + "/";
  }

  @Override
  public Optional<String> rewrite(String location, Call call) {
    return call.url()
        .flatMap(base -> Url.tryParse(location, base))
        .filter(url -> url.scheme().equals("https") || url.scheme().equals("http"))
        .filter(url -> !url.includesCredentials())
        .map(url -> prefix + url.href());
  }
}
