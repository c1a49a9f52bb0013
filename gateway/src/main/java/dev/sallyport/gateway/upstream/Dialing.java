package dev.sallyport.gateway.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.SocketChannel;

/**
 * What all event loops share to make connections.
 *
 * @param channel the kind of socket that suits the event loops
 * @param allocator where their buffers come from
 * @param names finds addresses
 * @param tls trusts servers
 */
public record Dialing(
    Class<? extends SocketChannel> channel,
    ByteBufAllocator allocator,
    HostNames names,
    UpstreamTls tls) {}
