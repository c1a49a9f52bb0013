package dev.sallyport.netty;

import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import io.netty.handler.codec.http.HttpHeaders;

/** A policy's view of the headers of a response of Netty's. */
public record NettyCorsResponse(HttpHeaders headers) implements CorsResponse {

  @Override
  public void setHeader(String name, String value) {
    headers.set(name, value);
  }

  @Override
  public void addVary(String fieldName) {
    if (!Vary.covers(headers.valueStringIterator(CorsHeaders.VARY), fieldName)) {
      headers.add(CorsHeaders.VARY, fieldName);
    }
  }
}
