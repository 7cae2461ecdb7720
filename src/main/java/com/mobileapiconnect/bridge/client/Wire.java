package com.mobileapiconnect.bridge.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A loop with its connections, which only the loop touches. */
final class Wire {

    private static final long IDLE_SECONDS = 15;
    private static final int LARGEST_READ = 16 << 10;
    /** Pages of 8 KiB in chunks of 256 KiB, of which one loop needs few. */
    private static final int CHUNK_ORDER = 5;

    private final EventLoop loop;
    private final Pool pool;
    private final Connector connector;
    private final ScheduledFuture<?> tidying;

    Wire(EventLoop loop, Pool pool, Tls tls, CallMemory memory, @Nullable Proxy proxy) {
        this.loop = loop;
        this.pool = pool;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // each call has its own deadline
                .option(ChannelOption.ALLOCATOR, new PooledByteBufAllocator(true, 0, 1, 8 << 10, CHUNK_ORDER))
                .option(ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2 << 10, LARGEST_READ))
                .handler(new Unready());
        this.connector = new Connector(loop, bootstrap, pool, tls, memory, proxy);
        this.tidying = loop.scheduleWithFixedDelay(
                () -> pool.closeIdle(TimeUnit.SECONDS.toNanos(IDLE_SECONDS)),
                IDLE_SECONDS,
                IDLE_SECONDS,
                TimeUnit.SECONDS);
    }

    /**
     * Begins a call, at once if this thread is the loop.
     *
     * @throws RejectedExecutionException when the loop has ended
     */
    void begin(Underway call) {
        if (loop.inEventLoop()) {
            beginHere(call);
        } else {
            loop.execute(() -> beginHere(call));
        }
    }

    private void beginHere(Underway call) {
        if (call.over()) {
            return;
        }
        Connection connection = pool.take(call.route);
        if (connection != null) {
            call.endInTime(loop);
            connection.send(call);
        } else {
            connector.connect(call);
        }
    }

    /** Closes all connections that no call is using, at once. */
    void closeIdle() {
        run(() -> pool.closeIdle(0));
    }

    void close() {
        tidying.cancel(false);
        closeIdle();
    }

    void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closing) {
            // and all connections with it
        }
    }
}
