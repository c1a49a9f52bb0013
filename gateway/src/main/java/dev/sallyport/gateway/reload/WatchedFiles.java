package dev.sallyport.gateway.reload;

import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Upstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a configuration was made from, and what they were like before they were read:
 * itself, and the certificates and keys that it names.
 */
public final class WatchedFiles {
  private final Path source;
  private final List<Path> files;
  private final Map<Path, FileStamp> taken;

  private WatchedFiles(Path source, List<Path> files, Map<Path, FileStamp> taken) {
    this.source = source;
    this.files = List.copyOf(files);
    this.taken = Map.copyOf(taken);
  }

  /**
   * Those of a configuration whose certificates and keys have still to be read.
   *
   * @param config what was read from {@code source}
   */
  public static WatchedFiles of(ConfigSource source, GatewayConfig config) {
    List<Path> files = files(source.file(), config);
    Map<Path, FileStamp> stamps = new HashMap<>(FileStamp.of(files));
    stamps.put(source.file(), source.stamp());
    return new WatchedFiles(source.file(), files, stamps);
  }

  private static List<Path> files(Path source, GatewayConfig config) {
    List<Path> files = new ArrayList<>();
    files.add(source);
    for (Listener listener : config.listeners()) {
      listener.tls().stream()
          .flatMap(tls -> tls.certificates().stream())
          .forEach(
              each -> {
                files.add(each.certificate());
                files.add(each.privateKey());
              });
    }
    for (Route route : config.routes()) {
      if (route.destination() instanceof Upstream upstream) {
        upstream.ownTls().ifPresent(own -> files.addAll(own.files()));
      }
    }
    return files;
  }

  /** What they are like now. */
  Map<Path, FileStamp> look() {
    return FileStamp.of(files);
  }

  /** Whether they look otherwise than before they were read. */
  boolean differFrom(Map<Path, FileStamp> look) {
    return !taken.equals(look);
  }

  /** The same, about to be read again: what changes from now on is a change. */
  WatchedFiles readAgain() {
    return new WatchedFiles(source, files, look());
  }

  /** Those of the configuration that was read; what was watched before keeps its stamp. */
  WatchedFiles of(GatewayConfig next) {
    List<Path> now = files(source, next);
    Map<Path, FileStamp> stamps = new HashMap<>(FileStamp.of(now));
    stamps.replaceAll((file, stamp) -> taken.getOrDefault(file, stamp));
    return new WatchedFiles(source, now, stamps);
  }
}
