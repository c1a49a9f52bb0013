package dev.sallyport.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class DocumentationTest {
  private static final Path PAGE = Path.of("../../docs/spring-boot.md");

  /** Every application.yaml of the page starts an application. */
  @Test
  void itsConfigurationsAreRead(@TempDir Path directory) throws IOException {
    Matcher yaml = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$").matcher(Files.readString(PAGE));
    int read = 0;
    while (yaml.find()) {
      Path file = Files.writeString(directory.resolve("application.yaml"), yaml.group(1));
      try (ConfigurableApplicationContext context =
          new SpringApplicationBuilder(StartTest.Bare.class)
              .web(WebApplicationType.NONE)
              .properties("spring.config.location=" + file)
              .run()) {
        assertThat(context.getBean(CorsPolicy.class).warnings()).isEmpty();
      }
      read++;
    }
    assertThat(read).isPositive();
  }

  @Test
  void itsExamplesAreCompiled() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/sallyport/springboot/PolicyConfiguration.java"))
            .replaceFirst("(?s)^package [^\n]*\n\n", "");
    assertThat(Files.readString(PAGE)).contains(source);
  }
}
