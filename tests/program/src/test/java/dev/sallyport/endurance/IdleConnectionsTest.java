package dev.sallyport.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are kept, and on which nothing happens, cost little memory. */
@Tag("extended")
@Timeout(600)
class IdleConnectionsTest {
  private static final int CONNECTIONS = 10_000;
  private static final double MOST_MEBI = 350;

  /** Those and what this process has open beside them. */
  private static final int DESCRIPTORS = CONNECTIONS + 500;

  @Test
  void tenThousandFitInto350Mebibytes(@TempDir Path directory) throws Exception {
    long limit =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    assertThat(limit)
        .as(
            "THIS MACHINE LETS A PROCESS OPEN %s FILES, AND %s ARE NEEDED: \"ulimit -n %s\" first",
            limit, DESCRIPTORS, DESCRIPTORS)
        .isGreaterThanOrEqualTo(DESCRIPTORS);
    Path file = directory.resolve("sallyport.yaml");
    List<Client> clients = new ArrayList<>();
    try (Upstream upstream = new Upstream()) {
      Files.writeString(
          file,
          """
          listen: 127.0.0.1:0
          admin: 127.0.0.1:0
          limits: {idleTimeout: 1h, connectionsPerClient: 10000}
          routes:
            - upstream: http://127.0.0.1:%s
              cors: {allowOrigins: [%s]}
          """
              .formatted(upstream.port(), Client.ORIGIN));
      try (Served gateway = new Served(file, "")) {
        double before = gateway.resident();
        for (int i = 0; i < CONNECTIONS; i++) {
          // Several source addresses, because each has its own range of ports.
          clients.add(new Client(gateway.address(), "127.0.0." + (2 + i % 4)));
          assertThat(clients.get(i).ask("GET /", "")).isEqualTo(200);
        }
        double resident = gateway.resident();
        double counted = gateway.metric("sallyport_connections");
        Summary.add(
            "resident, " + CONNECTIONS + " idle connections",
            "at most 350 MiB",
            String.format(Locale.ROOT, "%.0f MiB (%.0f before)", resident, before));
        assertThat(counted).isEqualTo(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i += 97) {
          assertThat(clients.get(i).ask("GET /", "")).as("kept and served on").isEqualTo(200);
        }
        assertThat(resident).isLessThanOrEqualTo(MOST_MEBI);
        for (Client client : clients) {
          client.close();
        }
        gateway.awaitConnections(0);
      }
    } finally {
      Summary.print();
    }
  }
}
