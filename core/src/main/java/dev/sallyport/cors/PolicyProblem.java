package dev.sallyport.cors;

import dev.sallyport.origin.Printable;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a policy, or that its author would want to know.
 *
 * @param code what kind of problem it is; stable
 * @param field the field of the policy, as the configuration names it: {@code allowOrigins}
 * @param index the place in the field's list, from 0; -1 when the problem is the field's as a whole
 * @param value the value as it was given; empty when the problem is none of one value
 * @param why what is wrong with it, as a clause that follows the value
 * @param fix what to do, as a sentence
 * @param replacement the value that was probably meant, if that is clear
 */
public record PolicyProblem(
    Code code,
    String field,
    int index,
    String value,
    String why,
    String fix,
    @Nullable String replacement) {

  /** How bad it is. */
  public enum Severity {
    /** The policy cannot be built. */
    ERROR,
    /** The policy can be built, and probably should be another. */
    WARNING
  }

  /** The kinds of problems. */
  public enum Code {
    /** A key that no policy has, in a policy that is read from the configuration's form. */
    KEY_UNKNOWN(Severity.ERROR),
    /** A value that its key cannot have, in a policy that is read from the configuration's form. */
    VALUE_OF_WRONG_TYPE(Severity.ERROR),

    /** No origin is listed: nothing is allowed. */
    NO_ORIGINS(Severity.ERROR),
    /** Not an origin pattern. */
    ORIGIN_INVALID(Severity.ERROR),
    /** Every origin, with credentials. */
    ANY_ORIGIN_WITH_CREDENTIALS(Severity.ERROR),
    /** Opaque origins, without the switch for them. */
    NULL_ORIGIN(Severity.ERROR),
    /** All hosts under a public suffix, with credentials, without the switch for it. */
    PUBLIC_SUFFIX_WITH_CREDENTIALS(Severity.ERROR),
    /** All hosts under a public suffix. */
    PUBLIC_SUFFIX(Severity.WARNING),
    /** An origin that others can write into, with credentials, without the switch for it. */
    INSECURE_ORIGIN_WITH_CREDENTIALS(Severity.ERROR),
    /** A pattern twice. */
    ORIGIN_REPEATED(Severity.WARNING),
    /** A pattern that another one includes. */
    ORIGIN_COVERED(Severity.WARNING),
    /** A pattern that an exclusion takes out whole. */
    ORIGIN_IS_EXCLUDED(Severity.ERROR),
    /** An exclusion beside the pattern that means every origin. */
    EXCLUSION_FROM_ANY(Severity.ERROR),
    /** An exclusion of what is not allowed anyway. */
    EXCLUSION_UNUSED(Severity.WARNING),
    /** A switch for a danger that the policy does not have. */
    SWITCH_UNUSED(Severity.WARNING),

    /** Not a method. */
    METHOD_INVALID(Severity.ERROR),
    /** A method that browsers never send. */
    METHOD_FORBIDDEN(Severity.ERROR),
    /** A method that browsers write otherwise. */
    METHOD_NOT_NORMALIZED(Severity.ERROR),
    /** A method in lower case. */
    METHOD_LOWER_CASE(Severity.WARNING),
    /** A method twice, or beside the wildcard. */
    METHOD_REDUNDANT(Severity.WARNING),

    /** Not a header name. */
    HEADER_INVALID(Severity.ERROR),
    /** A header that no page can set. */
    HEADER_FORBIDDEN(Severity.ERROR),
    /** A response header in the list of request headers. */
    HEADER_IS_OF_RESPONSES(Severity.ERROR),
    /** A request header that is allowed anyway. */
    HEADER_REDUNDANT(Severity.WARNING),

    /** Not a header name. */
    EXPOSED_INVALID(Severity.ERROR),
    /** A header that no page may read. */
    EXPOSED_FORBIDDEN(Severity.ERROR),
    /** A request header in the list of response headers. */
    EXPOSED_IS_OF_REQUESTS(Severity.ERROR),
    /** The wildcard, which means nothing under credentials. */
    EXPOSE_ALL_WITH_CREDENTIALS(Severity.ERROR),
    /** A response header that is readable anyway. */
    EXPOSED_REDUNDANT(Severity.WARNING),

    /** Less than nothing. */
    MAX_AGE_NEGATIVE(Severity.ERROR),
    /** Not a whole number of seconds. */
    MAX_AGE_FRACTION(Severity.ERROR),
    /** Longer than any browser keeps an answer. */
    MAX_AGE_TOO_LONG(Severity.ERROR),
    /** Longer than most browsers keep an answer. */
    MAX_AGE_CAPPED(Severity.WARNING),

    /** Not an origin. */
    PUBLIC_ORIGIN_INVALID(Severity.ERROR);

    private final Severity severity;

    Code(Severity severity) {
      this.severity = severity;
    }

    /** Whether a policy with this problem can be built. */
    public Severity severity() {
      return severity;
    }

    /** {@code origin-invalid} for {@link #ORIGIN_INVALID}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether this keeps the policy from being built. */
  public boolean isError() {
    return code.severity() == Severity.ERROR;
  }

  /** The value that was probably meant, if that is clear. */
  public Optional<String> suggestion() {
    return Optional.ofNullable(replacement);
  }

  /** The whole problem in one or two sentences: what, why, and the fix. */
  public String message() {
    String subject =
        switch (field) {
          case "allowOrigins" -> "origin pattern";
          case "allowMethods" -> "method";
          case "allowHeaders" -> "request header";
          case "exposeHeaders" -> "response header";
          default -> Printable.of(field);
        };
    boolean ofOneValue = index >= 0 || !value.isEmpty();
    String quoted = ofOneValue ? subject + " \"" + Printable.of(value) + "\"" : Printable.of(field);
    String end = fix.endsWith("?") ? "" : ".";
    return quoted + " " + why + ". " + fix + end;
  }
}
