package dev.sallyport.fetch;

import java.util.List;

/**
 * What a server answers: the status and each line of the header.
 *
 * @param status from 200 on; interim answers are not looked at
 */
public record ServerAnswer(int status, List<Header> headers) {
  public ServerAnswer {
    headers = List.copyOf(headers);
  }
}
