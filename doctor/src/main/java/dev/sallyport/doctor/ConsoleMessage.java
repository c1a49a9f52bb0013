package dev.sallyport.doctor;

import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser's console says of a request that it kept from a page.
 *
 * @param browser whose message it is
 * @param reason what it means
 * @param preflight whether it was the preflight's answer that was wrong
 * @param url what was asked for; empty when the message does not say
 * @param origin the page's origin; empty when the message does not say
 * @param value the value, method or header that it quotes; empty when it quotes none
 */
public record ConsoleMessage(
    Profile browser,
    Reason reason,
    boolean preflight,
    Optional<String> url,
    Optional<String> origin,
    Optional<String> value) {

  /** A message, or the end of one, and what it means. */
  private record Sentence(Profile browser, Reason reason, Reason ofPreflight, Pattern pattern) {
    Sentence(Profile browser, Reason reason, Reason ofPreflight, String pattern) {
      this(browser, reason, ofPreflight, Pattern.compile(pattern));
    }

    Sentence(Profile browser, Reason reason, String pattern) {
      this(browser, reason, reason, pattern);
    }
  }

  private static final List<Sentence> SENTENCES =
      List.of(
          // Chromium.
          new Sentence(
              Profile.CHROMIUM,
              Reason.MISSING_ALLOW_ORIGIN,
              Reason.PREFLIGHT_MISSING_ALLOW_ORIGIN,
              "No 'Access-Control-Allow-Origin' header is present on the requested resource"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.MULTIPLE_ALLOW_ORIGIN,
              Reason.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN,
              "'Access-Control-Allow-Origin' header contains multiple values '(?<value>[^']*)'"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.INVALID_ALLOW_ORIGIN,
              Reason.PREFLIGHT_INVALID_ALLOW_ORIGIN,
              "'Access-Control-Allow-Origin' header contains the invalid value '(?<value>[^']*)'"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.ALLOW_ORIGIN_MISMATCH,
              Reason.PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
              "'Access-Control-Allow-Origin' header has a value '(?<value>[^']*)' that is not equal to"
                  + " the supplied origin"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.WILDCARD_WITH_CREDENTIALS,
              Reason.PREFLIGHT_WILDCARD_WITH_CREDENTIALS,
              "must not be the wildcard '(?<value>\\*)' when the request's credentials mode is"
                  + " 'include'"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.CREDENTIALS_NOT_ALLOWED,
              Reason.PREFLIGHT_CREDENTIALS_NOT_ALLOWED,
              "'Access-Control-Allow-Credentials' header in the response is '(?<value>[^']*)' which"
                  + " must be 'true'"),
          new Sentence(
              Profile.CHROMIUM, Reason.PREFLIGHT_INVALID_STATUS, "It does not have HTTP ok status"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.PREFLIGHT_REDIRECT,
              "Redirect is not allowed for a preflight request"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.METHOD_NOT_ALLOWED,
              "Method (?<value>\\S+) is not allowed by Access-Control-Allow-Methods in preflight"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.HEADER_NOT_ALLOWED,
              "Request header field (?<value>\\S+) is not allowed by Access-Control-Allow-Headers in"
                  + " preflight"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.ALLOW_METHODS_INVALID,
              "Cannot parse Access-Control-Allow-Methods response header field"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.ALLOW_HEADERS_INVALID,
              "Cannot parse Access-Control-Allow-Headers response header field"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.REDIRECT_WITH_CREDENTIALS,
              "Redirect location '(?<value>[^']*)' contains a username and password"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.SCHEME_NOT_HTTP,
              "Cross origin requests are only supported for protocol schemes"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.DISALLOWED_BY_MODE,
              "Cross origin requests are not allowed by request mode"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.NO_CORS_REDIRECT_MODE,
              "redirect mode (?:must be|is not) '?follow'?|no-cors.{0,40}redirect"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.LOCAL_NETWORK_PERMISSION_DENIED,
              "Permission was denied for this request to access the `?\\w+`? address space"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.INSECURE_LOCAL_NETWORK,
              "The request client is not a secure context and the resource is in more-private address"
                  + " space"),
          new Sentence(
              Profile.CHROMIUM,
              Reason.NO_RESPONSE,
              "The response is invalid\\.|net::ERR_(?<value>\\w+)"),
          // Firefox.
          new Sentence(
              Profile.FIREFOX,
              Reason.MISSING_ALLOW_ORIGIN,
              "Reason: CORS header [‘'\"]Access-Control-Allow-Origin[’'\"] missing"),
          new Sentence(
              Profile.FIREFOX,
              Reason.ALLOW_ORIGIN_MISMATCH,
              "CORS header [‘'\"]Access-Control-Allow-Origin[’'\"] does not match [‘'\"](?<value>[^’'\"]*)"),
          new Sentence(
              Profile.FIREFOX,
              Reason.MULTIPLE_ALLOW_ORIGIN,
              "Multiple CORS header [‘'\"]Access-Control-Allow-Origin[’'\"] not allowed"),
          new Sentence(
              Profile.FIREFOX,
              Reason.WILDCARD_WITH_CREDENTIALS,
              "Credential is not supported if the CORS header [‘'\"]Access-Control-Allow-Origin[’'\"] is"
                  + " [‘'\"](?<value>\\*)"),
          new Sentence(
              Profile.FIREFOX,
              Reason.CREDENTIALS_NOT_ALLOWED,
              "expected [‘'\"]true[’'\"] in CORS header [‘'\"]Access-Control-Allow-Credentials"),
          new Sentence(
              Profile.FIREFOX,
              Reason.PREFLIGHT_INVALID_STATUS,
              "CORS preflight response did not succeed"),
          new Sentence(
              Profile.FIREFOX,
              Reason.METHOD_NOT_ALLOWED,
              "Did not find method in CORS header [‘'\"]Access-Control-Allow-Methods"),
          new Sentence(
              Profile.FIREFOX,
              Reason.HEADER_NOT_ALLOWED,
              "header [‘'\"](?<value>[^’'\"]*)[’'\"] is not allowed according to header"
                  + " [‘'\"]Access-Control-Allow-Headers"),
          new Sentence(
              Profile.FIREFOX,
              Reason.HEADER_NOT_ALLOWED,
              "missing token [‘'\"](?<value>.{0,200}?)[’'\"] in CORS header"
                  + " [‘'\"]Access-Control-Allow-Headers"),
          new Sentence(
              Profile.FIREFOX,
              Reason.ALLOW_METHODS_INVALID,
              "invalid token [‘'\"](?<value>.{0,200}?)[’'\"] in CORS header"
                  + " [‘'\"]Access-Control-Allow-Methods"),
          new Sentence(
              Profile.FIREFOX,
              Reason.ALLOW_HEADERS_INVALID,
              "invalid token [‘'\"](?<value>.{0,200}?)[’'\"] in CORS header"
                  + " [‘'\"]Access-Control-Allow-Headers"),
          new Sentence(
              Profile.FIREFOX,
              Reason.PREFLIGHT_REDIRECT,
              "CORS request external redirect not allowed"),
          new Sentence(Profile.FIREFOX, Reason.SCHEME_NOT_HTTP, "CORS request not http"),
          new Sentence(
              Profile.FIREFOX,
              Reason.NO_RESPONSE,
              "CORS request did not succeed|CORS disabled|CORS header [‘'\"]Origin[’'\"] cannot be added"),
          // WebKit.
          new Sentence(
              Profile.WEBKIT,
              Reason.PREFLIGHT_INVALID_STATUS,
              "Preflight response is not successful"),
          new Sentence(
              Profile.WEBKIT,
              Reason.WILDCARD_WITH_CREDENTIALS,
              "Cannot use wildcard in Access-Control-Allow-Origin when (?:the credentials flag is true|"
                  + "credentials flag is true)"),
          new Sentence(
              Profile.WEBKIT,
              Reason.MULTIPLE_ALLOW_ORIGIN,
              "Access-Control-Allow-Origin cannot contain more than one origin"),
          new Sentence(
              Profile.WEBKIT,
              Reason.CREDENTIALS_NOT_ALLOWED,
              "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\""),
          new Sentence(
              Profile.WEBKIT,
              Reason.ALLOW_ORIGIN_MISMATCH,
              "Origin (?<origin>\\S+) is not allowed by Access-Control-Allow-Origin"),
          new Sentence(
              Profile.WEBKIT,
              Reason.METHOD_NOT_ALLOWED,
              "Method (?<value>\\S+) is not allowed by Access-Control-Allow-Methods"),
          new Sentence(
              Profile.WEBKIT,
              Reason.HEADER_NOT_ALLOWED,
              "Request header field (?<value>\\S+) is not allowed by Access-Control-Allow-Headers"),
          new Sentence(
              Profile.WEBKIT,
              Reason.REDIRECT_WITH_CREDENTIALS,
              "[Rr]edirection URL .{0,200}has credentials|URL is either a non-HTTP URL or contains"
                  + " credentials"),
          new Sentence(
              Profile.WEBKIT,
              Reason.REDIRECT_SCHEME_NOT_HTTP,
              "Cross-origin redirection (?:to \\S+ )?denied by Cross-Origin Resource Sharing policy"
                  + "|non-CORS scheme"),
          new Sentence(
              Profile.WEBKIT, Reason.NO_RESPONSE, "cannot load \\S+ due to access control checks"));

  private static final List<Pattern> URLS =
      List.of(
          Pattern.compile("(?:Access|access) to \\w+ at '(?<url>[^']+)'"),
          Pattern.compile("the remote resource at (?<url>\\S+?)\\.? \\(Reason"),
          Pattern.compile("cannot load (?<url>\\S+) due to access control"));

  private static final List<Pattern> ORIGINS =
      List.of(
          Pattern.compile("from origin '(?<origin>[^']+)'"),
          Pattern.compile("Origin (?<origin>\\S+) is not allowed by"));

  /** The message in {@code text}; empty when it holds none that is known. */
  public static Optional<ConsoleMessage> read(String text) {
    String line = text.replaceAll("\\s+", " ");
    boolean preflight = line.contains("preflight") || line.contains("Preflight");
    for (Sentence sentence : SENTENCES) {
      Matcher matcher = sentence.pattern().matcher(line);
      if (matcher.find()) {
        return Optional.of(
            new ConsoleMessage(
                sentence.browser(),
                preflight ? sentence.ofPreflight() : sentence.reason(),
                preflight,
                first(URLS, "url", line),
                first(ORIGINS, "origin", line),
                group(sentence.pattern(), matcher, "value")));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> first(List<Pattern> patterns, String group, String line) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return Optional.of(matcher.group(group));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> group(Pattern pattern, Matcher matcher, String name) {
    return pattern.pattern().contains("(?<" + name + ">")
        ? Optional.ofNullable(matcher.group(name)).filter(value -> !value.isEmpty())
        : Optional.empty();
  }
}
