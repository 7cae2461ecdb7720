package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts the routes before the first request can come, and ends them after the last. */
@Component
class Pipeline implements SmartLifecycle {

    /** The server starts, and stops, 1024 phases below its graceful shutdown. */
    private static final int BEFORE_THE_SERVER = WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE - 1025;
    /** The time for each context; deliveries have been waited for before. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

    private final RouteStart start;
    private final RouteWatch watch;
    private final Deployer deployer;
    private volatile boolean running;

    Pipeline(RouteStart start, RouteWatch watch, Deployer deployer) {
        this.start = start;
        this.watch = watch;
        this.deployer = deployer;
    }

    @Override
    public void start() {
        try {
            start.run();
            watch.start();
            running = true;
        } catch (IOException e) {
            throw new IllegalStateException("The routes cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        watch.stop();
        deployer.stop(LONGEST_STOP);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_SERVER;
    }
}
