package dev.sallyport.servlet;

import dev.sallyport.cors.CorsRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** A policy's view of a servlet's request. */
record ServletCorsRequest(HttpServletRequest request) implements CorsRequest {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public @Nullable String header(String name, int line) {
    if (line == 0) {
      return request.getHeader(name);
    }
    Enumeration<String> values = request.getHeaders(name);
    for (int i = 0; i < line && values.hasMoreElements(); i++) {
      values.nextElement();
    }
    return values.hasMoreElements() ? values.nextElement() : null;
  }
}
