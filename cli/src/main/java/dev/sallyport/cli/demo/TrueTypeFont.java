package dev.sallyport.cli.demo;

import dev.sallyport.cli.demo.WallFont.Outline;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Writes a TrueType font whose glyphs are polygons of one width: the tables that browsers ask for,
 * and no others.
 *
 * @see <a href="https://learn.microsoft.com/typography/opentype/spec/otff">OpenType, the font
 *     file</a>
 */
final class TrueTypeFont {
  private static final int UNITS_PER_EM = 1000;

  /** 1 January 2026 in seconds since 1904: a font made twice is the same font. */
  private static final long CREATED = 3_850_070_400L;

  private record Glyph(int character, List<Outline> outlines) {}

  /** Writes a table; a byte array takes whatever is written. */
  private interface Table {
    void write(DataOutputStream out) throws IOException;
  }

  private final String family;
  private final String licence;
  private final int ascent;
  private final int descent;
  private final int advance;
  private final NavigableMap<Integer, Glyph> glyphs = new TreeMap<>();

  /**
   * @param ascent units above the base line
   * @param descent units below it
   * @param advance the width of every glyph
   */
  TrueTypeFont(String family, String licence, int ascent, int descent, int advance) {
    this.family = family;
    this.licence = licence;
    this.ascent = ascent;
    this.descent = descent;
    this.advance = advance;
  }

  void glyph(char character, List<Outline> outlines) {
    glyphs.put((int) character, new Glyph(character, outlines));
  }

  byte[] bytes() {
    List<List<Outline>> drawn = new ArrayList<>();
    drawn.add(List.of());
    glyphs.values().forEach(glyph -> drawn.add(glyph.outlines()));
    List<byte[]> outlines = drawn.stream().map(TrueTypeFont::glyf).toList();

    Map<String, byte[]> tables = new TreeMap<>();
    tables.put("OS/2", table(this::os2));
    tables.put("cmap", table(this::cmap));
    tables.put("glyf", concatenated(outlines));
    tables.put("head", table(this::head));
    tables.put("hhea", table(out -> hhea(out, drawn.size())));
    tables.put("hmtx", table(out -> hmtx(out, drawn)));
    tables.put("loca", table(out -> loca(out, outlines)));
    tables.put("maxp", table(out -> maxp(out, drawn)));
    tables.put("name", table(this::name));
    tables.put("post", table(TrueTypeFont::post));
    return file(tables);
  }

  private static byte[] table(Table table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      table.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void shorts(DataOutputStream out, int... values) throws IOException {
    for (int value : values) {
      out.writeShort(value);
    }
  }

  private static byte[] concatenated(List<byte[]> parts) {
    return table(
        out -> {
          for (byte[] part : parts) {
            out.write(part);
          }
        });
  }

  private static byte[] glyf(List<Outline> outlines) {
    if (outlines.isEmpty()) {
      return new byte[0];
    }
    byte[] glyph =
        table(
            out -> {
              shorts(out, outlines.size());
              shorts(out, left(outlines), bottom(outlines), right(outlines), top(outlines));
              int last = -1;
              for (Outline outline : outlines) {
                last += outline.points();
                out.writeShort(last);
              }
              out.writeShort(0);
              for (int point = 0; point <= last; point++) {
                out.writeByte(1);
              }
              deltas(out, outlines, Outline::x);
              deltas(out, outlines, Outline::y);
            });
    return java.util.Arrays.copyOf(glyph, (glyph.length + 3) / 4 * 4);
  }

  /** A coordinate of an outline's point. */
  private interface Axis {
    int of(Outline outline, int point);
  }

  private static void deltas(DataOutputStream out, List<Outline> outlines, Axis axis)
      throws IOException {
    int previous = 0;
    for (Outline outline : outlines) {
      for (int point = 0; point < outline.points(); point++) {
        int value = axis.of(outline, point);
        out.writeShort(value - previous);
        previous = value;
      }
    }
  }

  private static int left(List<Outline> outlines) {
    return extreme(outlines, Outline::x, -1);
  }

  private static int right(List<Outline> outlines) {
    return extreme(outlines, Outline::x, 1);
  }

  private static int bottom(List<Outline> outlines) {
    return extreme(outlines, Outline::y, -1);
  }

  private static int top(List<Outline> outlines) {
    return extreme(outlines, Outline::y, 1);
  }

  private static int extreme(List<Outline> outlines, Axis axis, int sign) {
    int best = Integer.MIN_VALUE;
    for (Outline outline : outlines) {
      for (int point = 0; point < outline.points(); point++) {
        best = Math.max(best, sign * axis.of(outline, point));
      }
    }
    return sign * best;
  }

  private List<Outline> all() {
    return glyphs.values().stream().flatMap(glyph -> glyph.outlines().stream()).toList();
  }

  /** Segments of neighbouring characters, then the one that ends the table (format 4). */
  private void cmap(DataOutputStream out) throws IOException {
    List<int[]> segments = new ArrayList<>();
    int glyph = 0;
    for (int character : glyphs.keySet()) {
      glyph++;
      int[] open = segments.isEmpty() ? null : segments.get(segments.size() - 1);
      if (open != null && open[1] == character - 1) {
        open[1] = character;
      } else {
        segments.add(new int[] {character, character, glyph - character});
      }
    }
    segments.add(new int[] {0xFFFF, 0xFFFF, 1});
    int count = segments.size();
    int power = Integer.highestOneBit(count);
    shorts(out, 0, 1, 3, 1);
    out.writeInt(12);
    shorts(out, 4, 16 + 8 * count, 0, 2 * count);
    shorts(out, 2 * power, Integer.numberOfTrailingZeros(power), 2 * (count - power));
    for (int[] segment : segments) {
      out.writeShort(segment[1]);
    }
    out.writeShort(0);
    for (int[] segment : segments) {
      out.writeShort(segment[0]);
    }
    for (int[] segment : segments) {
      out.writeShort(segment[2]);
    }
    for (int i = 0; i < count; i++) {
      out.writeShort(0);
    }
  }

  private void head(DataOutputStream out) throws IOException {
    out.writeInt(0x00010000);
    out.writeInt(0x00010000);
    out.writeInt(0); // the checksum of the whole, written last
    out.writeInt(0x5F0F3CF5);
    shorts(out, 0b11, UNITS_PER_EM);
    out.writeLong(CREATED);
    out.writeLong(CREATED);
    List<Outline> all = all();
    shorts(out, left(all), bottom(all), right(all), top(all));
    shorts(out, 0, 8, 2, 1, 0);
  }

  private void hhea(DataOutputStream out, int count) throws IOException {
    List<Outline> all = all();
    out.writeInt(0x00010000);
    shorts(out, ascent, -descent, 0, advance);
    shorts(out, left(all), advance - right(all), right(all));
    shorts(out, 1, 0, 0, 0, 0, 0, 0, 0, count);
  }

  private void hmtx(DataOutputStream out, List<List<Outline>> drawn) throws IOException {
    for (List<Outline> glyph : drawn) {
      shorts(out, advance, glyph.isEmpty() ? 0 : left(glyph));
    }
  }

  private static void loca(DataOutputStream out, List<byte[]> outlines) throws IOException {
    int offset = 0;
    for (byte[] glyph : outlines) {
      out.writeInt(offset);
      offset += glyph.length;
    }
    out.writeInt(offset);
  }

  private static void maxp(DataOutputStream out, List<List<Outline>> drawn) throws IOException {
    int points = drawn.stream().mapToInt(TrueTypeFont::points).max().orElse(0);
    int contours = drawn.stream().mapToInt(List::size).max().orElse(0);
    out.writeInt(0x00010000);
    shorts(out, drawn.size(), points, contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static int points(List<Outline> glyph) {
    return glyph.stream().mapToInt(Outline::points).sum();
  }

  private void name(DataOutputStream out) throws IOException {
    Map<Integer, String> names = new TreeMap<>();
    names.put(1, family);
    names.put(2, "Regular");
    names.put(3, family + " 1.0");
    names.put(4, family);
    names.put(5, "Version 1.0");
    names.put(6, family.replace(" ", "") + "-Regular");
    names.put(13, licence);
    shorts(out, 0, names.size(), 6 + 12 * names.size());
    int offset = 0;
    for (Map.Entry<Integer, String> name : names.entrySet()) {
      int length = 2 * name.getValue().length();
      shorts(out, 3, 1, 0x409, name.getKey(), length, offset);
      offset += length;
    }
    for (String name : names.values()) {
      out.write(name.getBytes(StandardCharsets.UTF_16BE));
    }
  }

  private void os2(DataOutputStream out) throws IOException {
    shorts(out, 4, advance, 400, 5, 0);
    shorts(out, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0);
    out.write(new byte[10]); // no classification
    out.writeInt(1); // Basic Latin
    out.write(new byte[12]);
    out.write("NONE".getBytes(StandardCharsets.US_ASCII));
    shorts(out, 0x40, glyphs.firstKey(), glyphs.lastKey());
    shorts(out, ascent, -descent, 0, ascent, descent);
    out.writeInt(1); // Latin 1
    out.writeInt(0);
    shorts(out, 560, 560, 0, ' ', 0);
  }

  private static void post(DataOutputStream out) throws IOException {
    out.writeInt(0x00030000);
    out.writeInt(0);
    shorts(out, -75, 50);
    out.writeInt(1); // every glyph is as wide as the next
    out.write(new byte[16]);
  }

  private static byte[] file(Map<String, byte[]> tables) {
    int count = tables.size();
    int power = Integer.highestOneBit(count);
    int size =
        12 + 16 * count + tables.values().stream().mapToInt(t -> (t.length + 3) / 4 * 4).sum();
    ByteBuffer file = ByteBuffer.allocate(size);
    file.putInt(0x00010000).putShort((short) count).putShort((short) (16 * power));
    file.putShort((short) Integer.numberOfTrailingZeros(power));
    file.putShort((short) (16 * (count - power)));
    int offset = 12 + 16 * count;
    int head = 0;
    for (Map.Entry<String, byte[]> table : tables.entrySet()) {
      byte[] bytes = table.getValue();
      file.put(table.getKey().getBytes(StandardCharsets.US_ASCII));
      file.putInt(checksum(ByteBuffer.wrap(bytes))).putInt(offset).putInt(bytes.length);
      file.put(offset, bytes);
      if (table.getKey().equals("head")) {
        head = offset;
      }
      offset += (bytes.length + 3) / 4 * 4;
    }
    file.putInt(head + 8, 0xB1B0AFBA - checksum(ByteBuffer.wrap(file.array())));
    return file.array();
  }

  /** The sum of the words, the last filled up with zeros. */
  private static int checksum(ByteBuffer bytes) {
    int sum = 0;
    while (bytes.remaining() >= 4) {
      sum += bytes.getInt();
    }
    for (int shift = 24; bytes.hasRemaining(); shift -= 8) {
      sum += (bytes.get() & 0xFF) << shift;
    }
    return sum;
  }
}
