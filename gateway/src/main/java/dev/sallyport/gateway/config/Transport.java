package dev.sallyport.gateway.config;

/** Which interface of the operating system carries the connections. */
public enum Transport {
  /** epoll where there is one, else NIO. */
  AUTO,
  /** Java's own selectors, which run everywhere. */
  NIO,
  /** Linux epoll. */
  EPOLL,
  /** Linux io_uring, on kernels that have it. */
  IO_URING
}
