package dev.sallyport.gateway.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What tells one state of a file from another without reading it.
 *
 * <p>It is that of the file which the name leads to, through all links: a file that another one is
 * renamed to, and a link anywhere on the way that is turned, as Kubernetes turns those of a
 * ConfigMap, give another stamp.
 */
record FileStamp(String text) {
  private static final FileStamp MISSING = new FileStamp("missing");

  /** The stamps of several files. */
  static Map<Path, FileStamp> of(Collection<Path> files) {
    return files.stream()
        .distinct()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), FileStamp::of));
  }

  /** The stamp of one. */
  static FileStamp of(Path file) {
    try {
      BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(
          Objects.toString(basic.fileKey(), "")
              + " "
              + basic.size()
              + " "
              + basic.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    } catch (IOException e) {
      return MISSING;
    }
  }
}
