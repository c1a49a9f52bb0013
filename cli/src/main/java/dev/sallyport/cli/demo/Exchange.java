package dev.sallyport.cli.demo;

import java.util.List;

/**
 * A request and the head of its answer, as they went over the wire.
 *
 * @param method as in the request line
 * @param target as in the request line
 * @param request the request's headers, in their order
 * @param status of the final answer
 * @param response the answer's headers, in their order
 */
public record Exchange(
    String method, String target, List<Header> request, int status, List<Header> response) {

  /** Copies the lists. */
  public Exchange {
    request = List.copyOf(request);
    response = List.copyOf(response);
  }

  /** One line of a message's head. */
  public record Header(String name, String value) {}

  /** The values of the request's headers of this name, in any case of letters. */
  public List<String> request(String name) {
    return values(request, name);
  }

  /** The values of the answer's headers of this name, in any case of letters. */
  public List<String> response(String name) {
    return values(response, name);
  }

  private static List<String> values(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }
}
