package com.mobileapiconnect.bridge.entry;

import com.mobileapiconnect.bridge.thread.FairThreads;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Threads on which requests go through routes with steps of integrators, while the thread of the request waits. A step may
 * do anything: a request ends with its time all the same, and what does not end keeps one of these threads and nothing else.
 */
public final class Passages implements AutoCloseable {

    private final FairThreads threads;
    private final Duration within;

    /**
     * @param name    of the threads
     * @param most    requests on their way at once; one party has a quarter of them
     * @param waiting requests of one party that may wait for their turn
     * @param within  time of a request, with the wait
     */
    public Passages(String name, int most, int waiting, Duration within, MeterRegistry metrics) {
        this.threads = new FairThreads(name, most, waiting).measuredBy(metrics);
        this.within = within;
    }

    /**
     * Returns when the exchange is through; its exception, if any, is the route's. After an exception of this method the
     * exchange must not be touched: the route may still have it.
     *
     * @param party whose turn it takes
     * @throws RejectedExecutionException if too many of the party wait; nothing was begun
     * @throws TimeoutException if it is not through in time: it is interrupted, and ends behind the step that it is in
     */
    public void process(String party, Exchange exchange, Processor route)
            throws TimeoutException, InterruptedException {
        Passage passage = new Passage(exchange, route);
        threads.execute(party, passage);
        try {
            if (passage.through.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            passage.giveUp();
            throw e;
        }
        String where = StepName.of(exchange);
        if (passage.giveUp()) {
            throw new TimeoutException("The steps of the route were not done within "
                    + within.toString().substring(2).toLowerCase(Locale.ROOT) + "; the time was up in "
                    + where);
        }
    }

    /** An exchange on its way. */
    private static final class Passage implements Runnable {

        private final Exchange exchange;
        private final Processor route;
        private final CountDownLatch through = new CountDownLatch(1);

        // guarded by this
        private @Nullable Thread thread;
        private boolean over;

        Passage(Exchange exchange, Processor route) {
            this.exchange = exchange;
            this.route = route;
        }

        @Override
        public void run() {
            if (!enter()) {
                return;
            }
            try {
                route.process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            } catch (Throwable e) {
                exchange.setException(new IllegalStateException("A step failed with " + e, e));
            } finally {
                leave();
                through.countDown();
            }
        }

        private synchronized boolean enter() {
            thread = Thread.currentThread();
            return !over;
        }

        /** Clears an interrupt, which was meant for this passage and not for what the thread does next. */
        private synchronized void leave() {
            thread = null;
            over = true;
            Thread.interrupted();
        }

        /** Returns false if it was through already. */
        private synchronized boolean giveUp() {
            if (over) {
                return false;
            }
            over = true;
            exchange.setRouteStop(true);
            if (thread != null) {
                thread.interrupt();
            }
            return true;
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
