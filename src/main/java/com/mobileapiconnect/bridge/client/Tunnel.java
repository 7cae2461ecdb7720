package com.mobileapiconnect.bridge.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Has a proxy connect to the address of a receiver, then leaves the connection to whatever is spoken over it. */
abstract class Tunnel extends ByteToMessageDecoder {

    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Returns a future that ends on the loop. */
    final CompletableFuture<Void> open() {
        return opened;
    }

    /** Says the first words to the proxy. */
    abstract void begin(ChannelHandlerContext context);

    /**
     * Reads what the proxy answers, exactly to its end, because everything after it belongs to the receiver.
     *
     * @return whether the tunnel is open
     */
    abstract boolean read(ChannelHandlerContext context, ByteBuf in) throws ConnectException;

    @Override
    public final void handlerAdded(ChannelHandlerContext context) {
        setSingleDecode(true);
        begin(context);
    }

    @Override
    protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        try {
            if (!opened.isDone() && read(context, in)) {
                context.pipeline().remove(this);
                opened.complete(null);
            }
        } catch (ConnectException e) {
            opened.completeExceptionally(e);
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        opened.completeExceptionally(new ConnectException("The proxy closed the connection"));
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        opened.completeExceptionally(new ConnectException("The connection to the proxy broke off"));
    }

    static void write(ChannelHandlerContext context, byte[] bytes) {
        context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }
}
