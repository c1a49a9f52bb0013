package dev.sallyport.cli.demo;

import dev.sallyport.cli.demo.LocalServer.Reply;
import dev.sallyport.cli.demo.LocalServer.Request;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An API such as there are many: photos as JSON, an image, a web font, a cookie that counts visits,
 * and not one word of CORS. Its answer to OPTIONS says which methods it knows, and is no answer to
 * a preflight.
 */
final class PhotoApi implements LocalServer.Answerer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern PHOTO = Pattern.compile("/photos/([1-9])");
  private static final Pattern VISITS = Pattern.compile("(?:^|;\\s*)visits=([0-9]{1,6})(?:;|$)");

  private final byte[] image;
  private final byte[] font;
  private final Map<Integer, String> titles = new LinkedHashMap<>();
  private int likes;

  PhotoApi(byte[] image, byte[] font) {
    this.image = image;
    this.font = font;
    titles.put(1, "Peace");
    titles.put(2, "The long wall");
    titles.put(3, "A small gate");
  }

  @Override
  public Reply answer(Request request) throws IOException {
    // Each run of the page shall find out anew.
    return route(request).with("Cache-Control", "no-store");
  }

  private synchronized Reply route(Request request) throws IOException {
    if (request.method().equals("OPTIONS")) {
      return Reply.empty(204).with("Allow", "GET, HEAD, POST, PUT, OPTIONS");
    }
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    Matcher photo = PHOTO.matcher(request.path());
    if (photo.matches()) {
      return photo(Integer.parseInt(photo.group(1)), request, reads);
    }
    return switch (request.path()) {
      case "/peace.svg" -> reads ? Reply.of(200, "image/svg+xml", image) : notAllowed();
      case "/wall.ttf" -> reads ? Reply.of(200, "font/ttf", font) : notAllowed();
      case "/photos" -> reads ? Reply.json(200, photos()) : notAllowed();
      case "/visits" -> reads ? visit(request) : notAllowed();
      case "/likes" ->
          request.method().equals("POST")
              ? Reply.json(200, "{\"likes\":" + ++likes + "}")
              : notAllowed();
      default -> Reply.json(404, "{\"error\":\"no such resource\"}");
    };
  }

  private static Reply notAllowed() {
    return Reply.json(405, "{\"error\":\"not with this method\"}");
  }

  private Reply photo(int id, Request request, boolean reads) throws IOException {
    if (!titles.containsKey(id)) {
      return Reply.json(404, "{\"error\":\"no such photo\"}");
    }
    if (request.method().equals("PUT")) {
      String title = title(request.body());
      if (title == null) {
        return Reply.json(400, "{\"error\":\"send {\\\"title\\\": \\\"…\\\"}\"}");
      }
      titles.put(id, title);
    } else if (!reads) {
      return notAllowed();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, id);
    }
    return Reply.json(200, text.toString());
  }

  private static @Nullable String title(String body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() == JsonToken.START_OBJECT
          && "title".equals(json.nextName())
          && json.nextToken() == JsonToken.VALUE_STRING) {
        return json.getString();
      }
      return null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private String photos() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      titles.keySet().forEach(id -> write(json, id));
      json.writeEndArray();
    }
    return text.toString();
  }

  private void write(JsonGenerator json, int id) {
    json.writeStartObject();
    json.writeNumberProperty("id", id);
    json.writeStringProperty("title", titles.getOrDefault(id, ""));
    json.writeEndObject();
  }

  private static Reply visit(Request request) {
    String cookie = request.header("Cookie");
    Matcher visits = VISITS.matcher(cookie == null ? "" : cookie);
    int visit = visits.find() ? Integer.parseInt(visits.group(1)) + 1 : 1;
    return Reply.json(200, "{\"visit\":" + visit + "}")
        .with("Set-Cookie", "visits=" + visit + "; Path=/; HttpOnly; SameSite=Lax");
  }
}
