package dev.sallyport.oracle;

import dev.sallyport.cli.demo.WallFont;
import dev.sallyport.embed.Embedding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** What servers answer, so that a page can tell what it has got. */
final class Bodies {
  private static final byte[] PICTURE = picture();
  private static final byte[] SOUND = sound();
  private static final byte[] FONT = WallFont.trueType();

  private Bodies() {}

  /** The type of what is embedded. */
  static String type(Embedding embedding) {
    return switch (embedding) {
      case IMG, CSS_IMAGE, CSS_SHAPE, PRELOAD_IMAGE -> "image/png";
      case SCRIPT,
          MODULE_SCRIPT,
          IMPORT,
          IMPORT_SCRIPTS,
          WORKER,
          MODULE_WORKER,
          SHARED_WORKER,
          SERVICE_WORKER,
          AUDIO_WORKLET,
          PRELOAD_SCRIPT,
          MODULE_PRELOAD ->
          "text/javascript";
      case JSON_MODULE -> "application/json";
      case STYLE, STYLE_IMPORT, PRELOAD_STYLE -> "text/css";
      case FONT, PRELOAD_FONT -> "font/ttf";
      case IFRAME, OBJECT, EMBED -> "text/html";
      case AUDIO, VIDEO -> "audio/wav";
      case TRACK -> "text/vtt";
      case EVENT_SOURCE -> "text/event-stream";
      default -> "text/plain";
    };
  }

  /**
   * The body.
   *
   * @param id by which scripts of the page know it
   */
  static byte[] of(Way way, String id) {
    return way.embedding().map(embedding -> of(embedding, id)).orElseGet(() -> bytes("ok"));
  }

  private static byte[] of(Embedding embedding, String id) {
    String later = "setTimeout(() => { throw new Error('error" + id + "!'); }, 50);";
    return switch (embedding) {
      case IMG, CSS_IMAGE, CSS_SHAPE, PRELOAD_IMAGE -> PICTURE;
      case SCRIPT, MODULE_SCRIPT, PRELOAD_SCRIPT -> bytes("self.ran" + id + " = true; " + later);
      case IMPORT, MODULE_PRELOAD ->
          bytes("self.ran" + id + " = true; export const value = 7; " + later);
      case IMPORT_SCRIPTS -> bytes(later);
      case WORKER, MODULE_WORKER -> bytes("postMessage('here'); " + later);
      case SHARED_WORKER -> bytes("onconnect = event => event.ports[0].postMessage('here');");
      case SERVICE_WORKER, AUDIO_WORKLET -> bytes("self.here = true;");
      case JSON_MODULE -> bytes("{\"value\": 7}");
      case STYLE, STYLE_IMPORT, PRELOAD_STYLE ->
          bytes(".styled" + id + " { border-top: 7px solid; }");
      case FONT, PRELOAD_FONT -> FONT;
      case IFRAME, OBJECT, EMBED ->
          bytes("<!doctype html><script>parent.postMessage('here" + id + "', '*')</script>");
      case AUDIO, VIDEO -> SOUND;
      case TRACK -> bytes("WEBVTT\n\n00:00.000 --> 00:09.000\nhere\n");
      case EVENT_SOURCE -> bytes("data: here\n\n");
      default -> bytes("here");
    };
  }

  /** Seven by seven pixels, opaque on the left. */
  private static byte[] picture() {
    BufferedImage picture = new BufferedImage(7, 7, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 21; i++) {
      picture.setRGB(i / 7, i % 7, 0xff008000);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A second of silence. */
  private static byte[] sound() {
    int samples = 8000;
    ByteBuffer wave = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
    wave.put(bytes("RIFF")).putInt(36 + samples).put(bytes("WAVEfmt ")).putInt(16);
    wave.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(8000);
    wave.putShort((short) 1).putShort((short) 8).put(bytes("data")).putInt(samples);
    while (wave.hasRemaining()) {
      wave.put((byte) 0x80);
    }
    return wave.array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
