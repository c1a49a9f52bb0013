package dev.sallyport.url;

/**
 * The states of the basic URL parser. The hostname state is missing, because only scripts' setters
 * enter it.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-basic-url-parser">URL, basic URL parser</a>
 */
enum State {
  SCHEME_START,
  SCHEME,
  NO_SCHEME,
  SPECIAL_RELATIVE_OR_AUTHORITY,
  PATH_OR_AUTHORITY,
  RELATIVE,
  RELATIVE_SLASH,
  SPECIAL_AUTHORITY_SLASHES,
  SPECIAL_AUTHORITY_IGNORE_SLASHES,
  AUTHORITY,
  HOST,
  PORT,
  FILE,
  FILE_SLASH,
  FILE_HOST,
  PATH_START,
  PATH,
  OPAQUE_PATH,
  QUERY,
  FRAGMENT;

  /** Runs the state once, on the code point that the parser points to. */
  void run(UrlParser parser) throws ParsingFailure {
    switch (this) {
      case SCHEME_START -> SchemeStates.schemeStartState(parser);
      case SCHEME -> SchemeStates.schemeState(parser);
      case NO_SCHEME -> SchemeStates.noSchemeState(parser);
      case SPECIAL_RELATIVE_OR_AUTHORITY -> RelativeStates.specialRelativeOrAuthorityState(parser);
      case PATH_OR_AUTHORITY -> RelativeStates.pathOrAuthorityState(parser);
      case RELATIVE -> RelativeStates.relativeState(parser);
      case RELATIVE_SLASH -> RelativeStates.relativeSlashState(parser);
      case SPECIAL_AUTHORITY_SLASHES -> AuthorityStates.specialAuthoritySlashesState(parser);
      case SPECIAL_AUTHORITY_IGNORE_SLASHES ->
          AuthorityStates.specialAuthorityIgnoreSlashesState(parser);
      case AUTHORITY -> AuthorityStates.authorityState(parser);
      case HOST -> AuthorityStates.hostState(parser);
      case PORT -> AuthorityStates.portState(parser);
      case FILE -> FileStates.fileState(parser);
      case FILE_SLASH -> FileStates.fileSlashState(parser);
      case FILE_HOST -> FileStates.fileHostState(parser);
      case PATH_START -> PathStates.pathStartState(parser);
      case PATH -> PathStates.pathState(parser);
      case OPAQUE_PATH -> PathStates.opaquePathState(parser);
      case QUERY -> QueryStates.queryState(parser);
      case FRAGMENT -> QueryStates.fragmentState(parser);
    }
  }
}
