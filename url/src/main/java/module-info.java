/** URLs as browsers read them, and their origins. */
module dev.sallyport.url {
  requires static transitive org.jspecify;
  requires transitive dev.sallyport.core;
  requires com.ibm.icu;

  exports dev.sallyport.url;
}
