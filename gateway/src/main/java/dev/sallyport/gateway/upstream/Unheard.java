package dev.sallyport.gateway.upstream;

import io.netty.handler.codec.http.HttpContent;

/** Hears what an upstream sends to a client that has gone, and throws it away. */
class Unheard implements ByteListener {
  @Override
  public void content(HttpContent content) {
    content.release();
  }

  @Override
  public void readComplete() {}

  @Override
  public void writable() {}

  @Override
  public void bodyRefused() {}

  @Override
  public void failed(UpstreamFailure failure) {}
}
