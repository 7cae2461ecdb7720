package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.thread.FairThreads;
import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks names up for tenants. A look-up cannot be interrupted: one that hangs keeps its thread, and its callers continue
 * without it. All callers of a tenant that ask for the same name share one look-up, and its result for a moment; tenants
 * share nothing, so that none can delay another's look-up or learn of its names.
 */
@Component
class Lookups implements DisposableBean {

    /** The tenant of names that the operator has set. */
    static final String OPERATOR = "";

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final int FORGET_SECONDS = 15;
    private static final int MOST = 64;
    private static final int MOST_NAMES_OF_ONE_TENANT = 256;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FAILURE_KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final NameService names;
    private final LongSupplier nanoTime;
    private final FairThreads threads;
    /** Wakes callers up when their time is over, and forgets what is old. */
    private final ScheduledExecutorService timer = Threads.timer("dns-deadlines");

    private final Map<String, Map<String, Lookup>> byTenant = new HashMap<>(); // guarded by this

    @Autowired
    Lookups(ObjectProvider<NameService> names, MeterRegistry metrics) {
        this(names.getIfAvailable(() -> InetAddress::getAllByName), System::nanoTime, metrics);
    }

    Lookups(NameService names, LongSupplier nanoTime, MeterRegistry metrics) {
        this.names = names;
        this.nanoTime = nanoTime;
        this.threads = new FairThreads("dns", MOST, MOST_NAMES_OF_ONE_TENANT).measuredBy(metrics);
        timer.scheduleWithFixedDelay(this::forgetOld, FORGET_SECONDS, FORGET_SECONDS, TimeUnit.SECONDS);
    }

    /** A look-up that waits, hangs or is done. */
    private static final class Lookup {

        private final CompletableFuture<InetAddress[]> result = new CompletableFuture<>();
        private volatile boolean begun;
        private volatile long begunAt;
        private volatile long keptUntil;

        /** Returns whether it has had that long. */
        boolean had(long nanos) {
            return begun && System.nanoTime() - begunAt >= nanos;
        }

        /** Describes to a caller that it waited in vain. */
        UnknownHostException late(String host, long nanos) {
            // A name is not to blame if its look-up waited for most of the time.
            return had(nanos / 2)
                    ? new UnknownHostException(host + ": the name lookup took longer than the call may")
                    : new NoTurnException(host + ": too many other name lookups are hanging");
        }

        boolean serves(long now) {
            return !result.isDone() || now - keptUntil < 0;
        }
    }

    /**
     * Returns the addresses of a name. The future fails with a {@link NoTurnException} if the tenant's other look-ups
     * kept this one from being begun in time, and with an {@link UnknownHostException} otherwise.
     *
     * @param nanos how long the caller can wait
     */
    CompletableFuture<InetAddress[]> addresses(String tenantId, String host, long nanos) {
        Lookup lookup;
        try {
            if (ADDRESS.matcher(host).matches()) {
                return CompletableFuture.completedFuture(InetAddress.getAllByName(host)); // which asks nobody
            }
            lookup = lookup(tenantId, host);
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<InetAddress[]> asked = new CompletableFuture<>();
        if (!lookup.result.isDone()) {
            Future<?> late = timer.schedule(
                    () -> asked.completeExceptionally(lookup.late(host, nanos)), nanos, TimeUnit.NANOSECONDS);
            asked.whenComplete((addresses, failure) -> late.cancel(false));
        }
        lookup.result.whenComplete((addresses, failure) -> {
            if (failure == null) {
                asked.complete(addresses);
            } else {
                asked.completeExceptionally(new UnknownHostException(host + ": the name does not resolve"));
            }
        });
        return asked;
    }

    private synchronized Lookup lookup(String tenantId, String host) throws NoTurnException {
        Map<String, Lookup> known = byTenant.computeIfAbsent(tenantId, tenant -> new LinkedHashMap<>());
        Lookup shared = known.get(host);
        if (shared != null && shared.serves(nanoTime.getAsLong())) {
            return shared;
        }
        Lookup lookup = new Lookup();
        try {
            threads.execute(tenantId, () -> run(lookup, host));
        } catch (RejectedExecutionException e) {
            throw new NoTurnException(host + ": too many other name lookups are waiting");
        }
        known.remove(host); // so that the new one is the youngest
        if (known.size() >= MOST_NAMES_OF_ONE_TENANT) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(host, lookup);
        return lookup;
    }

    private void run(Lookup lookup, String host) {
        lookup.begunAt = System.nanoTime();
        lookup.begun = true;
        try {
            InetAddress[] addresses = names.addresses(host);
            lookup.keptUntil = nanoTime.getAsLong() + KEPT_NANOS;
            lookup.result.complete(addresses);
        } catch (Throwable e) { // or its callers would wait for it for ever
            lookup.keptUntil = nanoTime.getAsLong() + FAILURE_KEPT_NANOS;
            lookup.result.completeExceptionally(e);
        }
    }

    /** Forgets results that are too old to be used. */
    synchronized void forgetOld() {
        long now = nanoTime.getAsLong();
        byTenant.values().forEach(known -> known.values().removeIf(lookup -> !lookup.serves(now)));
        byTenant.values().removeIf(Map::isEmpty);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        threads.close();
    }
}
