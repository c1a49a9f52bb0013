/** The CORS policy engine for the JDK's HTTP server. */
module dev.sallyport.jdkhttpserver {
  requires transitive dev.sallyport.core;
  requires transitive jdk.httpserver;
  requires static transitive org.jspecify;

  exports dev.sallyport.jdkhttpserver;
}
