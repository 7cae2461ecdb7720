package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.tenant.AtOnce;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.thread.Workers;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tests connections whose systems can be asked without writing to them, within the target's timeout. */
@Component
class SystemTest {

    private static final Logger LOG = LoggerFactory.getLogger(SystemTest.class);
    /** The time that a test has beyond its deadline to say itself that it is over. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SystemTests tests;
    private final AtOnce atOnce;
    private final Workers workers;
    private final Clock clock;

    SystemTest(SystemTests tests, AtOnce atOnce, Workers workers, Clock clock) {
        this.tests = tests;
        this.atOnce = atOnce;
        this.workers = workers;
        this.clock = clock;
    }

    /** Begins a test; empty if the target's connector has none. */
    Optional<CompletableFuture<TestView>> begin(Target target) {
        long nanos = target.redelivery().timeout().toNanos();
        long begun = System.nanoTime();
        Instant at = WireTime.truncate(clock.instant());
        return tests.of(target, begun + nanos).map(test -> begin(target, test, nanos + GRACE_NANOS)
                .thenApply(found -> found.withoutSecrets(target))
                .thenApply(found -> TestView.of(found, at, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))));
    }

    private CompletableFuture<Findings> begin(Target target, Callable<Findings> test, long nanos) {
        AtOnce.Held place = atOnce.take(target.tenantId(), Limit.TESTS_AT_ONCE);
        try {
            return BoundedTest.begin(workers, test, place, nanos).exceptionally(e -> Findings.wrong(fault(target, e)));
        } catch (RejectedExecutionException e) {
            throw Problem.unavailable("No thread is free for a test; try again in a moment.");
        }
    }

    private static Fault fault(Target target, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String place = place(target);
        if (cause instanceof TimeoutException) {
            return Fault.timeout(place);
        }
        return Fault.of(cause, place).orElseGet(() -> {
            LOG.warn("The test of connection {} failed", target.id(), cause);
            return new Fault(
                    FaultKind.ANSWER, "The test of " + place + " failed in a way that only the operator's log says.");
        });
    }

    /** Returns the host as the tenant wrote it, otherwise the connection's name. */
    private static String place(Target target) {
        String url = target.url();
        return url == null
                ? target.name()
                : String.valueOf(URI.create(url).getRawAuthority()).replaceFirst(".*@", "");
    }
}
