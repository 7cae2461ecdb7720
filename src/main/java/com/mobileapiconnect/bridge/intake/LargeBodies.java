package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets large bodies be parsed a few at a time: each takes several times its bytes for as long as it is parsed, which is
 * milliseconds. Small ones, nearly all, pass at once.
 */
@Component
class LargeBodies {

    private static final int LARGE = 64 << 10;
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** Parses a body; throws a 503 {@link Problem} if too many others wait for the same. */
    <T> T parse(byte[] body, Supplier<T> parsing) {
        if (body.length <= LARGE) {
            return parsing.get();
        }
        begin();
        try {
            return parsing.get();
        } finally {
            turns.release();
        }
    }

    private void begin() {
        try {
            if (turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.unavailable("Many large requests are being read at the moment; keep it and try again.");
    }
}
