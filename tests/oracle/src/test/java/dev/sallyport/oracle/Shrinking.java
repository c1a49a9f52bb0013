package dev.sallyport.oracle;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a case in which engine and model differ as small as it gets. */
final class Shrinking {
  private static final int MOST_ROUNDS = 12;

  private final Engine engine;
  private final Lab lab;
  private final Engine.Running browser;
  private int tried;

  Shrinking(Engine engine, Lab lab, Engine.Running browser) {
    this.engine = engine;
    this.lab = lab;
    this.browser = browser;
  }

  Difference shrink(Difference found) throws InterruptedException {
    Difference smallest = found;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<Difference> smaller = smaller(smallest);
      if (smaller.isEmpty()) {
        return smallest;
      }
      smallest = smaller.get();
    }
    return smallest;
  }

  private Optional<Difference> smaller(Difference than) throws InterruptedException {
    for (ExplainCase smaller : smallerCases(than.trial())) {
      // By another name each time, so that no answer to a preflight is kept from the last one.
      String name = than.name().replaceFirst("-.*", "") + "-" + ++tried;
      Trial each = than.trial().with(renamed(smaller, than.name(), name));
      Observation seen = lab.run(Map.of(name, each), browser).get(0);
      Difference difference = new Difference(name, each, engine, seen);
      if (difference.isOne()) {
        return Optional.of(difference);
      }
    }
    return Optional.empty();
  }

  /** The same with other paths. */
  static ExplainCase renamed(ExplainCase of, String from, String to) {
    String path = "/c/" + from + "/";
    String other = "/c/" + to + "/";
    PageRequest request = of.request();
    List<RecordedExchange> exchanges = new ArrayList<>();
    for (RecordedExchange exchange : of.exchanges()) {
      List<Header> headers = new ArrayList<>();
      for (Header header : exchange.answer().headers()) {
        headers.add(new Header(header.name(), header.value().replace(path, other)));
      }
      exchanges.add(
          new RecordedExchange(
              exchange.preflight(),
              exchange.url().map(url -> Url.parse(url.href().replace(path, other))),
              new ServerAnswer(exchange.answer().status(), headers)));
    }
    return with(
        of,
        new PageRequest(
            request.api(),
            request.url().replace(path, other),
            request.method(),
            request.headers(),
            request.mode(),
            request.credentials(),
            request.redirect(),
            request.referrerPolicy()),
        exchanges);
  }

  /** The cases that have one thing less. */
  private static List<ExplainCase> smallerCases(Trial trial) {
    List<ExplainCase> smaller = new ArrayList<>();
    ExplainCase of = trial.played();
    if (trial.way().equals(Way.REQUEST)) {
      for (PageRequest request : smallerRequests(of.request())) {
        smaller.add(with(of, request, of.exchanges()));
      }
    }
    for (int i = 0; i < Math.min(6, of.exchanges().size()); i++) {
      RecordedExchange exchange = of.exchanges().get(i);
      List<Header> headers = exchange.answer().headers();
      for (int j = 0; j < headers.size(); j++) {
        if (headers.get(j).name().equals("Location") && trial.way().embedding().isPresent()) {
          // A redirect to nowhere is another case.
          continue;
        }
        List<RecordedExchange> exchanges = new ArrayList<>(of.exchanges());
        exchanges.set(
            i,
            new RecordedExchange(
                exchange.preflight(),
                exchange.url(),
                new ServerAnswer(exchange.answer().status(), without(headers, j))));
        smaller.add(with(of, of.request(), exchanges));
      }
    }
    return smaller;
  }

  private static List<PageRequest> smallerRequests(PageRequest request) {
    List<PageRequest> smaller = new ArrayList<>();
    for (int i = 0; i < request.headers().size(); i++) {
      smaller.add(withHeaders(request, without(request.headers(), i)));
    }
    smaller.add(request.by(Api.FETCH));
    smaller.add(request.withReferrerPolicy(""));
    smaller.add(request.withCredentials(CredentialsMode.SAME_ORIGIN));
    smaller.add(request.withRedirect(RedirectMode.FOLLOW));
    smaller.add(request.withMode(RequestMode.CORS));
    smaller.add(request.withMethod("GET"));
    smaller.removeIf(request::equals);
    return smaller;
  }

  private static <T> List<T> without(List<T> all, int index) {
    List<T> left = new ArrayList<>(all);
    left.remove(index);
    return left;
  }

  private static PageRequest withHeaders(PageRequest request, List<Header> headers) {
    return new PageRequest(
        request.api(),
        request.url(),
        request.method(),
        headers,
        request.mode(),
        request.credentials(),
        request.redirect(),
        request.referrerPolicy());
  }

  private static ExplainCase with(
      ExplainCase of, PageRequest request, List<RecordedExchange> exchanges) {
    return new ExplainCase(of.page(), request, exchanges);
  }
}
