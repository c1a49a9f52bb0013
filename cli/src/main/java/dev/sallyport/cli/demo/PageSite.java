package dev.sallyport.cli.demo;

import dev.sallyport.cli.demo.LocalServer.Reply;
import dev.sallyport.cli.demo.LocalServer.Request;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/**
 * Serves files of the demonstration's pages, and of some paths what is made when it is asked for.
 */
final class PageSite implements LocalServer.Answerer {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private final String index;
  private final Set<String> files;
  private final String contentSecurityPolicy;
  private final Map<String, LocalServer.Answerer> made;

  /**
   * @param index the file that {@code /} means
   * @param files the files that may be had, beside it
   * @param contentSecurityPolicy what the pages may load and call: what they do not need is not
   *     there, so that nothing of them comes from anywhere else
   * @param made answers by {@code METHOD /path}
   */
  PageSite(
      String index,
      Set<String> files,
      String contentSecurityPolicy,
      Map<String, LocalServer.Answerer> made) {
    this.index = index;
    this.files = Set.copyOf(files);
    this.contentSecurityPolicy = contentSecurityPolicy;
    this.made = Map.copyOf(made);
  }

  @Override
  public Reply answer(Request request) throws IOException {
    LocalServer.Answerer maker = made.get(request.method() + " " + request.path());
    Reply reply = maker == null ? file(request) : maker.answer(request);
    return reply.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
  }

  private Reply file(Request request) throws IOException {
    String name = request.path().equals("/") ? index : request.path().substring(1);
    if (!name.equals(index) && !files.contains(name)) {
      return Reply.json(404, "{\"error\":\"no such file\"}");
    }
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
    return Reply.of(200, type, resource(name))
        .with("Content-Security-Policy", contentSecurityPolicy);
  }

  /** A file that is packed with the program. */
  static byte[] resource(String name) throws IOException {
    try (InputStream in = PageSite.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("\"" + name + "\" is missing from the program");
      }
      return in.readAllBytes();
    }
  }
}
