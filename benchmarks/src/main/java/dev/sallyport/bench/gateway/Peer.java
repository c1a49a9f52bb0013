package dev.sallyport.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The proxies, each with one worker, and a configuration that does the same: relay to one upstream
 * over kept connections, answer preflights of one origin, and write CORS headers for it.
 */
enum Peer {
  SALLYPORT {
    @Override
    Program start(Setting setting, Path directory, Ports ports)
        throws IOException, InterruptedException {
      Path file =
          Files.writeString(
              directory.resolve("sallyport.yaml"),
              """
              listen:
                - 127.0.0.1:%d
                - address: 127.0.0.1:%d
                  tls: {certificate: %s, privateKey: %s}
              workers: 1
              routes:
                - path: /
                  upstream: http://127.0.0.1:%d
                  cors:
                    allowOrigins: ["https://blog.foo.com"]
                    allowMethods: [PUT]
                    allowHeaders: [content-type]
                    maxAge: 10m
              """
                  .formatted(
                      ports.clear(),
                      ports.tls(),
                      setting.certificate(),
                      setting.key(),
                      setting.upstreamPort()));
      // As with the others there is no line in a log for each request.
      return Program.start(
          List.of(
              setting.home() + "/sallyport",
              "serve",
              "--config",
              file.toString(),
              "--no-access-log"),
          Map.of(),
          directory,
          ports.tls());
    }
  },
  NGINX {
    @Override
    Program start(Setting setting, Path directory, Ports ports)
        throws IOException, InterruptedException {
      String http =
          """
          map $http_origin $allowed { default ""; "https://blog.foo.com" $http_origin; }
          map "$request_method$http_access_control_request_method" $preflight { default ""; ~^OPTIONS. 1; }
          upstream api { server 127.0.0.1:%d; keepalive 256; keepalive_requests 100000000; }
          server {
            listen 127.0.0.1:%d;
            listen 127.0.0.1:%d ssl http2;
            http2_max_concurrent_streams 128;
            ssl_certificate %s;
            ssl_certificate_key %s;
            ssl_protocols TLSv1.2 TLSv1.3;
            location / {
              if ($preflight) {
                add_header Access-Control-Allow-Origin $allowed;
                add_header Access-Control-Allow-Methods PUT;
                add_header Access-Control-Allow-Headers content-type;
                add_header Access-Control-Max-Age 600;
                add_header Vary Origin;
                return 204;
              }
              proxy_pass http://api;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_hide_header Access-Control-Allow-Origin;
              add_header Access-Control-Allow-Origin $allowed always;
              add_header Vary Origin always;
              proxy_buffer_size 16k;
              proxy_buffers 8 64k;
              proxy_busy_buffers_size 128k;
              proxy_max_temp_file_size 0;
            }
          }
          """
              .formatted(
                  setting.upstreamPort(),
                  ports.clear(),
                  ports.tls(),
                  setting.certificate(),
                  setting.key());
      return Nginx.start(directory, http, ports.tls());
    }
  },
  HAPROXY {
    @Override
    Program start(Setting setting, Path directory, Ports ports)
        throws IOException, InterruptedException {
      Path both = directory.resolve("both.pem");
      Files.writeString(
          both, Files.readString(setting.certificate()) + Files.readString(setting.key()));
      Path file =
          Files.writeString(
              directory.resolve("haproxy.cfg"),
              """
              global
                nbthread 1
                maxconn 8192
                tune.h2.max-concurrent-streams 128
              defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
                http-reuse always
              frontend pages
                bind 127.0.0.1:%d
                bind 127.0.0.1:%d ssl crt %s alpn h2,http/1.1 ssl-min-ver TLSv1.2
                acl known req.hdr(origin) -m str https://blog.foo.com
                acl asks req.hdr(access-control-request-method) -m found
                http-request return status 204 hdr Access-Control-Allow-Origin %%[req.hdr(origin)] hdr Access-Control-Allow-Methods PUT hdr Access-Control-Allow-Headers content-type hdr Access-Control-Max-Age 600 hdr Vary Origin if METH_OPTIONS asks known
                http-request set-var(txn.origin) req.hdr(origin) if known
                http-response del-header access-control-allow-origin
                http-response set-header Access-Control-Allow-Origin %%[var(txn.origin)] if { var(txn.origin) -m found }
                http-response add-header Vary Origin
                default_backend api
              backend api
                server api 127.0.0.1:%d pool-max-conn 256
              """
                  .formatted(ports.clear(), ports.tls(), both, setting.upstreamPort()));
      return Program.start(
          List.of("haproxy", "-db", "-f", file.toString()), Map.of(), directory, ports.tls());
    }
  },
  CADDY {
    @Override
    Program start(Setting setting, Path directory, Ports ports)
        throws IOException, InterruptedException {
      Path file =
          Files.writeString(
              directory.resolve("Caddyfile"),
              """
              {
                admin off
                auto_https off
                log {
                  level ERROR
                }
              }
              (pages) {
                @preflight {
                  method OPTIONS
                  header Origin https://blog.foo.com
                  header Access-Control-Request-Method *
                }
                handle @preflight {
                  header Access-Control-Allow-Origin https://blog.foo.com
                  header Access-Control-Allow-Methods PUT
                  header Access-Control-Allow-Headers content-type
                  header Access-Control-Max-Age 600
                  header Vary Origin
                  respond 204
                }
                handle {
                  @known header Origin https://blog.foo.com
                  header @known Access-Control-Allow-Origin https://blog.foo.com
                  header +Vary Origin
                  reverse_proxy 127.0.0.1:%d {
                    header_down -Access-Control-Allow-Origin
                    transport http {
                      keepalive_idle_conns_per_host 256
                    }
                  }
                }
              }
              http://127.0.0.1:%d {
                import pages
              }
              https://127.0.0.1:%d {
                tls %s %s
                import pages
              }
              """
                  .formatted(
                      setting.upstreamPort(),
                      ports.clear(),
                      ports.tls(),
                      setting.certificate(),
                      setting.key()));
      return Program.start(
          List.of("caddy", "run", "--config", file.toString(), "--adapter", "caddyfile"),
          Map.of("GOMAXPROCS", "1", "HOME", directory.toString()),
          directory,
          ports.tls());
    }
  };

  /**
   * What all have in common.
   *
   * @param home where Sallyport is
   */
  record Setting(Path home, Path certificate, Path key, int upstreamPort) {}

  abstract Program start(Setting setting, Path directory, Ports ports)
      throws IOException, InterruptedException;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
