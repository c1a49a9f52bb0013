package dev.sallyport.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a case is called by whoever asks; it is answered as it was written. */
final class CaseId {
  private @Nullable String text;
  private boolean isNumber;

  boolean isThere() {
    return text != null;
  }

  /** Reads the value at which {@code json} stands; returns whether it is an id. */
  boolean read(JsonParser json) {
    JsonToken value = json.currentToken();
    isNumber = value.isNumeric();
    if (value != JsonToken.VALUE_STRING && !isNumber) {
      json.skipChildren();
      return false;
    }
    text = json.getString();
    return true;
  }

  /** Writes the property, if there is an id. */
  void write(JsonGenerator json) {
    if (text == null) {
      return;
    }
    json.writeName("id");
    if (isNumber) {
      // As it was written: 1.0 does not become 1.
      json.writeNumber(text);
    } else {
      json.writeString(text);
    }
  }
}
