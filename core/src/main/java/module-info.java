/** Origins, and the CORS policy engine that every door of Sallyport asks. */
module dev.sallyport.core {
  requires static transitive org.jspecify;

  exports dev.sallyport.cors;
  exports dev.sallyport.origin;
}
