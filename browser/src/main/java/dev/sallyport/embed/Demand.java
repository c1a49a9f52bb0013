package dev.sallyport.embed;

import dev.sallyport.fetch.ServerAnswer;
import java.util.Optional;

/** What whoever uses a resource demands of status and type, beside what Fetch demands of all. */
enum Demand {
  NOTHING(false),
  OK_STATUS(true),
  JAVASCRIPT(true),
  CSS(true),
  JSON(true),
  EVENT_STREAM(true),
  SOCKET(false);

  private final boolean okStatus;

  Demand(boolean okStatus) {
    this.okStatus = okStatus;
  }

  /** What is missing, for people; empty when nothing is. */
  Optional<String> missing(ServerAnswer answer) {
    if (this == EVENT_STREAM && answer.status() != 200) {
      return Optional.of("the status is " + answer.status() + " and must be 200");
    }
    if (this == SOCKET && answer.status() != 101) {
      return Optional.of("the status is " + answer.status() + " and must be 101");
    }
    if (okStatus && (answer.status() < 200 || answer.status() > 299)) {
      return Optional.of("the status is " + answer.status() + " and must be 200 to 299");
    }
    Optional<String> essence = Headers.essence(answer.headers());
    return essence.filter(this::takes).isPresent() || wanted().isEmpty()
        ? Optional.empty()
        : Optional.of(
            essence.map(found -> "the type is " + found).orElse("there is no type")
                + " and must be "
                + wanted());
  }

  private boolean takes(String essence) {
    return switch (this) {
      case NOTHING, OK_STATUS, SOCKET -> true;
      case JAVASCRIPT -> MimeTypes.isJavaScript(essence);
      case CSS -> essence.equals("text/css");
      case JSON -> MimeTypes.isJson(essence);
      case EVENT_STREAM -> essence.equals("text/event-stream");
    };
  }

  /** The types it takes; the empty string for all. */
  String wanted() {
    return switch (this) {
      case NOTHING, OK_STATUS, SOCKET -> "";
      case JAVASCRIPT -> "one of JavaScript (text/javascript)";
      case CSS -> "text/css";
      case JSON -> "one of JSON (application/json)";
      case EVENT_STREAM -> "text/event-stream";
    };
  }

  /** A type that it takes. */
  String example() {
    return switch (this) {
      case NOTHING, OK_STATUS, SOCKET -> "";
      case JAVASCRIPT -> "text/javascript";
      case CSS -> "text/css";
      case JSON -> "application/json";
      case EVENT_STREAM -> "text/event-stream";
    };
  }
}
