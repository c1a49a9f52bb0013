package dev.sallyport.netty;

import dev.sallyport.cors.CorsRequest;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;

/** A policy's view of a request of Netty's. */
public record NettyCorsRequest(HttpRequest request) implements CorsRequest {

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public Iterator<String> headers(String name) {
    return request.headers().valueStringIterator(name);
  }
}
