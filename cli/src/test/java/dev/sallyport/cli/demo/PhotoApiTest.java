package dev.sallyport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cli.demo.Exchange.Header;
import dev.sallyport.cli.demo.LocalServer.Reply;
import dev.sallyport.cli.demo.LocalServer.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demonstration's API does what an API does, and says nothing of CORS. */
class PhotoApiTest {
  private final PhotoApi api = new PhotoApi(new byte[] {1}, new byte[] {2, 3});

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET     | /photos    |                     | 200 | [{"id":1,"title":"Peace"},{"id":2,"title":"The long wall"},{"id":3,"title":"A small gate"}]
          GET     | /photos/2  |                     | 200 | {"id":2,"title":"The long wall"}
          PUT     | /photos/2  | {"title":"Short"}   | 200 | {"id":2,"title":"Short"}
          PUT     | /photos/2  | {"name":"Short"}    | 400 | {"error":"send {\\"title\\": \\"…\\"}"}
          PUT     | /photos/2  | {"title":           | 400 | {"error":"send {\\"title\\": \\"…\\"}"}
          PUT     | /photos/2  | []                  | 400 | {"error":"send {\\"title\\": \\"…\\"}"}
          DELETE  | /photos/2  |                     | 405 | {"error":"not with this method"}
          GET     | /photos/9  |                     | 404 | {"error":"no such photo"}
          GET     | /elsewhere |                     | 404 | {"error":"no such resource"}
          POST    | /likes     | like=1              | 200 | {"likes":1}
          GET     | /likes     |                     | 405 | {"error":"not with this method"}
          OPTIONS | /photos/1  |                     | 204 |
          GET     | /visits    |                     | 200 | {"visit":1}
          """)
  void answers(String method, String path, String body, int status, String answer)
      throws Exception {
    Reply reply = api.answer(new Request(method, path, "", List.of(), body == null ? "" : body));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo(answer == null ? "" : answer);
    assertThat(reply.headers())
        .extracting(header -> header.name().toLowerCase(Locale.ROOT))
        .noneMatch(name -> name.startsWith("access-control-") || name.equals("vary"));
  }

  @ParameterizedTest
  @CsvSource({
    "visits=4, 5",
    "a=b; visits=4; c=d, 5",
    "visits=none, 1",
    "visits=99999999999, 1",
    "myvisits=4, 1"
  })
  void theCookieCountsVisits(String cookie, int visit) throws Exception {
    Reply reply =
        api.answer(new Request("GET", "/visits", "", List.of(new Header("cookie", cookie)), ""));
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"visit\":" + visit + "}");
    assertThat(reply.headers())
        .contains(new Header("Set-Cookie", "visits=" + visit + "; Path=/; HttpOnly; SameSite=Lax"));
  }

  @Test
  void servesTheImageAndTheFont() throws Exception {
    assertThat(api.answer(new Request("GET", "/peace.svg", "", List.of(), "")).body())
        .containsExactly(1);
    assertThat(api.answer(new Request("GET", "/wall.ttf", "", List.of(), "")).body())
        .containsExactly(2, 3);
  }
}
