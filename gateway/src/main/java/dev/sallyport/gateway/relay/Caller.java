package dev.sallyport.gateway.relay;

import java.net.InetAddress;

/**
 * Who makes a request: the other end of the connection, or whom a trusted proxy calls for.
 *
 * @param address where it is
 * @param secure whether it speaks TLS
 */
record Caller(InetAddress address, boolean secure) {}
