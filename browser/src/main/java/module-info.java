/** The browser's side of the protocol: what a page may fetch, read and embed. */
module dev.sallyport.browser {
  requires static transitive org.jspecify;
  requires transitive dev.sallyport.core;
  requires transitive dev.sallyport.url;

  exports dev.sallyport.embed;
  exports dev.sallyport.fetch;
}
