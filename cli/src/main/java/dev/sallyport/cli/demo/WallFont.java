package dev.sallyport.cli.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A typeface of the demonstration's own: each letter is a stone of a battlement, with the letter
 * cut through it, so that a word is a wall. Nobody takes it for a system's font, which is the
 * point: one glance tells whether the browser was let have it.
 *
 * <p>Letters A to Z (small ones look the same), digits, some punctuation; the blank is a blind
 * stone.
 */
public final class WallFont {
  private static final int CELL = 80;
  private static final int STONE_WIDTH = 8;

  /** The battlement above every stone: a merlon, and half a gap at each side of it. */
  private static final String MERLONS = "..####..";

  private static final int HEIGHT = 11;
  private static final int LETTER_WIDTH = 5;
  private static final int LETTER_HEIGHT = 7;

  /** How far a stone reaches into its neighbours, so that no light shows between them. */
  private static final int OVERLAP = 6;

  /** Five by seven cells for each character, row after row; `#` is cut out of the stone. */
  private static final Map<Character, String> LETTERS = letters();

  private WallFont() {}

  private static Map<Character, String> letters() {
    Map<Character, String> of = new LinkedHashMap<>();
    of.put(' ', "..... ..... ..... ..... ..... ..... .....");
    of.put('A', ".###. #...# #...# ##### #...# #...# #...#");
    of.put('B', "####. #...# #...# ####. #...# #...# ####.");
    of.put('C', ".#### #.... #.... #.... #.... #.... .####");
    of.put('D', "####. #...# #...# #...# #...# #...# ####.");
    of.put('E', "##### #.... #.... ####. #.... #.... #####");
    of.put('F', "##### #.... #.... ####. #.... #.... #....");
    of.put('G', ".#### #.... #.... #..## #...# #...# .####");
    of.put('H', "#...# #...# #...# ##### #...# #...# #...#");
    of.put('I', "##### ..#.. ..#.. ..#.. ..#.. ..#.. #####");
    of.put('J', "..### ...#. ...#. ...#. ...#. #..#. .##..");
    of.put('K', "#...# #..#. #.#.. ##... #.#.. #..#. #...#");
    of.put('L', "#.... #.... #.... #.... #.... #.... #####");
    of.put('M', "#...# ##.## #.#.# #.#.# #...# #...# #...#");
    of.put('N', "#...# ##..# ##..# #.#.# #..## #..## #...#");
    of.put('O', ".###. #...# #...# #...# #...# #...# .###.");
    of.put('P', "####. #...# #...# ####. #.... #.... #....");
    of.put('Q', ".###. #...# #...# #...# #.#.# #..#. .##.#");
    of.put('R', "####. #...# #...# ####. #.#.. #..#. #...#");
    of.put('S', ".#### #.... #.... .###. ....# ....# ####.");
    of.put('T', "##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..");
    of.put('U', "#...# #...# #...# #...# #...# #...# .###.");
    of.put('V', "#...# #...# #...# #...# .#.#. .#.#. ..#..");
    of.put('W', "#...# #...# #...# #.#.# #.#.# ##.## #...#");
    of.put('X', "#...# #...# .#.#. ..#.. .#.#. #...# #...#");
    of.put('Y', "#...# #...# .#.#. ..#.. ..#.. ..#.. ..#..");
    of.put('Z', "##### ....# ...#. ..#.. .#... #.... #####");
    of.put('0', ".###. #..## #.#.# #.#.# #.#.# ##..# .###.");
    of.put('1', "..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.");
    of.put('2', ".###. #...# ....# ...#. ..#.. .#... #####");
    of.put('3', "####. ....# ....# .###. ....# ....# ####.");
    of.put('4', "...#. ..##. .#.#. #..#. ##### ...#. ...#.");
    of.put('5', "##### #.... ####. ....# ....# #...# .###.");
    of.put('6', ".###. #.... #.... ####. #...# #...# .###.");
    of.put('7', "##### ....# ...#. ..#.. ..#.. ..#.. ..#..");
    of.put('8', ".###. #...# #...# .###. #...# #...# .###.");
    of.put('9', ".###. #...# #...# .#### ....# ....# .###.");
    of.put('.', "..... ..... ..... ..... ..... .##.. .##..");
    of.put(',', "..... ..... ..... ..... .##.. .##.. .#...");
    of.put('!', "..#.. ..#.. ..#.. ..#.. ..#.. ..... ..#..");
    of.put('?', ".###. #...# ....# ...#. ..#.. ..... ..#..");
    of.put('-', "..... ..... ..... .###. ..... ..... .....");
    of.put(':', "..... .##.. .##.. ..... .##.. .##.. .....");
    return of;
  }

  /** The font as a TrueType file. */
  public static byte[] trueType() {
    TrueTypeFont font =
        new TrueTypeFont("Sallyport Wall", "Apache-2.0", CELL * 10, CELL, CELL * STONE_WIDTH);
    LETTERS.forEach(
        (character, rows) -> {
          List<Outline> stone = outlines(stone(rows));
          font.glyph(character, stone);
          if (Character.isUpperCase(character)) {
            font.glyph(Character.toLowerCase(character), stone);
          }
        });
    return font.bytes();
  }

  /** The stone as half cells, bottom row first, true where there is stone. */
  private static boolean[][] stone(String letter) {
    boolean[][] half = new boolean[HEIGHT * 2][STONE_WIDTH * 2];
    for (int row = 0; row < HEIGHT * 2; row++) {
      boolean battlement = row >= (HEIGHT - 2) * 2;
      for (int column = 0; column < STONE_WIDTH * 2; column++) {
        half[row][column] = !battlement || MERLONS.charAt(column / 2) == '#';
      }
    }
    String[] rows = letter.split(" ", -1);
    for (int row = 0; row < LETTER_HEIGHT * 2; row++) {
      String cells = rows[LETTER_HEIGHT - 1 - row / 2];
      for (int column = 0; column < LETTER_WIDTH * 2; column++) {
        if (cells.charAt(column / 2) == '#') {
          half[row + 2][column + (STONE_WIDTH - LETTER_WIDTH)] = false;
        }
      }
    }
    return half;
  }

  /**
   * The borders between stone and air, with the stone to the right, as TrueType wants its outlines:
   * outer ones clockwise, holes the other way.
   */
  private static List<Outline> outlines(boolean[][] stone) {
    Map<Long, List<int[]>> edges = new LinkedHashMap<>();
    for (int y = 0; y < stone.length; y++) {
      for (int x = 0; x < stone[y].length; x++) {
        if (stone[y][x]) {
          border(edges, stone, x - 1, y, x, y, x, y + 1);
          border(edges, stone, x, y + 1, x, y + 1, x + 1, y + 1);
          border(edges, stone, x + 1, y, x + 1, y + 1, x + 1, y);
          border(edges, stone, x, y - 1, x + 1, y, x, y);
        }
      }
    }
    List<Outline> outlines = new ArrayList<>();
    while (!edges.isEmpty()) {
      outlines.add(follow(edges));
    }
    return outlines;
  }

  private static void border(
      Map<Long, List<int[]>> edges,
      boolean[][] stone,
      int besideX,
      int besideY,
      int fromX,
      int fromY,
      int toX,
      int toY) {
    boolean inside =
        besideY >= 0
            && besideY < stone.length
            && besideX >= 0
            && besideX < stone[besideY].length
            && stone[besideY][besideX];
    if (!inside) {
      edges
          .computeIfAbsent(corner(fromX, fromY), at -> new ArrayList<>())
          .add(new int[] {fromX, fromY, toX, toY});
    }
  }

  private static long corner(int x, int y) {
    return (long) y << 32 | x;
  }

  /** Takes one closed border out of {@code edges}; its corners only, not every cell it passes. */
  private static Outline follow(Map<Long, List<int[]>> edges) {
    int[] first = take(edges, edges.keySet().iterator().next());
    List<int[]> path = new ArrayList<>(List.of(first));
    int[] edge = first;
    while (edge[2] != first[0] || edge[3] != first[1]) {
      edge = take(edges, corner(edge[2], edge[3]));
      path.add(edge);
    }
    Outline outline = new Outline();
    for (int i = 0; i < path.size(); i++) {
      int[] before = path.get((i + path.size() - 1) % path.size());
      int[] here = path.get(i);
      boolean turns = (before[0] == before[2]) != (here[0] == here[2]);
      if (turns) {
        outline.add(unitsAcross(here[0]), unitsUp(here[1]));
      }
    }
    return outline;
  }

  private static int[] take(Map<Long, List<int[]>> edges, long from) {
    List<int[]> leaving = edges.get(from);
    if (leaving == null) {
      throw new IllegalStateException(
          "a border of " + WallFont.class.getName() + " does not close");
    }
    int[] edge = leaving.remove(leaving.size() - 1);
    if (leaving.isEmpty()) {
      edges.remove(from);
    }
    return edge;
  }

  private static int unitsAcross(int halves) {
    int units = halves * CELL / 2;
    if (halves == 0) {
      return -OVERLAP;
    }
    return halves == STONE_WIDTH * 2 ? units + OVERLAP : units;
  }

  /** The letters stand on the base line, one row of stone lies below it. */
  private static int unitsUp(int halves) {
    return halves * CELL / 2 - CELL;
  }

  /** A closed polygon in the font's units. */
  static final class Outline {
    private int[] coordinates = new int[16];
    private int size;

    void add(int x, int y) {
      if (size == coordinates.length) {
        coordinates = Arrays.copyOf(coordinates, size * 2);
      }
      coordinates[size++] = x;
      coordinates[size++] = y;
    }

    int points() {
      return size / 2;
    }

    int x(int point) {
      return coordinates[2 * point];
    }

    int y(int point) {
      return coordinates[2 * point + 1];
    }
  }
}
