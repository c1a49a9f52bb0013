package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code sallyport training-run} does all it should, and leaves nothing behind. */
class TrainingRunCommandTest {

  @Test
  void doesWhatAFirstUseDoes() {
    assertThat(Run.of("training-run")).isEqualTo(new Run(0, "", ""));
  }
}
