package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.telemetry.Telemetry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.SocketChannel;

/**
 * What all event loops share to make connections.
 *
 * @param channel the kind of socket that suits the event loops
 * @param allocator where their buffers come from
 * @param upstreamNames finds addresses of the servers that the configuration names
 * @param targetNames finds addresses of those that others name; apart, so that slow names of theirs
 *     keep nobody waiting
 * @param tls trusts servers
 * @param telemetry counts connections
 */
public record Dialing(
    Class<? extends SocketChannel> channel,
    ByteBufAllocator allocator,
    HostNames upstreamNames,
    HostNames targetNames,
    UpstreamTls tls,
    Telemetry telemetry) {

  HostNames names(Server server) {
    return server.egress().isPresent() ? targetNames : upstreamNames;
  }
}
