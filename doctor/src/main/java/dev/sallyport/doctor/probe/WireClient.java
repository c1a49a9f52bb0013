package dev.sallyport.doctor.probe;

import dev.sallyport.doctor.probe.Exchange.Kind;
import dev.sallyport.fetch.Header;
import dev.sallyport.url.Url;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request after another, each with exactly the headers it is given. Redirects are not
 * followed, cookies not kept, and of a body no more than its begin is read.
 */
final class WireClient {
  /** How long the body of an answer is waited for, once its head is there. */
  private static final Duration BODY = Duration.ofSeconds(2);

  private final HttpClient client;
  private final Duration timeout;

  WireClient(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(timeout).build();
  }

  Exchange send(Kind kind, String method, Url url, List<Header> headers) {
    CompletableFuture<ResponseInfo> head = new CompletableFuture<>();
    BodyBegin body = new BodyBegin();
    CompletableFuture<HttpResponse<String>> response = null;
    try {
      HttpRequest request = request(method, url, headers);
      response =
          client
              .sendAsync(
                  request,
                  info -> {
                    head.complete(info);
                    return body;
                  })
              .whenComplete(
                  (done, thrown) -> {
                    if (thrown != null) {
                      head.completeExceptionally(thrown);
                    }
                  });
      ResponseInfo info = head.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      String text = body.within(BODY);
      return new Exchange(
          kind, method, url, headers, Optional.of(answer(info, text)), Optional.empty());
    } catch (ExecutionException e) {
      return failed(kind, method, url, headers, TransportFault.of(e, url));
    } catch (TimeoutException | IllegalArgumentException e) {
      return failed(kind, method, url, headers, TransportFault.of(e, url));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(kind, method, url, headers, TransportFault.of(e, url));
    } finally {
      if (response != null) {
        response.cancel(true);
      }
    }
  }

  private static Exchange failed(
      Kind kind, String method, Url url, List<Header> headers, TransportFault fault) {
    return new Exchange(kind, method, url, headers, Optional.empty(), Optional.of(fault));
  }

  private HttpRequest request(String method, Url url, List<Header> headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(url.withoutCredentials()))
            .timeout(timeout)
            // Over http there is no asking for HTTP/2 that a browser would do.
            .version(url.scheme().equals("https") ? Version.HTTP_2 : Version.HTTP_1_1)
            .method(method, BodyPublishers.noBody());
    headers.forEach(header -> builder.header(header.name(), header.value()));
    return builder.build();
  }

  /** A browser's URL as {@link URI}, which takes fewer characters: the others are encoded. */
  static URI uri(Url url) {
    String href = url.hrefWithoutFragment();
    int path = href.indexOf('/', href.indexOf("//") + 2);
    StringBuilder encoded = new StringBuilder(href.substring(0, path));
    for (char c : href.substring(path).toCharArray()) {
      encoded.append(
          "\"<>\\^`{|}[]".indexOf(c) >= 0 ? String.format("%%%02X", (int) c) : String.valueOf(c));
    }
    return URI.create(encoded.toString());
  }

  private static LiveAnswer answer(ResponseInfo info, String text) {
    List<Header> lines = new ArrayList<>();
    info.headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.startsWith(":")) {
                values.forEach(value -> lines.add(new Header(name, value)));
              }
            });
    return new LiveAnswer(
        info.version() == Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1", info.statusCode(), lines, text);
  }

  static String decoded(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
