package dev.sallyport.cli.logging;

/** How much is logged: this much and what is graver. */
public enum LogLevel {
  /** Nothing. */
  OFF,
  /** What went wrong in the gateway itself. */
  ERROR,
  /** What somebody should look at. */
  WARN,
  /** What happens: requests and refusals. */
  INFO,
  /** Why, in detail. */
  DEBUG
}
