package dev.sallyport.cli.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The font's file holds together as OpenType asks; that browsers take it, the browser tests show.
 */
class WallFontTest {
  private record Table(int checksum, ByteBuffer bytes) {}

  private final byte[] font = WallFont.trueType();

  @Test
  void theSumOfTheWholeIsTheMagicNumber() {
    assertThat(sum(ByteBuffer.wrap(font))).isEqualTo(0xB1B0AFBA);
  }

  @Test
  void eachTableHasItsChecksum() {
    tables()
        .forEach(
            (tag, table) -> {
              if (!tag.equals("head")) {
                assertThat(sum(table.bytes())).as(tag).isEqualTo(table.checksum());
              }
            });
  }

  @Test
  void theTablesAreThoseThatBrowsersAskForInOrder() {
    assertThat(tables().keySet())
        .containsExactly(
            "OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post");
  }

  @Test
  void everyGlyphLiesWithinTheOutlines() {
    ByteBuffer loca = table("loca").bytes();
    int glyphs = table("maxp").bytes().getShort(4);
    assertThat(loca.capacity()).isEqualTo(4 * (glyphs + 1));
    assertThat(loca.getInt(4 * glyphs)).isEqualTo(table("glyf").bytes().capacity());
    for (int glyph = 0; glyph < glyphs; glyph++) {
      assertThat(loca.getInt(4 * glyph)).isLessThanOrEqualTo(loca.getInt(4 * (glyph + 1)));
    }
    assertThat(table("hmtx").bytes().capacity()).isEqualTo(4 * glyphs);
  }

  @Test
  void aLetterIsAStoneWithTheLetterCutOut() {
    // A: the stone, the hole above the bar, and the letter around it.
    assertThat(contours('I')).isEqualTo(2);
    assertThat(contours('A')).isEqualTo(3);
    assertThat(contours('a')).isEqualTo(3);
    assertThat(contours(' ')).isEqualTo(1);
  }

  private int contours(char character) {
    int offset = table("loca").bytes().getInt(4 * glyph(table("cmap").bytes(), character));
    return table("glyf").bytes().getShort(offset);
  }

  /** As OpenType says of format 4. */
  private static int glyph(ByteBuffer cmap, char character) {
    int table = cmap.getInt(8);
    int doubled = cmap.getShort(table + 6);
    for (int segment = 0; segment < doubled; segment += 2) {
      int last = cmap.getShort(table + 14 + segment) & 0xFFFF;
      int first = cmap.getShort(table + 16 + doubled + segment) & 0xFFFF;
      if (character >= first && character <= last) {
        return character + cmap.getShort(table + 16 + 2 * doubled + segment) & 0xFFFF;
      }
    }
    throw new AssertionError("no glyph for " + character);
  }

  private Table table(String tag) {
    return requireNonNull(tables().get(tag), tag);
  }

  private Map<String, Table> tables() {
    ByteBuffer file = ByteBuffer.wrap(font);
    Map<String, Table> tables = new LinkedHashMap<>();
    for (int i = 0; i < file.getShort(4); i++) {
      int record = 12 + 16 * i;
      String tag = new String(font, record, 4, StandardCharsets.US_ASCII);
      ByteBuffer bytes = file.slice(file.getInt(record + 8), file.getInt(record + 12));
      tables.put(tag, new Table(file.getInt(record + 4), bytes));
    }
    return tables;
  }

  private static int sum(ByteBuffer bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.capacity(); i++) {
      sum += (bytes.get(i) & 0xFF) << 24 - 8 * (i % 4);
    }
    return sum;
  }
}
