package dev.sallyport.embed;

import static dev.sallyport.embed.Reading.BODY;
import static dev.sallyport.embed.Reading.CUES;
import static dev.sallyport.embed.Reading.DOCUMENT;
import static dev.sallyport.embed.Reading.DURATION;
import static dev.sallyport.embed.Reading.EFFECTS;
import static dev.sallyport.embed.Reading.ERRORS;
import static dev.sallyport.embed.Reading.EXPORTS;
import static dev.sallyport.embed.Reading.HEAD;
import static dev.sallyport.embed.Reading.MESSAGES;
import static dev.sallyport.embed.Reading.PIXELS;
import static dev.sallyport.embed.Reading.RULES;
import static dev.sallyport.embed.Reading.SAMPLES;
import static dev.sallyport.embed.Reading.SIZE;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Keyword;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way by which a page uses a resource: what it asks for, and what its scripts may read of the
 * answer when that is of the same origin or shared by CORS, and when it is neither.
 */
@SuppressWarnings("ImmutableEnumChecker") // its sets and its list cannot be changed
public enum Embedding implements Keyword {
  FETCH("fetch", "fetch()", Modes.CORS, Demand.NOTHING, of(BODY, HEAD), of(), Rules.FETCH),
  FETCH_NO_CORS(
      "fetch-no-cors",
      "fetch(…, {mode: \"no-cors\"})",
      Modes.NO_CORS_WITHOUT_CREDENTIALS,
      Demand.NOTHING,
      of(BODY, HEAD),
      of(),
      Rules.FETCH),
  XHR("xhr", "XMLHttpRequest", Modes.CORS, Demand.NOTHING, of(BODY, HEAD), of(), Rules.XHR),
  EVENT_SOURCE(
      "eventsource",
      "EventSource",
      Modes.CORS,
      Demand.EVENT_STREAM,
      of(MESSAGES),
      of(),
      Rules.EVENT_SOURCE),
  WEB_SOCKET(
      "websocket",
      "WebSocket",
      Modes.WEBSOCKET,
      Demand.SOCKET,
      of(MESSAGES),
      of(MESSAGES),
      Rules.WEB_SOCKET),
  BEACON(
      "beacon",
      "navigator.sendBeacon(url, text)",
      Modes.NO_CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.BEACON),
  BEACON_JSON(
      "beacon-json",
      "navigator.sendBeacon(url, JSON as a Blob)",
      Modes.CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.BEACON),
  PING("ping", "<a ping>", Modes.NO_CORS, Demand.NOTHING, of(), of(), Rules.PING),

  IMG(
      "img",
      "<img>",
      Destination.IMAGE,
      Modes.POTENTIAL_CORS,
      Demand.NOTHING,
      of(PIXELS, SIZE),
      of(SIZE),
      Rules.IMG,
      Rules.CANVAS),
  CSS_IMAGE(
      "css-image",
      "background-image, content, border-image …",
      Destination.IMAGE,
      Modes.NO_CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.STYLE_RESOURCE),
  CSS_SHAPE(
      "css-shape",
      "shape-outside, mask-image",
      Destination.IMAGE,
      Modes.ALWAYS_CORS,
      Demand.NOTHING,
      of(EFFECTS),
      of(),
      Rules.SHAPE),

  SCRIPT(
      "script",
      "<script>",
      Destination.SCRIPT,
      Modes.POTENTIAL_CORS,
      Demand.OK_STATUS,
      of(EFFECTS, ERRORS),
      of(EFFECTS),
      Rules.SCRIPT,
      Rules.MUTED),
  MODULE_SCRIPT(
      "module-script",
      "<script type=module>",
      Destination.SCRIPT,
      Modes.CORS,
      Demand.JAVASCRIPT,
      of(EFFECTS, ERRORS),
      of(),
      Rules.MODULE),
  IMPORT(
      "import",
      "import, import()",
      Destination.SCRIPT,
      Modes.ALWAYS_CORS,
      Demand.JAVASCRIPT,
      of(EFFECTS, ERRORS, EXPORTS),
      of(),
      Rules.MODULE),
  JSON_MODULE(
      "json-module",
      "import … with {type: \"json\"}",
      Destination.JSON,
      Modes.ALWAYS_CORS,
      Demand.JSON,
      of(EXPORTS),
      of(),
      Rules.MODULE),
  IMPORT_SCRIPTS(
      "import-scripts",
      "importScripts() in a worker",
      Destination.SCRIPT,
      Modes.NO_CORS_WITHOUT_CREDENTIALS,
      Demand.JAVASCRIPT,
      of(EFFECTS, ERRORS),
      of(EFFECTS),
      Rules.IMPORT_SCRIPTS,
      Rules.MUTED),

  STYLE(
      "style",
      "<link rel=stylesheet>",
      Destination.STYLE,
      Modes.POTENTIAL_CORS,
      Demand.CSS,
      of(EFFECTS, RULES),
      of(EFFECTS),
      Rules.STYLE,
      Rules.CSS_RULES),
  STYLE_IMPORT(
      "style-import",
      "@import",
      Destination.STYLE,
      Modes.NO_CORS,
      Demand.CSS,
      of(EFFECTS, RULES),
      of(EFFECTS),
      Rules.STYLE_RESOURCE,
      Rules.CSS_RULES),
  FONT(
      "font",
      "@font-face, FontFace",
      Destination.FONT,
      Modes.ALWAYS_CORS,
      Demand.OK_STATUS,
      of(EFFECTS),
      of(),
      Rules.FONT),

  IFRAME(
      "iframe",
      "<iframe>",
      Destination.IFRAME,
      Modes.NAVIGATE,
      Demand.NOTHING,
      of(DOCUMENT, MESSAGES),
      of(MESSAGES),
      Rules.IFRAME,
      Rules.WINDOW),
  OBJECT(
      "object",
      "<object>",
      Destination.OBJECT,
      Modes.NAVIGATE,
      Demand.OK_STATUS,
      of(DOCUMENT, MESSAGES),
      of(MESSAGES),
      Rules.OBJECT,
      Rules.WINDOW),
  EMBED(
      "embed",
      "<embed>",
      Destination.EMBED,
      Modes.NAVIGATE,
      Demand.NOTHING,
      of(DOCUMENT, MESSAGES),
      of(MESSAGES),
      Rules.EMBED,
      Rules.WINDOW),

  AUDIO(
      "audio",
      "<audio>",
      Destination.AUDIO,
      Modes.POTENTIAL_CORS,
      Demand.OK_STATUS,
      of(SAMPLES, DURATION),
      of(DURATION),
      Rules.MEDIA,
      Rules.WEB_AUDIO),
  VIDEO(
      "video",
      "<video>",
      Destination.VIDEO,
      Modes.POTENTIAL_CORS,
      Demand.OK_STATUS,
      of(PIXELS, SAMPLES, SIZE, DURATION),
      of(SIZE, DURATION),
      Rules.MEDIA,
      Rules.CANVAS),
  TRACK(
      "track",
      "<track>, by crossorigin of its <video>",
      Destination.TRACK,
      Modes.POTENTIAL_CORS_OR_SAME_ORIGIN,
      Demand.NOTHING,
      of(CUES),
      of(),
      Rules.TRACK),

  MANIFEST(
      "manifest",
      "<link rel=manifest>",
      Destination.MANIFEST,
      Modes.CORS,
      Demand.OK_STATUS,
      of(),
      of(),
      Rules.MANIFEST),
  ICON(
      "icon",
      "<link rel=icon>",
      Destination.IMAGE,
      Modes.POTENTIAL_CORS,
      Demand.OK_STATUS,
      of(),
      of(),
      Rules.ICON),

  WORKER(
      "worker",
      "new Worker()",
      Destination.WORKER,
      Modes.SAME_ORIGIN,
      Demand.JAVASCRIPT,
      of(MESSAGES, ERRORS),
      of(),
      Rules.WORKER),
  MODULE_WORKER(
      "module-worker",
      "new Worker(…, {type: \"module\"})",
      Destination.WORKER,
      Modes.SAME_ORIGIN,
      Demand.JAVASCRIPT,
      of(MESSAGES, ERRORS),
      of(),
      Rules.MODULE_WORKER),
  SHARED_WORKER(
      "shared-worker",
      "new SharedWorker()",
      Destination.SHAREDWORKER,
      Modes.SAME_ORIGIN,
      Demand.JAVASCRIPT,
      of(MESSAGES),
      of(),
      Rules.WORKER),
  SERVICE_WORKER(
      "service-worker",
      "navigator.serviceWorker.register()",
      Destination.SERVICEWORKER,
      Modes.SAME_ORIGIN,
      Demand.JAVASCRIPT,
      of(MESSAGES),
      of(),
      Rules.SERVICE_WORKER),
  AUDIO_WORKLET(
      "audio-worklet",
      "audioWorklet.addModule()",
      Destination.AUDIOWORKLET,
      Modes.CORS,
      Demand.JAVASCRIPT,
      of(MESSAGES),
      of(),
      Rules.WORKLET),

  FORM_GET(
      "form-get",
      "<form>",
      Destination.DOCUMENT,
      Modes.NAVIGATE,
      Demand.NOTHING,
      of(),
      of(),
      Rules.FORM),
  FORM_POST(
      "form-post",
      "<form method=post>",
      Destination.DOCUMENT,
      Modes.NAVIGATE,
      Demand.NOTHING,
      of(),
      of(),
      Rules.FORM),
  LINK(
      "link",
      "<a>, location",
      Destination.DOCUMENT,
      Modes.NAVIGATE,
      Demand.NOTHING,
      of(),
      of(),
      Rules.LINK),
  WINDOW(
      "window",
      "window.open()",
      Destination.DOCUMENT,
      Modes.NAVIGATE,
      Demand.NOTHING,
      of(DOCUMENT, MESSAGES),
      of(MESSAGES),
      Rules.WINDOW_OPEN,
      Rules.WINDOW),

  PRELOAD_IMAGE(
      "preload-image",
      "<link rel=preload as=image>",
      Destination.IMAGE,
      Modes.POTENTIAL_CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.PRELOAD),
  PRELOAD_SCRIPT(
      "preload-script",
      "<link rel=preload as=script>",
      Destination.SCRIPT,
      Modes.POTENTIAL_CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.PRELOAD),
  PRELOAD_STYLE(
      "preload-style",
      "<link rel=preload as=style>",
      Destination.STYLE,
      Modes.POTENTIAL_CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.PRELOAD),
  PRELOAD_FONT(
      "preload-font",
      "<link rel=preload as=font>",
      Destination.FONT,
      Modes.POTENTIAL_CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.PRELOAD),
  PRELOAD_FETCH(
      "preload-fetch",
      "<link rel=preload as=fetch>",
      Modes.POTENTIAL_CORS,
      Demand.NOTHING,
      of(),
      of(),
      Rules.PRELOAD),
  MODULE_PRELOAD(
      "modulepreload",
      "<link rel=modulepreload>",
      Destination.SCRIPT,
      Modes.CORS,
      Demand.JAVASCRIPT,
      of(),
      of(),
      Rules.MODULE_PRELOAD),
  PREFETCH(
      "prefetch",
      "<link rel=prefetch>",
      Modes.POTENTIAL_CORS,
      Demand.OK_STATUS,
      of(),
      of(),
      Rules.PREFETCH),

  POST_MESSAGE(
      "post-message",
      "postMessage() between windows",
      Modes.NO_REQUEST,
      Demand.NOTHING,
      of(MESSAGES),
      of(MESSAGES),
      Rules.POST_MESSAGE),
  STORAGE(
      "storage",
      "localStorage, IndexedDB, Cache, of that origin",
      Modes.NO_REQUEST,
      Demand.NOTHING,
      of(BODY),
      of(),
      Rules.STORAGE);

  private final String keyword;
  private final String label;
  private final Destination destination;
  private final Modes modes;
  private final Demand demand;
  private final Set<Reading> readableWhenShared;
  private final Set<Reading> readableWhenOpaque;
  private final List<Rules> rules;

  Embedding(
      String keyword,
      String label,
      Modes modes,
      Demand demand,
      Set<Reading> readableWhenShared,
      Set<Reading> readableWhenOpaque,
      Rules... rules) {
    this(
        keyword,
        label,
        Destination.EMPTY,
        modes,
        demand,
        readableWhenShared,
        readableWhenOpaque,
        rules);
  }

  Embedding(
      String keyword,
      String label,
      Destination destination,
      Modes modes,
      Demand demand,
      Set<Reading> readableWhenShared,
      Set<Reading> readableWhenOpaque,
      Rules... rules) {
    this.keyword = keyword;
    this.label = label;
    this.destination = destination;
    this.modes = modes;
    this.demand = demand;
    this.readableWhenShared = readableWhenShared;
    this.readableWhenOpaque = readableWhenOpaque;
    this.rules = List.of(rules);
  }

  private static Set<Reading> of(Reading... readings) {
    Set<Reading> all = EnumSet.noneOf(Reading.class);
    all.addAll(Arrays.asList(readings));
    return Collections.unmodifiableSet(all);
  }

  /** The one with this {@link #keyword}. */
  public static Optional<Embedding> of(String keyword) {
    return Keyword.find(values(), keyword);
  }

  /** As it is typed: {@code module-script}. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** As it stands in a page: {@code <script type=module>}. */
  public String label() {
    return label;
  }

  /** What its request is for. */
  public Destination destination() {
    return destination;
  }

  /** Whether a {@code crossorigin} attribute, or what stands for it, makes a difference. */
  public boolean heedsCrossorigin() {
    return modes.heedsCrossorigin() && this != BEACON_JSON;
  }

  /** Whether a request is made at all. */
  public boolean makesRequest() {
    return modes != Modes.NO_REQUEST;
  }

  /** The mode of its request. */
  public RequestMode mode(Crossorigin crossorigin) {
    return modes.mode(crossorigin);
  }

  /** The credentials mode of its request. */
  public CredentialsMode credentials(Crossorigin crossorigin) {
    return this == BEACON_JSON ? CredentialsMode.INCLUDE : modes.credentials(crossorigin);
  }

  /** The redirect mode of its request. */
  public RedirectMode redirect() {
    return switch (this) {
      case SERVICE_WORKER, WEB_SOCKET -> RedirectMode.ERROR;
      default -> modes == Modes.NAVIGATE ? RedirectMode.MANUAL : RedirectMode.FOLLOW;
    };
  }

  /** The method of its request. */
  public String method() {
    return switch (this) {
      case BEACON, BEACON_JSON, PING, FORM_POST -> "POST";
      default -> "GET";
    };
  }

  /** What scripts may read of an answer of the same origin, or shared by CORS. */
  public Set<Reading> readableWhenShared() {
    return readableWhenShared;
  }

  /** What they may read of any other answer. */
  public Set<Reading> readableWhenOpaque() {
    return readableWhenOpaque;
  }

  /** Where the standards say so: full URLs. */
  public List<String> anchors() {
    return rules.stream().map(Rules::anchor).toList();
  }

  /** The standards' names for {@link #anchors}, in the same order. */
  public List<String> anchorTitles() {
    return rules.stream().map(Rules::title).toList();
  }

  List<Rules> rules() {
    return rules;
  }

  Modes modes() {
    return modes;
  }

  Demand demand() {
    return demand;
  }

  /** Whether it is loaded for a use to come. */
  boolean isPreload() {
    return rules.contains(Rules.PRELOAD) || rules.contains(Rules.MODULE_PRELOAD);
  }

  /** Whether it replaces or opens a window of its own, and is not in the page. */
  boolean isTopLevel() {
    return destination == Destination.DOCUMENT;
  }
}
