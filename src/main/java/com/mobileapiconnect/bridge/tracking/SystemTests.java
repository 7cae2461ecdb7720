package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.destination.Target;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Tests that ask a target's system and write nothing to it; implemented by the package that runs such connectors. */
public interface SystemTests {

    /**
     * Returns the test of a target; empty if all that its connector can do is to send a sample. The test may wait, and
     * may throw what the network throws.
     *
     * @param deadlineNanos its end, on the clock of {@link System#nanoTime}
     */
    Optional<Callable<Findings>> of(Target target, long deadlineNanos);
}
