package dev.sallyport.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A batch of origins, each a text of its own whose hash nobody has asked for yet, as a server gets
 * them from a socket. They are made anew before each run of the batch, outside of what is timed.
 */
final class FreshOrigins {
  /** How many are in a batch. */
  static final int BATCH = 4096;

  private static final int DRAWS = 1 << 17;

  final String[] texts = new String[BATCH];
  private byte[][] drawn = {{}};
  private int next;

  /** Draws from {@code origins} at random. */
  void drawFrom(List<String> origins) {
    Random random = new Random(1);
    drawn = new byte[Math.min(DRAWS, origins.size() == 1 ? 1 : DRAWS)][];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = origins.get(random.nextInt(origins.size())).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** Makes the texts of the next run. */
  void make() {
    for (int i = 0; i < BATCH; i++) {
      next = next + 1 < drawn.length ? next + 1 : 0;
      texts[i] = new String(drawn[next], StandardCharsets.ISO_8859_1);
    }
  }
}
