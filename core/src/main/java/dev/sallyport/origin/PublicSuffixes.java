package dev.sallyport.origin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Public Suffix List: the names under which anybody can register a name of their own, such as
 * {@code com}, {@code co.uk} and {@code github.io}.
 *
 * <p>Both divisions of the list count, as they do in browsers. A name that no rule covers falls
 * under the list's rule {@code *}: its last label is a public suffix.
 *
 * @see <a href="https://publicsuffix.org/list/">publicsuffix.org, how the list is read</a>
 */
public final class PublicSuffixes {
  private static final String RESOURCE = "public-suffixes.txt";

  /** No rule of the list has more; it is checked when the list is read. */
  private static final int MOST_LABELS = 10;

  private final String version;
  private final Set<String> rules = new HashSet<>(1 << 15);
  private final Set<String> wildcards = new HashSet<>();
  private final Set<String> exceptions = new HashSet<>();

  /** What stands above a public suffix without being one, and the shortest that stands below it. */
  private final Map<String, String> parents = new HashMap<>();

  /** Names a file whose list is used instead of the one that comes with this build. */
  static final String PROPERTY = "sallyport.public-suffixes";

  private static volatile @Nullable PublicSuffixes inUse;

  /** Reads the list on first use only: most policies never ask. */
  private static final class Initial {
    static final PublicSuffixes LIST = initial();
  }

  /**
   * The list that is in use: what {@link #use} was given; else that of the file which the system
   * property {@code sallyport.public-suffixes} names; else the one that comes with this build.
   *
   * @throws UncheckedIOException when the property names a file that cannot be read
   * @throws IllegalArgumentException when the property names a file that is no such list
   */
  public static PublicSuffixes get() {
    PublicSuffixes chosen = inUse;
    return chosen == null ? Initial.LIST : chosen;
  }

  /**
   * Uses {@code list} from now on: for policies that are built from now on, and wherever two
   * origins are compared. What has been built stays as it is.
   */
  public static void use(PublicSuffixes list) {
    inUse = list;
  }

  private static PublicSuffixes initial() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return bundled();
    }
    try {
      return read(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the system property "
              + PROPERTY
              + " names \""
              + Printable.of(file)
              + "\", which cannot be read. Name a copy of the Public Suffix List, or unset it",
          e);
    }
  }

  /**
   * Reads a list in the form in which it is published, such as {@code
   * /usr/share/publicsuffix/public_suffix_list.dat}.
   *
   * @param file in UTF-8
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when it is no such list: it lacks {@code com}, or a rule in it
   *     is no name
   * @see <a href="https://publicsuffix.org/list/public_suffix_list.dat">publicsuffix.org, the
   *     list</a>
   */
  public static PublicSuffixes read(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      PublicSuffixes list = new PublicSuffixes(lines);
      if (!list.rules.contains("com")) {
        throw new IllegalArgumentException(
            "\""
                + Printable.of(file.toString())
                + "\" is no Public Suffix List: it has no rule com");
      }
      return list;
    }
  }

  private static PublicSuffixes bundled() {
    try (InputStream in = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + RESOURCE);
      }
      return new PublicSuffixes(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PublicSuffixes(BufferedReader lines) throws IOException {
    String version = "unknown";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("// VERSION:")) {
        version = line.substring("// VERSION:".length()).strip();
      } else if (!line.isEmpty() && !line.startsWith("//")) {
        add(line);
      }
    }
    this.version = version;
  }

  private void add(String line) {
    int blank = line.indexOf(' ');
    String rule = blank < 0 ? line : line.substring(0, blank);
    if (rule.chars().filter(c -> c == '.').count() >= MOST_LABELS) {
      throw new IllegalArgumentException(
          "the public suffix list has a rule of more than " + MOST_LABELS + " labels: " + rule);
    }
    if (rule.startsWith("!")) {
      exceptions.add(toAscii(rule.substring(1)));
    } else if (rule.startsWith("*.")) {
      String base = toAscii(rule.substring(2));
      wildcards.add(base);
      addParents(rule, "any." + base);
    } else {
      String name = toAscii(rule);
      rules.add(name);
      addParents(name, name);
    }
  }

  private void addParents(String rule, String suffix) {
    for (int dot = suffix.indexOf('.'); dot >= 0; dot = suffix.indexOf('.', dot + 1)) {
      parents.merge(suffix.substring(dot + 1), rule, (a, b) -> a.length() <= b.length() ? a : b);
    }
  }

  /**
   * The list's names are normalized already; the JDK's tables are only too old to know all their
   * characters.
   */
  static String toAscii(String name) {
    return name.chars().allMatch(c -> c < 0x80) ? name : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
  }

  /** When the list was made, as it says itself: {@code 2026-03-06_08-16-33_UTC}. */
  public String version() {
    return version;
  }

  /**
   * Whether anybody can register a name directly under {@code host}; never true of an IP address.
   */
  public boolean isPublicSuffix(String host) {
    String name = Hosts.withoutTrailingDot(host);
    return !Hosts.isIpAddress(name) && publicSuffix(name).equals(name);
  }

  /**
   * The public suffix that {@code host} is, or one below it: {@code s3.amazonaws.com} for {@code
   * amazonaws.com}. Whoever means all names under {@code host} means names that anybody can
   * register.
   */
  public Optional<String> publicSuffixWithin(String host) {
    String name = Hosts.withoutTrailingDot(host);
    return isPublicSuffix(name) ? Optional.of(name) : Optional.ofNullable(parents.get(name));
  }

  /**
   * The public suffix of {@code host} and one label more, which is what one owner registers; empty
   * for IP addresses and for public suffixes themselves. A trailing dot stays.
   *
   * @param host in ASCII and lower case, as in an origin
   */
  public Optional<String> registrableDomain(String host) {
    String name = Hosts.withoutTrailingDot(host);
    if (Hosts.isIpAddress(name)) {
      return Optional.empty();
    }
    int suffixStart = name.length() - publicSuffix(name).length();
    if (suffixStart < 2) {
      return Optional.empty();
    }
    return Optional.of(host.substring(name.lastIndexOf('.', suffixStart - 2) + 1));
  }

  /** The longest rule that covers {@code name}, exceptions first. */
  private String publicSuffix(String name) {
    for (int start = startOfLastLabels(name); ; ) {
      String candidate = name.substring(start);
      int dot = candidate.indexOf('.');
      String parent = dot < 0 ? "" : candidate.substring(dot + 1);
      if (exceptions.contains(candidate)) {
        return parent;
      }
      if (dot < 0 || rules.contains(candidate) || wildcards.contains(parent)) {
        return candidate;
      }
      start += dot + 1;
    }
  }

  /**
   * Where the last labels begin that any rule could cover; a host may have any number before them.
   */
  private static int startOfLastLabels(String name) {
    int start = name.length();
    for (int labels = 0; labels < MOST_LABELS && start > 0; labels++) {
      start = name.lastIndexOf('.', start - 2) + 1;
    }
    return start;
  }
}
