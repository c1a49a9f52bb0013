package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.http.ConnectionHeader;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/** Hears the rest of an answer that nobody wants, and ends a connection that has too much of it. */
final class Abandoned extends Unheard implements UpstreamListener {
  /** As long as the page is that redirects carry for people. */
  private static final int MOST_BYTES = 16 * 1024;

  private final UpstreamConnection connection;
  private int bytes;

  Abandoned(UpstreamConnection connection) {
    this.connection = connection;
  }

  @Override
  public void content(HttpContent content) {
    bytes += content.content().readableBytes();
    content.release();
    if (bytes > MOST_BYTES) {
      connection.cancel();
    }
  }

  @Override
  public void end(LastHttpContent last) {
    last.release();
  }

  @Override
  public void connected(UpstreamSide unexpected) {
    unexpected.cancel();
  }

  @Override
  public void interim(HttpResponse head, ConnectionHeader ofConnection) {}

  @Override
  public void switched(HttpResponse head, ConnectionHeader ofConnection) {}

  @Override
  public void head(HttpResponse head, ConnectionHeader ofConnection, long bodyLength) {}
}
