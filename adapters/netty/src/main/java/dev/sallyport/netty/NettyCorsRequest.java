package dev.sallyport.netty;

import dev.sallyport.cors.CorsRequest;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A policy's view of a request of Netty's. */
public record NettyCorsRequest(HttpRequest request) implements CorsRequest {

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public @Nullable String header(String name, int line) {
    if (line == 0) {
      return request.headers().get(Names.of(name));
    }
    Iterator<String> values = request.headers().valueStringIterator(Names.of(name));
    String value = null;
    for (int i = 0; i <= line; i++) {
      if (!values.hasNext()) {
        return null;
      }
      value = values.next();
    }
    return value;
  }
}
