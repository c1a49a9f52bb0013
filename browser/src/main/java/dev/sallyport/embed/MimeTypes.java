package dev.sallyport.embed;

import java.util.Set;

/**
 * Groups of MIME types, by their essence in lower case.
 *
 * @see <a href="https://mimesniff.spec.whatwg.org/#mime-type-groups">MIME Sniffing, MIME type
 *     groups</a>
 */
final class MimeTypes {
  private static final Set<String> JAVASCRIPT =
      Set.of(
          "application/ecmascript",
          "application/javascript",
          "application/x-ecmascript",
          "application/x-javascript",
          "text/ecmascript",
          "text/javascript",
          "text/javascript1.0",
          "text/javascript1.1",
          "text/javascript1.2",
          "text/javascript1.3",
          "text/javascript1.4",
          "text/javascript1.5",
          "text/jscript",
          "text/livescript",
          "text/x-ecmascript",
          "text/x-javascript");

  /** Types that no image, script or style sheet has, so that nobody looks into the body. */
  private static final Set<String> NEVER_SNIFFED =
      Set.of(
          "application/gzip",
          "application/pdf",
          "application/zip",
          "application/x-gzip",
          "application/x-protobuf",
          "application/msword",
          "text/csv",
          "text/event-stream",
          "application/msexcel",
          "application/mspowerpoint");

  private MimeTypes() {}

  static boolean isJavaScript(String essence) {
    return JAVASCRIPT.contains(essence);
  }

  static boolean isJson(String essence) {
    return essence.endsWith("+json")
        || essence.equals("application/json")
        || essence.equals("text/json");
  }

  static boolean isXml(String essence) {
    return essence.endsWith("+xml")
        || essence.equals("text/xml")
        || essence.equals("application/xml");
  }

  static boolean isNeverSniffed(String essence) {
    return NEVER_SNIFFED.contains(essence);
  }
}
