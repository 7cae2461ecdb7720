package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Replaces running versions of files by newer ones while messages come: all of them or none. Each new one is whole, and
 * has begun, before the first message comes to it; each old one finishes what it has.
 */
@Component
class RouteSwap {

    private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);
    /** The time in which a caller that has just looked where to enter has entered, however busy the machine is. */
    private static final int GRACE_SECONDS = 1;
    /** Old versions that may be finishing at the same time; beyond, the newest of them is cut. */
    private static final int MOST_DRAINING = 16;

    private final RouteContexts contexts;
    private final RouteSettings settings;
    private final TimeBox timeBox = new TimeBox();
    private final ScheduledExecutorService afterGrace = Threads.timer("route-grace");
    private final Set<Cell> leaving = ConcurrentHashMap.newKeySet();
    private final ExecutorService drains = Threads.upTo(MOST_DRAINING, "route-drain");

    RouteSwap(RouteContexts contexts, RouteSettings settings) {
        this.contexts = contexts;
        this.settings = settings;
    }

    /** Makes durable what somebody is told afterwards; an exception leaves all as it was. */
    @FunctionalInterface
    interface Keep {
        void run();
    }

    /**
     * Returns the new versions, which have taken over; the old ones go by themselves. Throws a
     * {@link RouteRefusedException}, or what {@code keep} throws: then nothing has changed.
     *
     * @param errors the text that is for every route
     */
    Map<String, Cell> swap(RouteText errors, List<RouteText> texts, List<Cell> old, Keep keep) {
        Map<String, Cell> fresh = new LinkedHashMap<>();
        try {
            for (RouteText text : texts) {
                fresh.put(text.name(), boxed(text, () -> Cell.make(contexts, errors, text)));
            }
            for (Cell cell : old) {
                paused(cell);
            }
            for (Cell cell : fresh.values()) {
                boxed(cell.text(), () -> {
                    cell.begin();
                    return cell;
                });
            }
            keep.run();
        } catch (RuntimeException e) {
            fresh.values().forEach(this::giveUp); // before the old one has its ports and files again
            old.forEach(Cell::resume);
            throw e;
        }
        fresh.values().forEach(Cell::takeOver);
        old.forEach(Cell::leave);
        old.forEach(this::drain);
        return fresh;
    }

    private void giveUp(Cell cell) {
        try {
            timeBox.call("The end of " + cell.name(), settings.startWithin(), () -> {
                cell.giveUp();
                return cell;
            });
        } catch (Throwable e) {
            LOG.warn(
                    "A version of the route {} that did not start has not ended either: {}",
                    cell.name(),
                    e.getMessage());
        }
    }

    /** Returns a version that has begun and has not taken over. */
    Cell begun(RouteText errors, RouteText text) {
        Cell cell = boxed(text, () -> Cell.make(contexts, errors, text));
        try {
            return boxed(text, () -> {
                cell.begin();
                return cell;
            });
        } catch (RouteRefusedException e) {
            giveUp(cell);
            throw e;
        }
    }

    private void paused(Cell cell) {
        try {
            cell.pause(settings.drainWithin());
        } catch (Exception e) {
            throw StartFault.refusal(cell.text(), e);
        }
    }

    private <T> T boxed(RouteText text, Callable<T> work) {
        try {
            return timeBox.call("The start of " + text.name(), settings.startWithin(), work);
        } catch (Throwable e) {
            throw StartFault.refusal(text, e);
        }
    }

    /** Ends what is still finishing. */
    void stop(Duration most) {
        afterGrace.shutdownNow();
        drains.shutdownNow();
        leaving.forEach(cell -> cell.stop(most));
        try {
            if (!drains.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Versions of routes that were replaced have not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Cell old) {
        leaving.add(old);
        try {
            afterGrace.schedule(() -> leave(old), GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            old.giveUp(); // the bridge stops
        }
    }

    private void leave(Cell old) {
        try {
            drains.execute(() -> {
                old.stop(settings.drainWithin());
                leaving.remove(old);
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("{} versions of routes have not finished what they had; one more is cut", MOST_DRAINING);
            leaving.remove(old);
            timeBox.later(old::giveUp);
        }
    }
}
