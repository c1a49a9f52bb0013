package dev.sallyport.fuzz;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsPolicyBuilder;
import dev.sallyport.cors.PolicyProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policy in the configuration's form: each line is a key, an equals sign, and values. */
public final class PolicyTarget {
  private PolicyTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Law.text(input);
    CorsPolicyBuilder builder = CorsPolicy.builder(form(text));
    List<PolicyProblem> problems = builder.problems();
    for (PolicyProblem problem : problems) {
      Law.that(problem.message().lines().count() == 1, "a message is one line", text);
      Law.that(!problem.fix().isEmpty(), "a problem has a fix", text);
    }
    if (problems.stream().anyMatch(PolicyProblem::isError)) {
      return;
    }
    CorsPolicy policy = builder.build();
    CorsPolicy again = CorsPolicy.builder(policy.toForm()).build();
    Law.that(again.equals(policy), "a policy is written and read back", text);
    Law.that(policy.covers(again), "a policy covers itself", text);
    boolean everybody =
        policy.allowOrigins().stream().anyMatch(each -> each.toString().equals("*"));
    Law.that(!everybody || !policy.allowCredentials(), "* never has credentials", text);
  }

  private static Map<String, Object> form(String text) {
    Map<String, Object> form = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String value = line.substring(equals + 1);
        form.put(line.substring(0, equals), value(value));
      }
    }
    return form;
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.indexOf(' ') < 0 ? text : new ArrayList<>(List.of(text.split(" ", -1)));
  }
}
