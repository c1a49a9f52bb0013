package dev.sallyport.peers;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A servlet's request of nothing but a method, headers and attributes: what a CORS filter reads.
 */
public final class PlainRequest extends HttpServletRequestWrapper {
  /** Stands for the request that there is not; whoever asks it is told so. */
  private static final HttpServletRequest NOTHING =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              PlainRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private final String method;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();

  /** A request with {@code headers}, the name and value of each line. */
  public PlainRequest(String method, List<List<String>> headers) {
    super(NOTHING);
    this.method = method;
    headers.forEach(line -> add(line.get(0), line.get(1)));
  }

  private void add(String name, String value) {
    headers
        .computeIfAbsent(name.toLowerCase(Locale.ROOT), each -> new ArrayList<>())
        .add(value.strip());
  }

  /** Makes the request new: with another value of the one header, and no attributes. */
  public void renew(String lowerCaseName, String value) {
    headers.computeIfAbsent(lowerCaseName, each -> new ArrayList<>(List.of(""))).set(0, value);
    attributes.clear();
  }

  private List<String> lines(String name) {
    List<String> lines = headers.get(name);
    // As servers do: names are kept in one case, and asked for in any.
    return lines != null ? lines : headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public @Nullable String getHeader(String name) {
    List<String> lines = lines(name);
    return lines.isEmpty() ? null : lines.get(0);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return Collections.enumeration(lines(name));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(headers.keySet());
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    attributes.put(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    attributes.remove(name);
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public @Nullable String getContentType() {
    return getHeader("content-type");
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return null;
  }

  @Override
  public String getScheme() {
    return "http";
  }

  @Override
  public String getServerName() {
    return "server.example";
  }

  @Override
  public int getServerPort() {
    return 80;
  }

  @Override
  public String getRequestURI() {
    return "/";
  }

  @Override
  public String getServletPath() {
    return "/";
  }

  @Override
  public String getContextPath() {
    return "";
  }
}
