package dev.sallyport.cli.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Started in place of a browser, it reports that everything works, blocked or not. */
final class LyingBrowser {
  private LyingBrowser() {}

  public static void main(String[] args) throws Exception {
    URI page = URI.create(args[args.length - 1]);
    HttpClient client = HttpClient.newHttpClient();
    for (Claim claim : Claim.values()) {
      String body =
          "{\"claim\":\"" + claim.id() + "\",\"seen\":\"works\",\"detail\":\"“all” of it\"}";
      client.send(
          HttpRequest.newBuilder(page.resolve("/proof"))
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.discarding());
    }
    Thread.sleep(Long.MAX_VALUE);
  }
}
