package dev.sallyport.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is to be written into servers, and the page to share. */
class ServerTest {
  private static final Url PAGE = Url.parse("https://blog.foo.com/");

  private static ExplainCase put(String... answers) {
    PageRequest request =
        PageRequest.get("https://api.bar.com/v1/photos")
            .withMethod("PUT")
            .withHeader("X-Token", "1")
            .withCredentials(CredentialsMode.INCLUDE);
    List<Header> headers =
        List.of(answers).stream()
            .map(line -> new Header(line.split(": ", 2)[0], line.split(": ", 2)[1]))
            .toList();
    return new ExplainCase(
        PAGE,
        request,
        List.of(
            new RecordedExchange(true, Optional.empty(), new ServerAnswer(204, headers)),
            new RecordedExchange(false, Optional.empty(), new ServerAnswer(200, headers))));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void namesOriginMethodAndHeaderOfTheCase(Server server) {
    ExplainCase explained = put();
    String configuration =
        server.configuration(explained, explained.run(Profile.STANDARD)).orElseThrow();
    assertThat(configuration)
        .contains(server == Server.APACHE ? "https://blog\\.foo\\.com" : "https://blog.foo.com")
        .contains("PUT", "x-token")
        .doesNotContain("%s", "%1$s", "null")
        .doesNotContainPattern("(?i)allow.?origin\\S*[\"': ]+\\*");
    assertThat(server.where()).isNotBlank();
  }

  @Test
  void saysNothingWhereNoServerCanMendIt() {
    ExplainCase explained =
        new ExplainCase(PAGE, PageRequest.get("http://api.bar.com/"), List.of());
    Outcome mixed = explained.run(Profile.STANDARD);
    assertThat(Server.NGINX.configuration(explained, mixed)).isEmpty();
    ExplainCase fine =
        put(
            "Access-Control-Allow-Origin: https://blog.foo.com",
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Allow-Methods: PUT",
            "Access-Control-Allow-Headers: x-token");
    assertThat(fine.run(Profile.STANDARD).allowed()).isTrue();
    assertThat(Server.NGINX.configuration(fine, fine.run(Profile.STANDARD))).isEmpty();
  }

  /** What is advised for Sallyport's own route lets the request through. */
  @Test
  void aPolicyAsAdvisedLetsThePageThrough() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://blog.foo.com")
            .allowMethods("PUT")
            .allowHeaders("x-token")
            .allowCredentials(true)
            .build();
    Outcome outcome =
        new Browser(Profile.STANDARD).fetch(PAGE, put().request(), new PolicyServer(policy));
    assertThat(outcome.allowed()).isTrue();
    Outcome elsewhere =
        new Browser(Profile.STANDARD)
            .fetch(Url.parse("https://evil.com/"), put().request(), new PolicyServer(policy));
    assertThat(elsewhere.allowed()).isFalse();
  }

  @Test
  void aPageToShareLoadsNothingAndQuotesEverything() {
    ExplainCase explained =
        new ExplainCase(
            PAGE,
            PageRequest.get("https://api.bar.com/<script>alert(1)</script>\u0007"),
            List.of(
                new RecordedExchange(
                    false,
                    Optional.empty(),
                    new ServerAnswer(
                        200,
                        List.of(
                            new Header("Access-Control-Allow-Origin", "<img src=x onerror=y>"))))));
    Outcome outcome = explained.run(Profile.STANDARD);
    String page =
        HtmlPage.of(
            List.of(
                new HtmlPage.Part(
                    explained,
                    outcome,
                    List.of("<img src=x onerror=y>"),
                    Advice.of(explained.request(), outcome))),
            Server.SALLYPORT);
    assertThat(page)
        .contains("default-src 'none'", "blocked", "&lt;img src=x onerror=y&gt;")
        .doesNotContain("<script", "<img", "src=\"", "\u0007", "@import", "url(");
  }
}
