package dev.sallyport.gateway.call;

import dev.sallyport.gateway.http.RequestTarget;
import dev.sallyport.url.Url;

/** The calls of a relay, whose URL stands in the path. */
final class RelayCalls implements Calls {
  private final TargetCheck check;
  private final RestOfPath rest;

  RelayCalls(TargetCheck check, RestOfPath rest) {
    this.check = check;
    this.rest = rest;
  }

  @Override
  public Call of(RequestTarget target) {
    String behind = rest.of(target);
    Url url = TargetUrl.read(behind.startsWith("/") ? behind.substring(1) : behind);
    return Call.of(check.server(url), url);
  }
}
