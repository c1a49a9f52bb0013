/** What is counted and timed, for Prometheus to read. No label holds what a client sent. */
@NullMarked
package dev.sallyport.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
