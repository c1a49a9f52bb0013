package dev.sallyport.gateway.config;

/** Where the requests of a route go: to one server, or to whichever their path names. */
public sealed interface Destination permits Upstream, Targets {}
