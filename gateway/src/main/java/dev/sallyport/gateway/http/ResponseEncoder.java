package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;

/** Writes responses, those to {@code HEAD} without a body. */
public final class ResponseEncoder extends HttpResponseEncoder {
  private boolean toHead;

  /**
   * The next final response answers another request.
   *
   * @param head whether its method is {@code HEAD}
   */
  public void answering(boolean head) {
    toHead = head;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    return toHead && !interim || super.isContentAlwaysEmpty(response);
  }
}
