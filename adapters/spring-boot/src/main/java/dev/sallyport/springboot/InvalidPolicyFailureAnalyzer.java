package dev.sallyport.springboot;

import dev.sallyport.cors.InvalidPolicyException;
import dev.sallyport.cors.PolicyProblem;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says everything that is wrong with a policy when it keeps the application from starting. */
final class InvalidPolicyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPolicyException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPolicyException cause) {
    String problems =
        cause.problems().stream()
            .filter(PolicyProblem::isError)
            .map(problem -> "    " + property(problem) + ": " + problem.message())
            .collect(Collectors.joining("\n"));
    return new FailureAnalysis(
        "The CORS policy cannot be built:\n\n" + problems,
        "Change the properties, or the bean of type CorsPolicy, as said above.",
        cause);
  }

  /** {@code sallyport.cors.allow-origins[0]}. */
  private static String property(PolicyProblem problem) {
    String kebab = problem.field().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return CorsProperties.PREFIX
        + "."
        + kebab
        + (problem.index() < 0 ? "" : "[" + problem.index() + "]");
  }
}
