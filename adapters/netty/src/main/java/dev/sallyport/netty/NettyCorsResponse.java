package dev.sallyport.netty;

import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import io.netty.handler.codec.http.HttpHeaders;

/** A policy's view of the headers of a response of Netty's. */
public record NettyCorsResponse(HttpHeaders headers) implements CorsResponse {
  private static final CharSequence VARY = Names.of(CorsHeaders.VARY);

  @Override
  public void setHeader(String name, String value) {
    headers.set(Names.of(name), value);
  }

  @Override
  public void addVary(String fieldName) {
    if (!Vary.covers(headers.valueStringIterator(VARY), fieldName)) {
      headers.add(VARY, fieldName);
    }
  }
}
