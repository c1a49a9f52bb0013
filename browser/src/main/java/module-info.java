/** The browser's side of the protocol: URLs and their origins. */
module dev.sallyport.browser {
  requires static transitive org.jspecify;
  requires transitive dev.sallyport.core;
  requires com.ibm.icu;

  exports dev.sallyport.embed;
  exports dev.sallyport.fetch;
  exports dev.sallyport.url;
}
