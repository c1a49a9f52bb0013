package dev.sallyport.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.origin.Origin;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ICU is slow to start: a host that is ASCII is parsed as if there were none. */
class WithoutIcuTest {
  private static URLClassLoader loader;

  @BeforeAll
  static void loadWithoutIcu() {
    URL[] classPath = {
      Url.class.getProtectionDomain().getCodeSource().getLocation(),
      Origin.class.getProtectionDomain().getCodeSource().getLocation()
    };
    loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  private static String parse(String input) throws ReflectiveOperationException {
    Method parse = loader.loadClass(Url.class.getName()).getMethod("parse", String.class);
    return parse.invoke(null, input).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://foo.com/",
        "https://FOO.Com/",
        "https://%46oo.com/",
        "https://xn--fa-hia.example/",
        "https://XN--8I7CAA/",
        "https://127.1/",
        "https://[::1]/ü",
        "https://ü@a!b.com/ü?ü#ü",
        "foo://ü/",
        "data:,ü"
      })
  void anAsciiHostIsParsedWithoutIcu(String input) throws ReflectiveOperationException {
    assertThat(parse(input)).isEqualTo(Url.parse(input).href());
  }

  @Test
  void anyOtherHostAsksIcu() {
    assertThatThrownBy(() -> parse("https://ü/"))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("com/ibm/icu/");
  }
}
