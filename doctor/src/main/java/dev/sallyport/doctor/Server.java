package dev.sallyport.doctor;

import dev.sallyport.fetch.Outcome;
import dev.sallyport.url.Url;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What stands in front of an API, and how it is made to allow a page. */
public enum Server {
  /** nginx. */
  NGINX("nginx, in the location of the API") {
    @Override
    String configuration(Wish wish) {
      // "always": errors are to be readable too. What stands in an "if" replaces what stands above
      // it.
      String always =
          "add_header Vary Origin always;\nadd_header Access-Control-Allow-Origin $cors_origin always;\n"
              + (wish.credentials()
                  ? "add_header Access-Control-Allow-Credentials true always;\n"
                  : "");
      String ofPreflight =
          "add_header Access-Control-Allow-Methods \""
              + wish.allMethods()
              + "\" always;\n"
              + (wish.headers().isEmpty()
                  ? ""
                  : "add_header Access-Control-Allow-Headers \""
                      + wish.allHeaders()
                      + "\" always;\n")
              + "add_header Access-Control-Max-Age 600 always;\nreturn 204;\n";
      return """
      # in http { }: the origins that may read, and nothing for all others
      map $http_origin $cors_origin {
        default "";
        "%s" $http_origin;
      }

      # in location { }
      %sif ($request_method = OPTIONS) {
      %s}
      """
          .formatted(wish.origin(), always, (always + ofPreflight).indent(2));
    }
  },
  /** Apache httpd. */
  APACHE("Apache httpd, with mod_headers, mod_setenvif and mod_rewrite") {
    @Override
    String configuration(Wish wish) {
      return """
      SetEnvIf Origin "^%1$s$" CORS_ORIGIN=$0
      Header always merge Vary Origin
      Header always set Access-Control-Allow-Origin "%%{CORS_ORIGIN}e" env=CORS_ORIGIN
      %2$sHeader always set Access-Control-Allow-Methods "%3$s" env=CORS_ORIGIN
      %4$sRewriteEngine On
      RewriteCond %%{REQUEST_METHOD} =OPTIONS
      RewriteCond %%{HTTP:Access-Control-Request-Method} !=""
      RewriteRule ^ - [R=204,L]
      """
          .formatted(
              regex(wish.origin()),
              wish.credentials()
                  ? "Header always set Access-Control-Allow-Credentials true env=CORS_ORIGIN\n"
                  : "",
              wish.allMethods(),
              wish.headers().isEmpty()
                  ? ""
                  : "Header always set Access-Control-Allow-Headers \""
                      + wish.allHeaders()
                      + "\" env=CORS_ORIGIN\n");
    }
  },
  /** HAProxy. */
  HAPROXY("HAProxy, in the frontend") {
    @Override
    String configuration(Wish wish) {
      return """
      http-request set-var(txn.origin) req.hdr(origin)
      acl cors var(txn.origin) -m str %1$s
      acl preflight method OPTIONS
      acl preflight_asks req.hdr(access-control-request-method) -m found
      http-request return status 204 hdr Access-Control-Allow-Origin "%%[var(txn.origin)]" hdr Vary Origin \
      hdr Access-Control-Allow-Methods "%2$s"%3$s%4$s if preflight preflight_asks { var(txn.origin) -m str %1$s }
      http-after-response del-header Access-Control-Allow-Origin
      http-after-response add-header Vary Origin
      http-after-response set-header Access-Control-Allow-Origin "%%[var(txn.origin)]" if { var(txn.origin) -m str %1$s }
      %5$s"""
          .formatted(
              wish.origin(),
              wish.allMethods(),
              wish.headers().isEmpty()
                  ? ""
                  : " hdr Access-Control-Allow-Headers \"" + wish.allHeaders() + "\"",
              wish.credentials() ? " hdr Access-Control-Allow-Credentials true" : "",
              wish.credentials()
                  ? "http-after-response set-header Access-Control-Allow-Credentials true if {"
                      + " var(txn.origin) -m str "
                      + wish.origin()
                      + " }\n"
                  : "");
    }
  },
  /** Caddy. */
  CADDY("Caddy, in the site's block") {
    @Override
    String configuration(Wish wish) {
      return """
      @cors header Origin %1$s
      @preflight {
        method OPTIONS
        header Origin %1$s
        header Access-Control-Request-Method *
      }
      header +Vary Origin
      header @cors {
        Access-Control-Allow-Origin %1$s
        %2$sdefer
      }
      handle @preflight {
        header Access-Control-Allow-Methods "%3$s"
        %4$srespond 204
      }
      """
          .formatted(
              wish.origin(),
              wish.credentials() ? "Access-Control-Allow-Credentials true\n        " : "",
              wish.allMethods(),
              wish.headers().isEmpty()
                  ? ""
                  : "header Access-Control-Allow-Headers \"" + wish.allHeaders() + "\"\n        ");
    }
  },
  /** Envoy. */
  ENVOY("Envoy, in the virtual host's or the route's typed_per_filter_config") {
    @Override
    String configuration(Wish wish) {
      return """
      envoy.filters.http.cors:
        "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
        allow_origin_string_match:
        - exact: "%1$s"
        allow_methods: "%2$s"
        allow_headers: "%3$s"
        allow_credentials: %4$s
        max_age: "600"
      """
          .formatted(wish.origin(), wish.allMethods(), wish.allHeaders(), wish.credentials());
    }
  },
  /** Express, with its cors package. */
  EXPRESS("Express, before every other middleware") {
    @Override
    String configuration(Wish wish) {
      return """
      const cors = require("cors");
      app.use(cors({
        origin: ["%1$s"],
        methods: [%2$s],
        allowedHeaders: [%3$s],
        credentials: %4$s,
        maxAge: 600,
      }));
      """
          .formatted(
              wish.origin(),
              Wish.quoted(wish.methodList(), "\""),
              Wish.quoted(wish.headers(), "\""),
              wish.credentials());
    }
  },
  /** Spring, with Sallyport's library. */
  SPRING("Spring Boot, with sallyport-spring-boot-starter, in application.yaml") {
    @Override
    String configuration(Wish wish) {
      return """
      sallyport:
        cors:
          allow-origins: ["%1$s"]
          allow-methods: [%2$s]
          allow-headers: [%3$s]
          allow-credentials: %4$s
          max-age: 10m
      """
          .formatted(
              wish.origin(),
              String.join(", ", wish.methods()),
              wish.allHeaders(),
              wish.credentials());
    }
  },
  /** Django, with django-cors-headers. */
  DJANGO("Django, with django-cors-headers, its middleware first, in settings.py") {
    @Override
    String configuration(Wish wish) {
      return """
      CORS_ALLOWED_ORIGINS = ["%1$s"]
      CORS_ALLOW_METHODS = [%2$s]
      CORS_ALLOW_HEADERS = [%3$s]
      CORS_ALLOW_CREDENTIALS = %4$s
      """
          .formatted(
              wish.origin(),
              Wish.quoted(wish.methodList(), "\""),
              Wish.quoted(wish.headers(), "\""),
              wish.credentials() ? "True" : "False");
    }
  },
  /** FastAPI and Starlette. */
  FASTAPI("FastAPI") {
    @Override
    String configuration(Wish wish) {
      return """
      from fastapi.middleware.cors import CORSMiddleware

      app.add_middleware(
          CORSMiddleware,
          allow_origins=["%1$s"],
          allow_methods=[%2$s],
          allow_headers=[%3$s],
          allow_credentials=%4$s,
          max_age=600,
      )
      """
          .formatted(
              wish.origin(),
              Wish.quoted(wish.methodList(), "\""),
              Wish.quoted(wish.headers(), "\""),
              wish.credentials() ? "True" : "False");
    }
  },
  /** ASP.NET Core. */
  ASPNET("ASP.NET Core, with UseCors before UseAuthentication") {
    @Override
    String configuration(Wish wish) {
      return """
      builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
          .WithOrigins("%1$s")
          .WithMethods(%2$s)
          .WithHeaders(%3$s)%4$s));
      // after building the app, and before UseAuthentication
      app.UseCors();
      """
          .formatted(
              wish.origin(),
              Wish.quoted(wish.methodList(), "\""),
              Wish.quoted(wish.headers(), "\""),
              wish.credentials() ? "\n    .AllowCredentials()" : "");
    }
  },
  /** Go, with jub0bs/cors. */
  GO("Go, with github.com/jub0bs/cors") {
    @Override
    String configuration(Wish wish) {
      return """
      mw, err := cors.NewMiddleware(cors.Config{
      	Origins:         []string{"%1$s"},
      	Methods:         []string{%2$s},
      	RequestHeaders:  []string{%3$s},
      	Credentialed:    %4$s,
      	MaxAgeInSeconds: 600,
      })
      if err != nil {
      	log.Fatal(err)
      }
      handler := mw.Wrap(api)
      """
          .formatted(
              wish.origin(),
              Wish.quoted(wish.methodList(), "\""),
              Wish.quoted(wish.headers(), "\""),
              wish.credentials());
    }
  },
  /** Amazon S3. */
  S3("Amazon S3, the bucket's CORS configuration") {
    @Override
    String configuration(Wish wish) {
      return """
      [{
        "AllowedOrigins": ["%1$s"],
        "AllowedMethods": [%2$s],
        "AllowedHeaders": [%3$s],
        "MaxAgeSeconds": 600
      }]
      """
          .formatted(
              wish.origin(),
              Wish.quoted(
                  wish.methodList().stream()
                      .filter(
                          method -> Set.of("GET", "PUT", "POST", "DELETE", "HEAD").contains(method))
                      .toList(),
                  "\""),
              Wish.quoted(wish.headers(), "\""));
    }
  },
  /** Amazon CloudFront. */
  CLOUDFRONT("Amazon CloudFront, CORS of a response headers policy; forward OPTIONS and Origin") {
    @Override
    String configuration(Wish wish) {
      return """
      {
        "CorsConfig": {
          "AccessControlAllowOrigins": {"Quantity": 1, "Items": ["%1$s"]},
          "AccessControlAllowMethods": {"Quantity": %2$s, "Items": [%3$s]},
          "AccessControlAllowHeaders": {"Quantity": %4$s, "Items": [%5$s]},
          "AccessControlAllowCredentials": %6$s,
          "AccessControlMaxAgeSec": 600,
          "OriginOverride": true
        }
      }
      """
          .formatted(
              wish.origin(),
              wish.methodList().size(),
              Wish.quoted(wish.methodList(), "\""),
              wish.headers().size(),
              Wish.quoted(wish.headers(), "\""),
              wish.credentials());
    }
  },
  /** Sallyport's own gateway, where the server cannot be changed. */
  SALLYPORT(
      "Sallyport's gateway, where the API cannot be changed; the page asks the gateway instead") {
    @Override
    String configuration(Wish wish) {
      String path =
          wish.server().path().split("/", 3).length > 1
              ? "/" + wish.server().path().split("/", 3)[1]
              : "/";
      return """
      listen: 127.0.0.1:8080
      routes:
        - path: %1$s
          upstream: %2$s
          cors:
            allowOrigins: ["%3$s"]
            allowMethods: [%4$s]
            allowHeaders: [%5$s]
            allowCredentials: %6$s
            maxAge: 10m
      """
          .formatted(
              path,
              wish.server().origin().serialize() + (path.equals("/") ? "" : path),
              wish.origin(),
              String.join(", ", wish.methods()),
              wish.allHeaders(),
              wish.credentials());
    }
  };

  private final String where;

  Server(String where) {
    this.where = where;
  }

  abstract String configuration(Wish wish);

  /** {@code nginx} for {@link #NGINX}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The server's name, and where in it the configuration belongs. */
  public String where() {
    return where;
  }

  /**
   * What to write into it so that {@code outcome} is another one; empty when no server can mend it.
   *
   * @param explained the case of which it is the outcome
   */
  public Optional<String> configuration(ExplainCase explained, Outcome outcome) {
    Url page = explained.page();
    boolean mendable =
        outcome.failure().isPresent()
            && Advice.isOfServer(outcome.failure().get().reason())
            && !page.origin().serialize().equals("null");
    return mendable
        ? Optional.of(configuration(Wish.of(page, explained.request(), outcome)))
        : Optional.empty();
  }

  private static String regex(String origin) {
    return origin.replace(".", "\\.");
  }
}
