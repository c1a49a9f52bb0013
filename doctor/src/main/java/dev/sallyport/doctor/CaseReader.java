package dev.sallyport.doctor;

import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.origin.Printable;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a case from JSON. A property of another name is passed over, so that a file of cases may
 * hold what is expected, too.
 *
 * <table>
 * <caption>Properties</caption>
 * <tr><td>{@code page}</td><td>a URL</td></tr>
 * <tr><td>{@code request.url}</td><td>a URL, relative to the page's or absolute</td></tr>
 * <tr><td>{@code request.method}</td><td>{@code GET}, if absent</td></tr>
 * <tr><td>{@code request.headers}</td><td>{@code [["name","value"]]}; none, if absent</td></tr>
 * <tr><td>{@code request.mode}</td><td>{@code cors}, if absent</td></tr>
 * <tr><td>{@code request.credentials}</td><td>{@code same-origin}, if absent</td></tr>
 * <tr><td>{@code request.redirect}</td><td>{@code follow}, if absent</td></tr>
 * <tr><td>{@code request.referrerPolicy}</td><td>empty, if absent</td></tr>
 * <tr><td>{@code request.api}</td><td>{@code fetch}, if absent; {@code xhr}; {@code xhr-upload} with a listener on
 * its upload</td></tr>
 * <tr><td>{@code exchanges}</td><td>{@code [{"on","url"?,"status","headers"?}]}; none, if absent</td></tr>
 * </table>
 */
public final class CaseReader {
  /** What a case looks like. */
  public static final String SHAPE =
      "{\"id\",\"page\",\"request\":{\"url\",…},\"exchanges\":[{\"on\",\"status\",\"headers\"}]}";

  private CaseReader() {}

  /**
   * Reads a case.
   *
   * @throws NoCaseException when {@code json} is none, with the property and what it has to be
   */
  public static ExplainCase read(JsonNode json) throws NoCaseException {
    if (!json.isObject()) {
      throw new NoCaseException("a case is an object, " + SHAPE);
    }
    String page = text(required(json, "page", ""), "page");
    Optional<Url> url = Url.tryParse(page);
    if (url.isEmpty()) {
      throw new NoCaseException("its \"page\" is no URL: \"" + Printable.of(page) + "\"");
    }
    JsonNode exchanges = json.get("exchanges");
    return new ExplainCase(
        url.get(),
        readRequest(required(json, "request", "")),
        exchanges == null ? List.of() : readAll(exchanges, "exchanges", CaseReader::readExchange));
  }

  private static PageRequest readRequest(JsonNode json) throws NoCaseException {
    if (!json.isObject()) {
      throw wrong("request", "an object");
    }
    PageRequest usual = PageRequest.get(text(required(json, "url", "request."), "request.url"));
    JsonNode headers = json.get("headers");
    return new PageRequest(
        wordOr(usual.api(), json, "api", Api::of, "fetch, xhr or xhr-upload"),
        usual.url(),
        textOr(usual.method(), json, "method"),
        headers == null ? List.of() : readAll(headers, "request.headers", CaseReader::readHeader),
        wordOr(usual.mode(), json, "mode", RequestMode::of, "cors, no-cors or same-origin"),
        wordOr(
            usual.credentials(),
            json,
            "credentials",
            CredentialsMode::of,
            "omit, same-origin or include"),
        wordOr(usual.redirect(), json, "redirect", RedirectMode::of, "follow, error or manual"),
        textOr(usual.referrerPolicy(), json, "referrerPolicy"));
  }

  private static RecordedExchange readExchange(JsonNode json, String at) throws NoCaseException {
    if (!json.isObject()) {
      throw wrong(at, "an object");
    }
    String on = text(required(json, "on", at + "."), at + ".on");
    if (!on.equals("preflight") && !on.equals("actual")) {
      throw wrong(at + ".on", "preflight or actual");
    }
    JsonNode url = json.get("url");
    JsonNode status = required(json, "status", at + ".");
    if (!status.isIntegralNumber() || status.intValue() < 200 || status.intValue() > 599) {
      throw wrong(at + ".status", "a number from 200 to 599");
    }
    JsonNode headers = json.get("headers");
    return new RecordedExchange(
        on.equals("preflight"),
        url == null || url.isNull() ? Optional.empty() : Optional.of(readUrl(url, at + ".url")),
        new ServerAnswer(
            status.intValue(),
            headers == null
                ? List.of()
                : readAll(headers, at + ".headers", CaseReader::readHeader)));
  }

  private static Url readUrl(JsonNode json, String at) throws NoCaseException {
    Optional<Url> url = Url.tryParse(text(json, at));
    if (url.isEmpty()) {
      throw wrong(at, "an absolute URL");
    }
    return url.get();
  }

  private static Header readHeader(JsonNode json, String at) throws NoCaseException {
    if (!json.isArray() || json.size() != 2 || !json.get(0).isString() || !json.get(1).isString()) {
      throw wrong(at, "a name and a value, [\"name\",\"value\"]");
    }
    return new Header(json.get(0).stringValue(), json.get(1).stringValue());
  }

  /** Reads an element of an array, said to be {@code at} a place. */
  @FunctionalInterface
  private interface ElementReader<T> {
    T read(JsonNode json, String at) throws NoCaseException;
  }

  private static <T> List<T> readAll(JsonNode json, String at, ElementReader<T> reader)
      throws NoCaseException {
    if (!json.isArray()) {
      throw wrong(at, "an array");
    }
    List<T> all = new ArrayList<>(json.size());
    for (int i = 0; i < json.size(); i++) {
      all.add(reader.read(json.get(i), at + "[" + i + "]"));
    }
    return all;
  }

  private static JsonNode required(JsonNode json, String name, String within)
      throws NoCaseException {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new NoCaseException("it has no \"" + within + name + "\"; a case is " + SHAPE);
    }
    return value;
  }

  private static String text(JsonNode json, String at) throws NoCaseException {
    if (!json.isString()) {
      throw wrong(at, "a string");
    }
    return json.stringValue();
  }

  private static String textOr(String usual, JsonNode json, String name) throws NoCaseException {
    @Nullable JsonNode value = json.get(name);
    return value == null ? usual : text(value, "request." + name);
  }

  private static <E> E wordOr(
      E usual, JsonNode json, String name, Function<String, Optional<E>> words, String all)
      throws NoCaseException {
    @Nullable JsonNode value = json.get(name);
    if (value == null) {
      return usual;
    }
    Optional<E> word = words.apply(text(value, "request." + name));
    if (word.isEmpty()) {
      throw wrong("request." + name, all);
    }
    return word.get();
  }

  private static NoCaseException wrong(String at, String wanted) {
    return new NoCaseException("its \"" + at + "\" is not " + wanted);
  }
}
