package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * All shared cases in one test, for whoever runs a test thousands of times, as mutation testing
 * does.
 */
class AllVectorsTest {

  @Test
  void everyCaseIsDecidedAsExpected() {
    CoreVectorsTest each = new CoreVectorsTest();
    List<VectorCase> cases = Vectors.all().toList();
    cases.forEach(each::decidesAsExpected);
    cases.forEach(each::mergesVaryIntoWhatIsThere);
    assertThat(cases).hasSizeGreaterThan(600);
  }
}
