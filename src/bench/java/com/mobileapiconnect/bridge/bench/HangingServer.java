package com.mobileapiconnect.bridge.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver of very many calls that never ends an answer: it says nothing, or much of a head. */
final class HangingServer implements AutoCloseable {

    private static final int LINES = 7;
    private static final String HEAD = "HTTP/1.1 200 OK\r\n" + ("X-Much: " + "x".repeat(8_000) + "\r\n").repeat(LINES);

    private final AtomicLong calls = new AtomicLong();
    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel channel;
    private final @Nullable JdkSslContext tls;
    private final ByteBuf answer;

    HangingServer(@Nullable SSLContext tls, boolean heads) {
        this.tls = tls == null ? null : new JdkSslContext(tls, false, ClientAuth.NONE);
        this.answer = Unpooled.unreleasableBuffer(
                Unpooled.wrappedBuffer((heads ? HEAD : "").getBytes(StandardCharsets.ISO_8859_1)));
        this.channel = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        if (HangingServer.this.tls != null) {
                            connection.pipeline().addLast(HangingServer.this.tls.newHandler(connection.alloc()));
                        }
                        connection.pipeline().addLast(new Hanging());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:"
                + ((InetSocketAddress) channel.localAddress()).getPort() + "/";
    }

    /** Requests that came, each of which is in one part. */
    long calls() {
        return calls.get();
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
    }

    private final class Hanging extends SimpleChannelInboundHandler<ByteBuf> {

        private boolean asked;

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf part) {
            if (!asked) {
                asked = true;
                calls.incrementAndGet();
                if (answer.isReadable()) {
                    context.writeAndFlush(answer.duplicate());
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
