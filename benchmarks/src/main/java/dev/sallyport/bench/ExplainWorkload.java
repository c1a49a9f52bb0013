package dev.sallyport.bench;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Prints cases for {@code sallyport explain -}, the same ones each time: pages, methods, headers
 * and answers as they come together in practice, some well, some badly configured, one in seven
 * redirected.
 */
final class ExplainWorkload {
  private static final List<String> PAGES =
      List.of("https://blog.foo.com/", "http://localhost:3000/app", "https://www.foo.com/x?y=1");
  private static final List<String> SERVERS =
      List.of(
          "https://api.bar.com",
          "https://photos.bar.com",
          "https://blog.foo.com",
          "https://cdn.baz.org:8443");
  private static final List<String> PATHS = List.of("users", "photos", "orders", "peace.png");
  private static final List<String> METHODS =
      List.of("GET", "GET", "POST", "PUT", "DELETE", "PATCH");
  private static final List<String> CREDENTIALS = List.of("omit", "same-origin", "include");

  private final Random random = new Random(20_261_127);

  private ExplainWorkload() {}

  public static void main(String[] args) {
    int cases = Integer.parseInt(args[0]);
    ExplainWorkload workload = new ExplainWorkload();
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
    for (int number = 0; number < cases; number++) {
      out.print(workload.line(number));
      out.print('\n');
    }
    out.flush();
  }

  private String line(int number) {
    String page = any(PAGES);
    String url = any(SERVERS) + "/v1/" + any(PATHS) + "/" + random.nextInt(1000);
    List<String> answer = answer(page);
    List<String> exchanges = new ArrayList<>();
    exchanges.add(exchange("preflight", 204, preflightAnswer(answer)));
    if (isOnceIn(7)) {
      List<String> redirect = new ArrayList<>(answer);
      redirect.add(header("Location", "https://cdn.baz.org/z"));
      exchanges.add(exchange("actual", 302, redirect));
    }
    exchanges.add(exchange("actual", any(List.of(200, 200, 200, 404, 500)), answer));
    return """
        {"id":%d,"page":"%s","request":{"url":"%s","method":"%s","headers":%s,"mode":"%s",\
        "credentials":"%s"},"exchanges":[%s]}"""
        .formatted(
            number,
            page,
            url,
            any(METHODS),
            array(requestHeaders(number)),
            isOnceIn(4) ? "no-cors" : "cors",
            any(CREDENTIALS),
            String.join(",", exchanges));
  }

  private List<String> requestHeaders(int number) {
    List<String> headers = new ArrayList<>();
    if (!isOnceIn(3)) {
      headers.add(header("Content-Type", any(List.of("application/json", "text/plain"))));
    }
    if (isOnceIn(3)) {
      headers.add(header("Authorization", "Bearer abc"));
    }
    if (isOnceIn(3)) {
      headers.add(header("X-Request-Id", String.valueOf(number)));
    }
    return headers;
  }

  private List<String> answer(String page) {
    List<String> headers = new ArrayList<>();
    headers.add(header("Content-Type", "application/json"));
    headers.add(header("Vary", "Origin"));
    headers.add(header("ETag", "W/1"));
    headers.add(header("Server", "nginx"));
    headers.add(header("Date", "Fri, 27 Nov 2026 06:59:26 GMT"));
    String allowed =
        any(List.of(page.substring(0, page.indexOf('/', 8)), "*", "https://other.com", ""));
    if (!allowed.isEmpty()) {
      headers.add(header("Access-Control-Allow-Origin", allowed));
    }
    if (isOnceIn(2)) {
      headers.add(header("Access-Control-Allow-Credentials", "true"));
    }
    if (isOnceIn(2)) {
      headers.add(header("Access-Control-Expose-Headers", "etag, x-total"));
    }
    return headers;
  }

  private List<String> preflightAnswer(List<String> answer) {
    List<String> headers =
        answer.stream()
            .filter(each -> each.contains("Access-Control"))
            .collect(Collectors.toList());
    if (!isOnceIn(5)) {
      headers.add(header("Access-Control-Allow-Methods", "GET, PUT, DELETE, PATCH"));
    }
    if (!isOnceIn(5)) {
      headers.add(
          header("Access-Control-Allow-Headers", "content-type, authorization, x-request-id"));
    }
    return headers;
  }

  private static String exchange(String on, int status, List<String> headers) {
    return "{\"on\":\"" + on + "\",\"status\":" + status + ",\"headers\":" + array(headers) + "}";
  }

  private static String header(String name, String value) {
    return "[\"" + name + "\",\"" + value + "\"]";
  }

  private static String array(List<String> elements) {
    return "[" + String.join(",", elements) + "]";
  }

  private boolean isOnceIn(int times) {
    return random.nextInt(times) == 0;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
