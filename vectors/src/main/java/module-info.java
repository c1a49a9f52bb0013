/** One set of CORS cases for every door: policy, request, and what has to come out. */
module dev.sallyport.vectors {
  requires static transitive org.jspecify;
  requires tools.jackson.databind;

  exports dev.sallyport.vectors;

  opens dev.sallyport.vectors to
      tools.jackson.databind;
}
