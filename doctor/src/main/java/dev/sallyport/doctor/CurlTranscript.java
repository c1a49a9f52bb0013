package dev.sallyport.doctor;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.ServerAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers in what {@code curl -i}, {@code -I} or {@code -v} printed: with {@code -L}, those of
 * redirects come first. Interim answers and bodies are passed over.
 */
public final class CurlTranscript {
  private CurlTranscript() {}

  /** The answers in order; none when nothing in {@code text} begins like one. */
  public static List<ServerAnswer> read(String text) {
    List<ServerAnswer> answers = new ArrayList<>();
    @Nullable Integer status = null;
    List<Header> headers = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      // With -v, what the server sends begins so; what curl sends and says does not.
      String clean = line.startsWith("< ") || line.equals("<") ? line.substring(1).strip() : line;
      clean = clean.replaceFirst("\r$", "");
      if (status == null) {
        status = status(clean);
        headers = new ArrayList<>();
      } else if (clean.isBlank()) {
        add(answers, status, headers);
        status = null;
      } else if (clean.indexOf(':') > 0) {
        int colon = clean.indexOf(':');
        headers.add(
            new Header(clean.substring(0, colon).strip(), clean.substring(colon + 1).strip()));
      }
    }
    if (status != null) {
      add(answers, status, headers);
    }
    return answers;
  }

  private static void add(List<ServerAnswer> answers, int status, List<Header> headers) {
    if (status >= 200) {
      answers.add(new ServerAnswer(status, headers));
    }
  }

  /** The status of a line such as {@code HTTP/1.1 200 OK}; null when it is none. */
  private static @Nullable Integer status(String line) {
    String[] words = line.split(" ", 3);
    return words.length > 1 && words[0].matches("HTTP/[0-9.]+") && words[1].matches("[1-5][0-9]{2}")
        ? Integer.valueOf(words[1])
        : null;
  }
}
