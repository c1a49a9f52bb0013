package dev.sallyport.netty;

import dev.sallyport.cors.CorsHeaders;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headers of CORS as Netty looks them up, checks and writes them fastest. */
final class Names {
  private static final Map<String, AsciiString> OF_CORS =
      Stream.of(
              CorsHeaders.ORIGIN,
              CorsHeaders.VARY,
              CorsHeaders.ACCESS_CONTROL_REQUEST_METHOD,
              CorsHeaders.ACCESS_CONTROL_REQUEST_HEADERS,
              CorsHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
              CorsHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS,
              CorsHeaders.ACCESS_CONTROL_ALLOW_METHODS,
              CorsHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
              CorsHeaders.ACCESS_CONTROL_MAX_AGE,
              CorsHeaders.ACCESS_CONTROL_EXPOSE_HEADERS)
          .collect(Collectors.toUnmodifiableMap(name -> name, AsciiString::cached));

  private Names() {}

  static CharSequence of(String name) {
    AsciiString known = OF_CORS.get(name);
    return known == null ? name : known;
  }
}
