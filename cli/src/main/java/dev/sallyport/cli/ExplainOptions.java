package dev.sallyport.cli;

import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedding;
import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a page asks for, and what the server answers. */
final class ExplainOptions {
  private static final int NO_CONTENT = 204;

  @Option(
      names = "--page",
      paramLabel = "URL",
      description = "The page whose script asks: its URL, or its origin.")
  String page = "";

  @Option(
      names = "--page-address-space",
      paramLabel = "SPACE",
      completionCandidates = Words.OfAddressSpace.class,
      description = {
        "How far away the page's server is: public, on the internet; local, in the user's network;"
            + " loopback, on the same machine. Chromium keeps pages from what is nearer than they are"
            + " (default: what the page's host says by itself)."
      })
  @Nullable AddressSpace addressSpace;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "As the script writes it (default: GET).")
  private String method = "GET";

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      converter = HeaderLine.class,
      description = "A header that the script sets. Repeatable.")
  private List<Header> headers = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      completionCandidates = Words.OfMode.class,
      description = "cors, no-cors or same-origin (default: cors).")
  private RequestMode mode = RequestMode.CORS;

  @Option(
      names = "--credentials",
      paramLabel = "MODE",
      completionCandidates = Words.OfCredentials.class,
      description = {
        "include: cookies go along, as with XMLHttpRequest's withCredentials; same-origin; omit"
            + " (default: same-origin)."
      })
  private CredentialsMode credentials = CredentialsMode.SAME_ORIGIN;

  @Option(
      names = "--api",
      paramLabel = "API",
      completionCandidates = Words.OfApi.class,
      description = {
        "By what the script asks: fetch; xhr, for XMLHttpRequest; xhr-upload, with a listener on its"
            + " upload, which has even a plain POST to another origin preflighted. An XMLHttpRequest"
            + " has no choice of --mode, --redirect and --referrer-policy (default: fetch)."
      })
  private Api api = Api.FETCH;

  @Option(
      names = "--redirect",
      paramLabel = "MODE",
      completionCandidates = Words.OfRedirect.class,
      description = "follow, error or manual (default: follow).")
  private RedirectMode redirect = RedirectMode.FOLLOW;

  @Option(
      names = "--referrer-policy",
      paramLabel = "POLICY",
      description = "The request's referrer policy (default: the page's).")
  private String referrerPolicy = "";

  @Option(
      names = "--embed",
      paramLabel = "HOW",
      completionCandidates = Words.OfEmbedding.class,
      description = {
        "What the page does with the URL instead of a script's fetch: img, script, style, font,"
            + " iframe, video, worker, websocket, form-post and more; docs/embedding.md lists them."
      })
  @Nullable Embedding embedding;

  @Option(
      names = "--crossorigin",
      paramLabel = "MODE",
      completionCandidates = Words.OfCrossorigin.class,
      description = "The attribute of what embeds: anonymous or use-credentials (default: none).")
  Crossorigin crossorigin = Crossorigin.NONE;

  @Option(
      names = "--status",
      paramLabel = "CODE",
      description = "What the server answers to the request itself (default: 200).")
  private int status = 200;

  @Option(
      names = "--response-header",
      paramLabel = "'NAME: VALUE'",
      converter = HeaderLine.class,
      description = "A header of this answer. Repeatable.")
  private List<Header> responseHeaders = new ArrayList<>();

  @Option(
      names = "--preflight-status",
      paramLabel = "CODE",
      description = "What it answers to a preflight (default: 204).")
  private int preflightStatus = NO_CONTENT;

  @Option(
      names = "--preflight-header",
      paramLabel = "'NAME: VALUE'",
      converter = HeaderLine.class,
      description = {
        "A header of this answer. Repeatable. With no option of the preflight's, its answer has the"
            + " headers of the other one."
      })
  private List<Header> preflightHeaders = new ArrayList<>();

  /** What the script asks for. */
  PageRequest request(String url) {
    return new PageRequest(api, url, method, headers, mode, credentials, redirect, referrerPolicy);
  }

  /** What is answered to the request itself. */
  ServerAnswer answer() {
    return new ServerAnswer(status, responseHeaders);
  }

  /** What is answered to a preflight. */
  ServerAnswer preflightAnswer() {
    return new ServerAnswer(
        preflightStatus,
        preflightHeaders.isEmpty() && preflightStatus == NO_CONTENT
            ? responseHeaders
            : preflightHeaders);
  }

  /** Reads a header as one types it. */
  static final class HeaderLine implements ITypeConverter<Header> {
    @Override
    public Header convert(String text) {
      int colon = text.indexOf(':');
      if (colon <= 0) {
        throw new TypeConversionException(
            "\"" + Printable.of(text) + "\" is no header. Write 'Name: value'");
      }
      return new Header(text.substring(0, colon), text.substring(colon + 1).strip());
    }
  }
}
