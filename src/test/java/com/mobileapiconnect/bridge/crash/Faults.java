package com.mobileapiconnect.bridge.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * In the bridge's process: at the chosen point, the n-th time, the thread stops and the suite is asked for a SIGKILL.
 * The thread never goes on, so the state at the kill is exactly that point's.
 */
final class Faults {

    private static final @Nullable FaultPoint CHOSEN = chosen();
    private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger("crash.nth", 1));
    private static final int LONGEST_COMMIT_MICROS = 1_500;

    private Faults() {}

    private static @Nullable FaultPoint chosen() {
        String name = System.getProperty("crash.point");
        return name == null ? null : FaultPoint.valueOf(name);
    }

    /** Only at the chosen point does it not return. */
    static void at(FaultPoint point) {
        if (point == CHOSEN && LEFT.decrementAndGet() == 0) {
            die();
        }
    }

    /** The kill comes a moment later, while this thread is at work. */
    static void soon(FaultPoint point) {
        if (point == CHOSEN && LEFT.decrementAndGet() == 0) {
            long micros = ThreadLocalRandom.current().nextInt(LONGEST_COMMIT_MICROS);
            Thread killer = new Thread(() -> {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
                die();
            });
            killer.setDaemon(true);
            killer.start();
        }
    }

    private static void die() {
        try (Socket suite = new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger("crash.port"))) {
            suite.getOutputStream().write(1);
            while (true) {
                LockSupport.park();
            }
        } catch (IOException e) {
            throw new IllegalStateException("The suite that should kill this process is gone", e);
        }
    }
}
