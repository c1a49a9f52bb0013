package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.call.Call;
import dev.sallyport.gateway.call.TargetException;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.url.Url;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a redirect: it goes to the page, is followed in its stead, or is refused.
 *
 * <p>Following is Fetch's HTTP-redirect fetch: the same statuses, the same change of the method.
 * Each URL is checked as if a page had named it.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-redirect-fetch">Fetch, HTTP-redirect fetch</a>
 */
final class Redirection {
  static final int MOST_HOPS = 5;

  /** What becomes of an answer. */
  sealed interface Verdict permits ToPage, Hop, Refusal {}

  /** The page gets it. */
  record ToPage() implements Verdict {
    static final ToPage SAME = new ToPage();
  }

  /**
   * It is followed.
   *
   * @param call what is called next
   * @param asGet whether that is a {@code GET}, and without the body
   */
  record Hop(Call call, boolean asGet) implements Verdict {}

  /**
   * It is refused.
   *
   * @param why a sentence for the log
   */
  record Refusal(String why) implements Verdict {}

  private final ServedRoute route;

  Redirection(ServedRoute route) {
    this.route = route;
  }

  /**
   * Judges {@code answer}, and makes absolute the location of one that the page gets instead of its
   * being followed.
   *
   * @param call what it answers
   * @param method by which that was called
   * @param bodyIsGone whether the request has a body that cannot be sent again
   * @param hops how many redirects were followed before
   */
  Verdict judge(HttpResponse answer, Call call, String method, boolean bodyIsGone, int hops) {
    if (!isRedirect(answer.status().code())
        || !answer.headers().contains(HttpHeaderNames.LOCATION)) {
      return ToPage.SAME;
    }
    List<String> locations = answer.headers().getAll(HttpHeaderNames.LOCATION);
    Redirects redirects = route.route().redirects();
    if (redirects == Redirects.REFUSE) {
      return new Refusal(
          "The server behind this route answered with a redirect, and the route refuses redirects.");
    }
    if (redirects == Redirects.REWRITE) {
      boolean lost =
          route.isRelay() && route.responses().relocated(locations.get(0), call).isEmpty();
      return lost ? new Refusal("The redirect leads to no http URL.") : ToPage.SAME;
    }
    if (locations.size() > 1) {
      return new Refusal("The redirect leads to several locations.");
    }
    if (hops == MOST_HOPS) {
      return new Refusal("There are more than " + MOST_HOPS + " redirects.");
    }
    Optional<Url> next = call.url().flatMap(base -> Url.tryParse(locations.get(0), base));
    if (next.isEmpty()) {
      return new Refusal("The redirect leads to no URL.");
    }
    try {
      Call followed = route.redirectTargets().call(next.get());
      boolean asGet = becomesGet(answer.status().code(), method);
      return bodyIsGone && !asGet ? again(answer, next.get(), call) : new Hop(followed, asGet);
    } catch (TargetException e) {
      return new Refusal("The redirect is not followed: " + e.detail());
    }
  }

  /** Only the page still has the body: it is told to send it where the redirect leads. */
  private Verdict again(HttpResponse answer, Url next, Call call) {
    String location = next.href();
    if (route.responses().relocated(location, call).isEmpty()) {
      return new Refusal(
          "The redirect asks for the body again, which is gone, and leads out of the route.");
    }
    answer.headers().set(HttpHeaderNames.LOCATION, location);
    return ToPage.SAME;
  }

  /** See <a href="https://fetch.spec.whatwg.org/#redirect-status">Fetch, redirect status</a>. */
  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  // 12. of HTTP-redirect fetch.
  private static boolean becomesGet(int status, String method) {
    return (status == 301 || status == 302) && method.equals("POST")
        || status == 303 && !method.equals("GET") && !method.equals("HEAD");
  }
}
