package dev.sallyport.gateway.call;

/** Why a URL is not called. */
public enum TargetFault {
  MISSING(400, "target-missing", "The path names no URL"),
  INVALID(400, "target-invalid", "The path names no URL that could be called"),
  ENCODING(
      400, "target-encoding", "The URL in the path is encoded in a way that could be read twice"),
  SCHEME(400, "target-scheme", "The URL's scheme is not called"),
  CREDENTIALS(400, "target-credentials", "The URL has a user or a password"),
  FRAGMENT(400, "target-fragment", "The URL has a fragment"),
  PORT(403, "target-port", "The URL's port is not called"),
  NOT_ALLOWED(403, "target-not-allowed", "The URL's origin is not called"),
  ADDRESS(403, "target-address", "The URL's server is not where it may be called");

  private final int status;
  private final String code;
  private final String title;

  TargetFault(int status, String code, String title) {
    this.status = status;
    this.code = code;
    this.title = title;
  }

  /** The status of an answer that tells of it. */
  public int status() {
    return status;
  }

  /** Its stable name. */
  public String code() {
    return code;
  }

  /** It in a few words. */
  public String title() {
    return title;
  }
}
