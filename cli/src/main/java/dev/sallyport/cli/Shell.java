package dev.sallyport.cli;

/** A shell that can be told what there is to complete. */
enum Shell {
  BASH,
  ZSH
}
