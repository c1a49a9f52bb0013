package dev.sallyport.embed;

import java.util.List;

/** Places in the standards that say what a page may embed and read. */
enum Rules {
  FETCH("Fetch, fetch()", "https://fetch.spec.whatwg.org/#dom-global-fetch"),
  XHR("XMLHttpRequest, send()", "https://xhr.spec.whatwg.org/#the-send()-method"),
  EVENT_SOURCE(
      "HTML, EventSource",
      "https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource"),
  WEB_SOCKET(
      "WebSockets, establish a connection",
      "https://websockets.spec.whatwg.org/#concept-websocket-establish"),
  BEACON("Beacon, processing model", "https://w3c.github.io/beacon/#sec-processing-model"),
  PING(
      "HTML, hyperlink auditing",
      "https://html.spec.whatwg.org/multipage/links.html#hyperlink-auditing"),
  IMG(
      "HTML, update the image data",
      "https://html.spec.whatwg.org/multipage/images.html#update-the-image-data"),
  CANVAS(
      "HTML, security with canvas elements",
      "https://html.spec.whatwg.org/multipage/canvas.html#security-with-canvas-elements"),
  STYLE_RESOURCE(
      "CSS Values, fetch a style resource",
      "https://drafts.csswg.org/css-values-5/#fetch-a-style-resource"),
  SHAPE(
      "CSS Shapes, shape-outside", "https://drafts.csswg.org/css-shapes-1/#shape-outside-property"),
  SCRIPT(
      "HTML, fetch a classic script",
      "https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script"),
  MUTED(
      "HTML, muted errors", "https://html.spec.whatwg.org/multipage/webappapis.html#muted-errors"),
  MODULE(
      "HTML, fetch a single module script",
      "https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script"),
  IMPORT_SCRIPTS(
      "HTML, fetch a classic worker-imported script",
      "https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-imported-script"),
  STYLE(
      "HTML, stylesheet", "https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet"),
  CSS_RULES("CSSOM, cssRules", "https://drafts.csswg.org/cssom/#dom-cssstylesheet-cssrules"),
  FONT(
      "CSS Fonts, font fetching",
      "https://drafts.csswg.org/css-fonts-4/#font-fetching-requirements"),
  IFRAME(
      "HTML, iframe",
      "https://html.spec.whatwg.org/multipage/iframe-embed-object.html#the-iframe-element"),
  OBJECT(
      "HTML, object",
      "https://html.spec.whatwg.org/multipage/iframe-embed-object.html#the-object-element"),
  EMBED(
      "HTML, embed",
      "https://html.spec.whatwg.org/multipage/iframe-embed-object.html#the-embed-element"),
  WINDOW(
      "HTML, cross-origin properties",
      "https://html.spec.whatwg.org/multipage/nav-history-apis.html#crossoriginproperties-(-o-)"),
  MEDIA(
      "HTML, media resource fetch",
      "https://html.spec.whatwg.org/multipage/media.html#concept-media-load-resource"),
  WEB_AUDIO(
      "Web Audio, MediaElementAudioSourceNode security",
      "https://webaudio.github.io/web-audio-api/#MediaElementAudioSourceOptions-security"),
  TRACK(
      "HTML, track processing model",
      "https://html.spec.whatwg.org/multipage/media.html#start-the-track-processing-model"),
  MANIFEST(
      "HTML, manifest", "https://html.spec.whatwg.org/multipage/links.html#link-type-manifest"),
  ICON("HTML, icon", "https://html.spec.whatwg.org/multipage/links.html#rel-icon"),
  WORKER(
      "HTML, fetch a classic worker script",
      "https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-script"),
  MODULE_WORKER(
      "HTML, fetch a module worker script graph",
      "https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-module-worker-script-tree"),
  SERVICE_WORKER(
      "Service Workers, update", "https://w3c.github.io/ServiceWorker/#update-algorithm"),
  WORKLET(
      "HTML, addModule()",
      "https://html.spec.whatwg.org/multipage/worklets.html#dom-worklet-addmodule"),
  FORM(
      "HTML, form submission",
      "https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm"),
  LINK(
      "HTML, following hyperlinks",
      "https://html.spec.whatwg.org/multipage/links.html#following-hyperlinks-2"),
  WINDOW_OPEN(
      "HTML, window open steps",
      "https://html.spec.whatwg.org/multipage/nav-history-apis.html#window-open-steps"),
  PRELOAD("HTML, preload", "https://html.spec.whatwg.org/multipage/links.html#link-type-preload"),
  MODULE_PRELOAD(
      "HTML, modulepreload",
      "https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload"),
  PREFETCH(
      "HTML, prefetch", "https://html.spec.whatwg.org/multipage/links.html#link-type-prefetch"),
  POST_MESSAGE(
      "HTML, posting messages",
      "https://html.spec.whatwg.org/multipage/web-messaging.html#posting-messages"),
  STORAGE("Storage, storage keys", "https://storage.spec.whatwg.org/#storage-keys"),

  SAME_ORIGIN(
      "HTML, same origin", "https://html.spec.whatwg.org/multipage/browsers.html#same-origin"),
  MIXED(
      "Mixed Content, should fetching be blocked",
      "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch"),
  UPGRADE(
      "Mixed Content, upgrade", "https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm"),
  SECURE_CONTEXT(
      "Secure Contexts", "https://w3c.github.io/webappsec-secure-contexts/#settings-object"),
  CORP(
      "Fetch, cross-origin resource policy check",
      "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check"),
  COEP(
      "HTML, embedder policy of a navigation response",
      "https://html.spec.whatwg.org/multipage/browsers.html#check-a-navigation-response's-adherence-to-its-embedder-policy"),
  MIME(
      "Fetch, blocked due to its MIME type",
      "https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?"),
  NOSNIFF(
      "Fetch, blocked due to nosniff",
      "https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?"),
  ORB("Opaque response blocking", "https://github.com/annevk/orb#algorithm"),
  FRAME_ANCESTORS(
      "CSP, frame-ancestors", "https://w3c.github.io/webappsec-csp/#directive-frame-ancestors"),
  FRAME_OPTIONS(
      "HTML, X-Frame-Options",
      "https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header"),
  NAVIGATION(
      "HTML, navigation by fetching",
      "https://html.spec.whatwg.org/multipage/browsing-the-web.html#create-navigation-params-by-fetching");

  private final String title;
  private final String anchor;

  Rules(String title, String anchor) {
    this.title = title;
    this.anchor = anchor;
  }

  String title() {
    return title;
  }

  String anchor() {
    return anchor;
  }

  /** What says of an embedding how much of it scripts may read. */
  static Rules ofReading(Embedding embedding) {
    List<Rules> rules = embedding.rules();
    return rules.get(rules.size() - 1);
  }

  /** What says of an embedding which status and type it takes. */
  static Rules ofDemand(Embedding embedding) {
    return embedding.rules().get(0);
  }
}
