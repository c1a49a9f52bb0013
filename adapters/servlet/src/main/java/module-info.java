/** The CORS policy engine for servers with servlets. */
module dev.sallyport.servlet {
  requires transitive dev.sallyport.core;
  requires transitive jakarta.servlet;
  requires static transitive org.jspecify;

  exports dev.sallyport.servlet;
}
