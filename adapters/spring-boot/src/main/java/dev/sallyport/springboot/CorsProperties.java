package dev.sallyport.springboot;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsPolicyBuilder;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.cors.ResourcePolicy;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The policy in an application's properties.
 *
 * @param allowOrigins Origins whose pages may read answers, as patterns.
 * @param allowMethods Methods that pages may use beside GET, HEAD and POST.
 * @param allowHeaders Request headers that pages may set.
 * @param exposeHeaders Response headers that scripts may read beside the safelisted ones.
 * @param allowCredentials Whether pages may read answers to requests that carry cookies.
 * @param maxAge For how long browsers may keep the answer to a preflight, in whole seconds, 24h at
 *     most. A number is one of seconds.
 * @param enforce What happens on the server to a request that is denied.
 * @param mode Whether decisions are enforced, or made and recorded only.
 * @param publicOrigin The origin under which browsers know this server.
 * @param timingAllowOrigin Whether allowed pages may also see how long loading took.
 * @param crossOriginResourcePolicy From where answers may be embedded.
 * @param dangerouslyAllowInsecureOrigins Credentials for origins like http://foo.com.
 * @param dangerouslyAllowPublicSuffixSubdomains Credentials for patterns like https://*.github.io.
 * @param dangerouslyAllowNullOrigin The origin null, which any site can take on.
 */
@ConfigurationProperties(prefix = CorsProperties.PREFIX, ignoreUnknownFields = false)
public record CorsProperties(
    @DefaultValue List<String> allowOrigins,
    @DefaultValue List<String> allowMethods,
    @DefaultValue List<String> allowHeaders,
    @DefaultValue List<String> exposeHeaders,
    @DefaultValue("false") boolean allowCredentials,
    @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxAge,
    @DefaultValue("browser") Enforcement enforce,
    @DefaultValue("enforce") Mode mode,
    @Nullable String publicOrigin,
    @DefaultValue("false") boolean timingAllowOrigin,
    @Nullable ResourcePolicy crossOriginResourcePolicy,
    @DefaultValue("false") boolean dangerouslyAllowInsecureOrigins,
    @DefaultValue("false") boolean dangerouslyAllowPublicSuffixSubdomains,
    @DefaultValue("false") boolean dangerouslyAllowNullOrigin) {

  static final String PREFIX = "sallyport.cors";

  /** Whether decisions are enforced. */
  public enum Mode {
    /** Decisions are enforced. */
    ENFORCE,
    /** Decisions are made and recorded; no answer is changed. */
    REPORT_ONLY
  }

  /**
   * @throws dev.sallyport.cors.InvalidPolicyException when there is anything wrong with it
   */
  CorsPolicy policy() {
    CorsPolicyBuilder builder =
        CorsPolicy.builder()
            .allowOrigins(allowOrigins)
            .allowMethods(allowMethods)
            .allowHeaders(allowHeaders)
            .exposeHeaders(exposeHeaders)
            .allowCredentials(allowCredentials)
            .enforce(enforce)
            .reportOnly(mode == Mode.REPORT_ONLY)
            .timingAllowOrigin(timingAllowOrigin)
            .dangerouslyAllowInsecureOrigins(dangerouslyAllowInsecureOrigins)
            .dangerouslyAllowPublicSuffixSubdomains(dangerouslyAllowPublicSuffixSubdomains)
            .dangerouslyAllowNullOrigin(dangerouslyAllowNullOrigin);
    if (maxAge != null) {
      builder.maxAge(maxAge);
    }
    if (publicOrigin != null) {
      builder.publicOrigin(publicOrigin);
    }
    if (crossOriginResourcePolicy != null) {
      builder.crossOriginResourcePolicy(crossOriginResourcePolicy);
    }
    return builder.build();
  }
}
