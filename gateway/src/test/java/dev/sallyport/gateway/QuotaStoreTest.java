package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.Route.Rate;
import dev.sallyport.gateway.limits.Quota;
import dev.sallyport.gateway.limits.QuotaStore;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.upstream.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store of quotas that answers when it likes, as one over a network does. */
@ExtendWith(NoLeaks.class)
class QuotaStoreTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Optional<Duration> TAKEN = Optional.empty();

  private final Asked store = new Asked();
  private FaultyUpstream upstream;
  private Gateway gateway;

  /** Leaves each question to the test. */
  private static final class Asked implements QuotaStore {
    record Question(String quota, String caller, CompletableFuture<Optional<Duration>> answer) {}

    private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();

    @Override
    public Quota open(String name, Rate rate) {
      return new Quota() {
        @Override
        public Rate rate() {
          return rate;
        }

        @Override
        public CompletionStage<Optional<Duration>> take(String caller) {
          CompletableFuture<Optional<Duration>> answer = new CompletableFuture<>();
          questions.add(new Question(name, caller, answer));
          return answer;
        }
      };
    }

    Question next() throws InterruptedException {
      Question question = questions.poll(20, TimeUnit.SECONDS);
      assertThat(question).as("a question").isNotNull();
      return question;
    }
  }

  @BeforeEach
  void start() throws Exception {
    upstream = FaultyUpstream.ok();
    gateway =
        Gateway.start(
            Routes.config(
                Routes.to(upstream).path("/free"),
                Routes.to(upstream).path("/both").perClient(1, HOUR).perOrigin(1, HOUR),
                Routes.to(upstream).path("/slow").perClient(1, HOUR),
                Routes.to(upstream)
                    .path("/hasty")
                    .perClient(1, HOUR)
                    .timeout(Duration.ofMillis(100))),
            UpstreamTls.trustingTheJdks(),
            InetAddress::getAllByName,
            store);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    upstream.close();
  }

  private RawClient client() throws IOException {
    return RawClient.to(gateway.addresses().get(0));
  }

  @Test
  void anExchangeWaitsForItsQuotaAndNoOtherDoes() throws Exception {
    try (RawClient waiting = client();
        RawClient other = client()) {
      waiting.get("/slow");
      Asked.Question question = store.next();
      assertThat(question.quota()).isEqualTo("perClient /slow");
      assertThat(question.caller()).isEqualTo("127.0.0.1");
      assertThat(other.get("/free").answer().status()).as("on the same event loop").isEqualTo(200);
      upstream.nextHead();
      assertThat(upstream.hasHead()).as("called before it was admitted").isFalse();
      question.answer().complete(TAKEN);
      assertThat(waiting.answer().body()).isEqualTo("hello");
      waiting.get("/free");
      assertThat(waiting.answer().status()).as("the connection lasts").isEqualTo(200);
    }
  }

  @Test
  void aBodyThatComesMeanwhileWaitsToo() throws Exception {
    try (RawClient client = client()) {
      client.sendHead(
          "POST /slow/upload HTTP/1.1",
          "Host: gate",
          "Content-Length: 5",
          "Origin: " + Routes.BLOG);
      client.sendBody("hello");
      Asked.Question question = store.next();
      CompletableFuture<Boolean> unused =
          CompletableFuture.supplyAsync(() -> question.answer().complete(TAKEN));
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(upstream.nextHead()).startsWith("POST /upload ");
    }
  }

  @Test
  void theOriginIsAskedForBehindTheClient() throws Exception {
    try (RawClient client = client()) {
      client.sendHead("GET /both HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
      store.next().answer().complete(TAKEN);
      Asked.Question ofOrigin = store.next();
      assertThat(ofOrigin.quota()).isEqualTo("perOrigin /both");
      assertThat(ofOrigin.caller()).isEqualTo(Routes.BLOG);
      ofOrigin.answer().complete(Optional.of(Duration.ofSeconds(7)));
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("retry-after")).isEqualTo("7");
      client.sendHead("GET /both HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
      store.next().answer().complete(Optional.of(Duration.ofSeconds(9)));
      assertThat(client.answer().header("retry-after")).isEqualTo("9");
      assertThat(store.questions).as("the client's was used up").isEmpty();
    }
  }

  @Test
  void aStoreThatFailsLetsNobodyPass() throws Exception {
    try (LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = client()) {
      client.sendHead("GET /slow HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
      store.next().answer().completeExceptionally(new IOException("no\nroute"));
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("quota-unavailable");
      assertThat(answer.header("retry-after")).isEqualTo("5");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(decisions.next())
          .isEqualTo(
              "INFO failed GET /slow quota-unavailable: java.io.IOException: no\\u000aroute → 503");
      assertThat(upstream.hasHead()).as("the upstream was called").isFalse();
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsWaitedForAsLongAsTheUpstream() throws Exception {
    try (RawClient client = client()) {
      Answer answer = client.get("/hasty").answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("quota-unavailable");
      store.next().answer().complete(TAKEN);
      assertThat(client.get("/free/after").answer().status()).isEqualTo(200);
      assertThat(upstream.nextHead()).as("the late answer called nobody").startsWith("GET /after ");
      assertThat(upstream.hasHead()).isFalse();
    }
  }

  @Test
  void aClientThatHasGoneMeanwhileLeavesNothing() throws Exception {
    try (LogLines accesses = new LogLines("sallyport.access")) {
      Asked.Question question;
      try (RawClient client = client()) {
        client.sendHead("POST /slow HTTP/1.1", "Host: gate", "Content-Length: 9").sendBody("half");
        question = store.next();
      }
      assertThat(accesses.next()).startsWith("INFO POST /slow gone ");
      question.answer().complete(TAKEN);
      try (RawClient client = client()) {
        assertThat(client.get("/free/after").answer().status()).isEqualTo(200);
        assertThat(upstream.nextHead()).startsWith("GET /after ");
        assertThat(upstream.connections()).as("none for who has gone").isEqualTo(1);
      }
    }
  }

  @Test
  void streamsOfOneConnectionDoNotWaitForEachOther() throws Exception {
    try (FrameClient client = FrameClient.to(gateway.addresses().get(0))) {
      client.request(1, false, "POST", "/slow").data(1, true, "hello");
      Asked.Question question = store.next();
      assertThat(client.request(3, true, "GET", "/free").answer(3).status()).isEqualTo(200);
      question.answer().complete(TAKEN);
      assertThat(client.answer(1).status()).isEqualTo(200);
      client.request(5, false, "POST", "/slow").data(5, false, "half");
      Asked.Question reset = store.next();
      client.send(FrameClient.RST_STREAM, 0, 5, FrameClient.number(8));
      reset.answer().complete(TAKEN);
      assertThat(client.request(7, true, "GET", "/free").answer(7).status()).isEqualTo(200);
    }
  }
}
