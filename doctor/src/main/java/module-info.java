/** Says why a browser refused, and what to change and where. */
module dev.sallyport.doctor {
  requires static transitive org.jspecify;
  requires transitive dev.sallyport.browser;
  requires java.net.http;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports dev.sallyport.doctor;
  exports dev.sallyport.doctor.har;
  exports dev.sallyport.doctor.probe;
}
