package dev.sallyport.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Names that are looked up while nobody answers. */
class HostNamesTest {
  private static final InetAddress SOMEWHERE = InetAddress.getLoopbackAddress();

  private static InetAddress[] await(CountDownLatch latch) throws UnknownHostException {
    try {
      latch.await();
      return new InetAddress[] {SOMEWHERE};
    } catch (InterruptedException e) {
      throw new UnknownHostException("interrupted");
    }
  }

  private static CompletableFuture<List<InetAddress>> find(HostNames names, String name) {
    return names.find(name).toCompletableFuture();
  }

  @Test
  void namesThatAreMadeUpDoNotWaitWithoutEnd() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    try (HostNames names = new HostNames(name -> await(answers))) {
      List<CompletableFuture<List<InetAddress>>> found = new ArrayList<>();
      for (int i = 0; i < 2 * HostNames.MOST_WAITING; i++) {
        found.add(find(names, i + ".bar.com"));
      }
      CompletableFuture<List<InetAddress>> last = found.get(found.size() - 1);
      assertThatThrownBy(() -> last.get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(UnknownHostException.class)
          .hasMessageContaining("too many names");
      assertThat(found.stream().filter(each -> !each.isDone()))
          .hasSizeBetween(HostNames.MOST_WAITING, HostNames.MOST_WAITING + 16);
      assertThat(find(names, "0.bar.com")).as("who asks the same waits with it").isNotDone();
      answers.countDown();
      assertThat(found.get(0).get(20, TimeUnit.SECONDS)).containsExactly(SOMEWHERE);
      assertThat(found.get(HostNames.MOST_WAITING - 1).get(20, TimeUnit.SECONDS)).hasSize(1);
      assertThat(find(names, "next.bar.com").get(20, TimeUnit.SECONDS)).hasSize(1);
    }
  }
}
