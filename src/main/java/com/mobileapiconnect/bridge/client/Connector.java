package com.mobileapiconnect.bridge.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Makes connections for calls: address after address, through the proxy if there is one, with TLS where wanted. */
final class Connector {

    private static final int LONGEST_LINE = 8 << 10;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Pool pool;
    private final Tls tls;
    private final CallMemory memory;
    private final @Nullable Proxy proxy;

    Connector(EventLoop loop, Bootstrap bootstrap, Pool pool, Tls tls, CallMemory memory, @Nullable Proxy proxy) {
        this.loop = loop;
        this.bootstrap = bootstrap;
        this.pool = pool;
        this.tls = tls;
        this.memory = memory;
        this.proxy = proxy;
    }

    void connect(Underway call) {
        call.caller.addresses(call.route.host(), call.route.port()).whenComplete((addresses, failure) -> {
            if (loop.inEventLoop()) {
                looked(call, addresses == null ? null : addresses.iterator(), failure);
            } else {
                loop.execute(() -> looked(call, addresses == null ? null : addresses.iterator(), failure));
            }
        });
    }

    private void looked(Underway call, @Nullable Iterator<InetSocketAddress> addresses, @Nullable Throwable failure) {
        if (call.over()) {
            return;
        } else if (failure != null || addresses == null) {
            call.fail(unwrapped(failure));
            return;
        }
        call.endInTime(loop);
        Proxy through = proxy;
        if (through == null) {
            tryNext(call, addresses, null);
            return;
        }
        through.address(call.caller)
                .whenComplete((at, unknown) -> loop.execute(() -> {
                    if (at == null) {
                        call.fail(unwrapped(unknown));
                    } else {
                        tryNext(call, addresses, at);
                    }
                }));
    }

    private static Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure == null ? new IllegalStateException("No address and no failure") : failure;
    }

    private void tryNext(Underway call, Iterator<InetSocketAddress> addresses, @Nullable InetSocketAddress proxyAt) {
        if (call.over()) {
            return;
        }
        InetSocketAddress address = addresses.next();
        ChannelFuture connecting = bootstrap.connect(proxyAt == null ? address : proxyAt);
        Channel channel = connecting.channel();
        call.done.whenComplete((value, failure) -> {
            if (failure != null && !connecting.isDone()) {
                channel.close();
            }
        });
        connecting.addListener(done -> {
            if (call.over()) {
                channel.close();
            } else if (!done.isSuccess()) {
                String to = proxyAt == null ? call.route.toString() : "the bridge's proxy";
                next(call, addresses, proxyAt, Failures.noConnection(to, done.cause()));
            } else if (proxyAt == null) {
                connected(call, channel);
            } else {
                tunnel(call, channel, address, addresses, proxyAt);
            }
        });
    }

    private void next(
            Underway call,
            Iterator<InetSocketAddress> addresses,
            @Nullable InetSocketAddress proxyAt,
            Throwable failure) {
        if (addresses.hasNext()) {
            tryNext(call, addresses, proxyAt);
        } else {
            call.fail(failure);
        }
    }

    private void tunnel(
            Underway call,
            Channel channel,
            InetSocketAddress to,
            Iterator<InetSocketAddress> addresses,
            InetSocketAddress proxyAt) {
        Proxy through = Objects.requireNonNull(proxy);
        Tunnel tunnel =
                through.kind() == Proxy.Kind.HTTP ? new ConnectTunnel(through, to) : new SocksTunnel(through, to);
        closeWith(call, channel);
        channel.pipeline().addFirst(tunnel);
        tunnel.open().whenComplete((value, failure) -> {
            if (call.over()) {
                channel.close();
            } else if (failure != null) {
                channel.close();
                next(call, addresses, proxyAt, failure);
            } else {
                connected(call, channel);
            }
        });
    }

    private void connected(Underway call, Channel channel) {
        if (!call.route.secure()) {
            ready(call, channel);
            return;
        }
        if (!takeMemory(call.caller.tenantId(), channel)) {
            channel.close();
            call.fail(new NoRoomException("Too many other connections over TLS are open"));
            return;
        }
        closeWith(call, channel);
        tls.shake(channel, call)
                .whenCompleteAsync(
                        (value, failure) -> {
                            if (failure != null) {
                                channel.close();
                                call.fail(unwrapped(failure));
                            } else if (call.over()) {
                                channel.close();
                            } else {
                                ready(call, channel);
                            }
                        },
                        loop);
    }

    /** Takes the memory of a connection over TLS until it is closed; idle ones of the same tenant give way to it. */
    private boolean takeMemory(String tenantId, Channel channel) {
        boolean taken = memory.take(tenantId, CallMemory.TLS);
        if (!taken) {
            pool.closeIdleOf(tenantId);
            taken = memory.take(tenantId, CallMemory.TLS);
        }
        if (taken) {
            channel.closeFuture().addListener(closed -> memory.release(tenantId, CallMemory.TLS));
        }
        return taken;
    }

    /** Has a connection that is not ready closed when its call ends. */
    private static void closeWith(Underway call, Channel channel) {
        call.done.whenComplete((value, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
    }

    private void ready(Underway call, Channel channel) {
        HeadBound bound = new HeadBound();
        AnswerDecoder decoder = new AnswerDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(HeadBound.MOST_BYTES)
                .setMaxChunkSize(LONGEST_LINE)
                .setInitialBufferSize(256)
                .setHeadersFactory(Hosts.HEADERS)
                .setTrailersFactory(Hosts.HEADERS));
        Connection connection = new Connection(channel, call.route, call.caller.tenantId(), pool, bound, decoder);
        channel.pipeline().remove(Unready.class);
        channel.pipeline()
                .addLast(bound)
                .addLast(decoder)
                .addLast(new HttpRequestEncoder())
                .addLast(connection);
        connection.send(call);
    }
}
