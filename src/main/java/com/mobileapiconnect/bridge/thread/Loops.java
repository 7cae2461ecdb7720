package com.mobileapiconnect.bridge.thread;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that carry HTTP calls from their route to their outcome, called loops. A loop serves thousands of calls,
 * so nothing on it may wait. A call that begins and ends on its loop wakes no other thread.
 */
public final class Loops implements AutoCloseable {

    static {
        // Java 24 and later print a warning of what the library would use otherwise.
        if (Runtime.version().feature() >= 24 && System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
    }

    /** A loop makes over 10,000 calls a second; the other processors are for phones and the store. */
    private static final int PROCESSORS_PER_LOOP = 4;

    private final NioEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();

    public Loops() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_PER_LOOP));
    }

    Loops(int number) {
        this.group = new NioEventLoopGroup(number, new DefaultThreadFactory("calls", true));
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
    }

    public List<EventLoop> all() {
        return List.copyOf(loops);
    }

    /** Returns the loop of this key, always the same. */
    public EventLoop of(Object key) {
        return loops.get(Math.floorMod(key.hashCode(), loops.size()));
    }

    /** Returns the loop that this thread is; null for any other thread. */
    public @Nullable EventLoop current() {
        for (EventLoop loop : loops) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return null;
    }

    /** Ends the loops, and all connections with them. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
