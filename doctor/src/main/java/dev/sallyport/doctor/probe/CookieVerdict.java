package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.origin.PublicSuffixes;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of a cookie that an answer to a page's request sets.
 *
 * @param name of the cookie; its value is nobody's business
 * @param attributes as they stand: {@code Secure}, {@code SameSite=None}
 * @param stored whether browsers keep it by themselves
 * @param remarks why not, or in which browsers not
 */
public record CookieVerdict(
    String name, List<String> attributes, boolean stored, List<String> remarks) {

  public CookieVerdict {
    attributes = List.copyOf(attributes);
    remarks = List.copyOf(remarks);
  }

  /**
   * Judges a line of {@code Set-Cookie}.
   *
   * @see <a href="https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html">RFC
   *     6265bis</a>
   */
  static CookieVerdict of(String line, Url url, Url page, CredentialsMode credentials) {
    String[] parts = line.split(";", -1);
    String name = parts[0].contains("=") ? parts[0].replaceFirst("=.*", "").strip() : "";
    Map<String, String> attributes = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      attributes.put(
          pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
      shown.add(parts[i].strip());
    }
    Judge judge = new Judge(name, attributes, url, page, credentials);
    List<String> faults = judge.faults();
    List<String> remarks = new ArrayList<>(faults);
    remarks.addAll(judge.remarks());
    return new CookieVerdict(name, shown, faults.isEmpty(), remarks);
  }

  private record Judge(
      String name, Map<String, String> attributes, Url url, Url page, CredentialsMode credentials) {

    private boolean isCrossOrigin() {
      return !page.origin().isSameOrigin(url.origin());
    }

    private boolean isCrossSite() {
      return !page.origin().isSameSite(url.origin());
    }

    private boolean isSecure() {
      return attributes.containsKey("secure");
    }

    private String sameSite() {
      return attributes.getOrDefault("samesite", "").toLowerCase(Locale.ROOT);
    }

    List<String> faults() {
      List<String> faults = new ArrayList<>();
      if (credentials == CredentialsMode.OMIT
          || isCrossOrigin() && credentials != CredentialsMode.INCLUDE) {
        faults.add(
            "the request is without credentials, so cookies are neither sent nor kept: ask with"
                + " credentials: \"include\"");
      }
      if (isSecure() && !url.isPotentiallyTrustworthy()) {
        faults.add("Secure cannot be set over http: answer by https");
      }
      if (sameSite().equals("none") && !isSecure()) {
        faults.add("SameSite=None needs Secure beside it");
      }
      if (isCrossSite() && (sameSite().equals("lax") || sameSite().equals("strict"))) {
        faults.add(
            "SameSite="
                + attributes.get("samesite")
                + " is not kept from a request of another site:"
                + " say SameSite=None; Secure");
      } else if (isCrossSite() && !sameSite().equals("none")) {
        faults.add(
            "without SameSite it counts as Lax, which is not kept from a request of another site: say"
                + " SameSite=None; Secure");
      }
      if (attributes.containsKey("partitioned") && !isSecure()) {
        faults.add("Partitioned needs Secure beside it");
      }
      domain(faults);
      prefix(faults);
      return faults;
    }

    private void domain(List<String> faults) {
      String domain = attributes.getOrDefault("domain", "").toLowerCase(Locale.ROOT);
      String plain = domain.startsWith(".") ? domain.substring(1) : domain;
      String host = url.host().orElse("");
      if (plain.isEmpty()) {
        return;
      }
      if (!host.equals(plain) && !host.endsWith("." + plain) || url.ipAddress().isPresent()) {
        if (!host.equals(plain)) {
          faults.add("Domain=" + domain + " is not the host " + host + " nor above it");
        }
      } else if (!host.equals(plain) && PublicSuffixes.get().isPublicSuffix(plain)) {
        faults.add("Domain=" + domain + " is a public suffix, under which anybody has names");
      }
    }

    private void prefix(List<String> faults) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("__secure-") && !isSecure()) {
        faults.add("the prefix __Secure- needs Secure");
      }
      if (lower.startsWith("__host-")
          && (!isSecure()
              || attributes.containsKey("domain")
              || !"/".equals(attributes.get("path")))) {
        faults.add("the prefix __Host- needs Secure, Path=/ and no Domain");
      }
    }

    List<String> remarks() {
      return isCrossSite() && !attributes.containsKey("partitioned")
          ? List.of(
              "it is a third-party cookie: Safari and Firefox keep none such, or each site its own, and"
                  + " Chromium's users may block them; Partitioned keeps one for each site")
          : List.of();
    }
  }
}
