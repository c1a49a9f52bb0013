package dev.sallyport.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts nginx, as a proxy or as the upstream, with one worker that writes in its own folder. */
final class Nginx {
  private Nginx() {}

  /**
   * Starts it and waits until it listens.
   *
   * @param http what stands in the http block
   */
  static Program start(Path directory, String http, int port)
      throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            directory.resolve("nginx.conf"),
            """
            worker_processes 1;
            daemon off;
            pid %1$s/pid;
            error_log %1$s/errors;
            events { worker_connections 8192; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 100000000;
            %2$s
            }
            """
                .formatted(directory, http));
    return Program.start(
        List.of(
            "nginx",
            "-p",
            directory.toString(),
            "-e",
            directory + "/errors",
            "-c",
            file.toString()),
        Map.of(),
        directory,
        port);
  }
}
