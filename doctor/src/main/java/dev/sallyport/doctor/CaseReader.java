package dev.sallyport.doctor;

import dev.sallyport.fetch.AddressSpace;
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
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a case from JSON. A property of another name is passed over, so that a file of cases may
 * hold what is expected, too.
 *
 * <table>
 * <caption>Properties</caption>
 * <tr><td>{@code page}</td><td>a URL</td></tr>
 * <tr><td>{@code pageAddressSpace}</td><td>{@code loopback}, {@code local} or {@code public}; what the page's host says
 * by itself, if absent</td></tr>
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

  private final JsonParser json;

  private @Nullable Url page;
  private Optional<AddressSpace> addressSpace = Optional.empty();
  private @Nullable PageRequest request;
  private List<RecordedExchange> exchanges = List.of();

  private CaseReader(JsonParser json) {
    this.json = json;
  }

  /** Takes a property that is not the case's own. */
  @FunctionalInterface
  public interface OtherProperty {
    /** Reads the value at which {@code json} stands, to its end. */
    void read(String name, JsonParser json) throws NoCaseException;
  }

  /** Reads a case, and passes over whatever else the object holds. */
  public static ExplainCase read(JsonParser json) throws NoCaseException {
    return read(json, (name, value) -> value.skipChildren());
  }

  /**
   * Reads a case: the next value of {@code json}.
   *
   * @param others what else the object holds
   * @throws NoCaseException when it is none, with the property and what it has to be
   * @throws tools.jackson.core.JacksonException when it is no JSON
   */
  public static ExplainCase read(JsonParser json, OtherProperty others) throws NoCaseException {
    return new CaseReader(json).readCase(others);
  }

  private ExplainCase readCase(OtherProperty others) throws NoCaseException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new NoCaseException("a case is an object, " + SHAPE);
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "page" -> page = readPage();
        case "pageAddressSpace" ->
            addressSpace =
                Optional.of(
                    word(new Place(null, name), AddressSpace::of, "loopback, local or public"));
        case "request" -> request = readRequest(new Place(null, "request"));
        case "exchanges" ->
            exchanges = readAll(new Place(null, "exchanges"), CaseReader::readExchange);
        default -> others.read(name, json);
      }
    }
    Url from = required(page, new Place(null, "page"));
    return new ExplainCase(
        from,
        addressSpace.or(() -> AddressSpace.named(from)),
        required(request, new Place(null, "request")),
        exchanges);
  }

  private Url readPage() throws NoCaseException {
    String text = text(new Place(null, "page"));
    return Url.tryParse(text)
        .orElseThrow(
            () -> new NoCaseException("its \"page\" is no URL: \"" + Printable.of(text) + "\""));
  }

  private PageRequest readRequest(Place at) throws NoCaseException {
    beginObject(at);
    PageRequest usual = PageRequest.get("");
    Api api = usual.api();
    String url = null;
    String method = usual.method();
    List<Header> headers = usual.headers();
    RequestMode mode = usual.mode();
    CredentialsMode credentials = usual.credentials();
    RedirectMode redirect = usual.redirect();
    String referrerPolicy = usual.referrerPolicy();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      Place here = new Place(at, name);
      switch (name) {
        case "api" -> api = word(here, Api::of, "fetch, xhr or xhr-upload");
        case "url" -> url = text(here);
        case "method" -> method = text(here);
        case "headers" -> headers = readAll(here, CaseReader::readHeader);
        case "mode" -> mode = word(here, RequestMode::of, "cors, no-cors or same-origin");
        case "credentials" ->
            credentials = word(here, CredentialsMode::of, "omit, same-origin or include");
        case "redirect" -> redirect = word(here, RedirectMode::of, "follow, error or manual");
        case "referrerPolicy" -> referrerPolicy = text(here);
        default -> json.skipChildren();
      }
    }
    return new PageRequest(
        api,
        required(url, new Place(at, "url")),
        method,
        headers,
        mode,
        credentials,
        redirect,
        referrerPolicy);
  }

  private RecordedExchange readExchange(Place at) throws NoCaseException {
    beginObject(at);
    String on = null;
    Optional<Url> url = Optional.empty();
    Integer status = null;
    List<Header> headers = List.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken value = json.nextToken();
      Place here = new Place(at, name);
      switch (name) {
        case "on" -> on = text(here);
        case "url" -> url = value == JsonToken.VALUE_NULL ? Optional.empty() : readUrl(here);
        case "status" -> status = readStatus(here);
        case "headers" -> headers = readAll(here, CaseReader::readHeader);
        default -> json.skipChildren();
      }
    }
    Place place = new Place(at, "on");
    boolean isPreflight = required(on, place).equals("preflight");
    if (!isPreflight && !"actual".equals(on)) {
      throw wrong(place, "preflight or actual");
    }
    return new RecordedExchange(
        isPreflight, url, new ServerAnswer(required(status, new Place(at, "status")), headers));
  }

  private int readStatus(Place at) throws NoCaseException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() != JsonParser.NumberType.INT
        || json.getIntValue() < 200
        || json.getIntValue() > 599) {
      throw wrong(at, "a number from 200 to 599");
    }
    return json.getIntValue();
  }

  private Optional<Url> readUrl(Place at) throws NoCaseException {
    Optional<Url> url = Url.tryParse(text(at));
    if (url.isEmpty()) {
      throw wrong(at, "an absolute URL");
    }
    return url;
  }

  private Header readHeader(Place at) throws NoCaseException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      String name = json.nextStringValue();
      String value = name == null ? null : json.nextStringValue();
      if (name != null && value != null && json.nextToken() == JsonToken.END_ARRAY) {
        return new Header(name, value);
      }
    }
    throw wrong(at, "a name and a value, [\"name\",\"value\"]");
  }

  /** Reads the value at which the parser stands. */
  @FunctionalInterface
  private interface ElementReader<T> {
    T read(CaseReader reader, Place at) throws NoCaseException;
  }

  private <T> List<T> readAll(Place at, ElementReader<T> element) throws NoCaseException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(at, "an array");
    }
    List<T> all = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      all.add(element.read(this, new Place(at, all.size())));
    }
    return all;
  }

  private void beginObject(Place at) throws NoCaseException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(at, "an object");
    }
  }

  private String text(Place at) throws NoCaseException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(at, "a string");
    }
    return json.getString();
  }

  private <E> E word(Place at, Function<String, Optional<E>> words, String all)
      throws NoCaseException {
    Optional<E> word = words.apply(text(at));
    if (word.isEmpty()) {
      throw wrong(at, all);
    }
    return word.get();
  }

  private static <T> T required(@Nullable T value, Place at) throws NoCaseException {
    if (value == null) {
      throw new NoCaseException("it has no \"" + at + "\"; a case is " + SHAPE);
    }
    return value;
  }

  private static NoCaseException wrong(Place at, String wanted) {
    return new NoCaseException("its \"" + at + "\" is not " + wanted);
  }

  /** Where in the case something stands; written out only when it is wrong. */
  private record Place(@Nullable Place within, @Nullable String name, int index) {
    Place(@Nullable Place within, String name) {
      this(within, name, -1);
    }

    Place(Place within, int index) {
      this(within, null, index);
    }

    @Override
    public String toString() {
      if (name == null) {
        return within + "[" + index + "]";
      }
      return within == null ? name : within + "." + name;
    }
  }
}
