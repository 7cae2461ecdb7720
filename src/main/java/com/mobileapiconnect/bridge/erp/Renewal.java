package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a system gives and wants to see again with each call: a session, or a token with its cookies. Another one is
 * fetched by one call for all that wait. A refusal is the answer to those that wait and to those that follow for a while,
 * because repeated wrong passwords lock accounts.
 *
 * @param <T> what the system gives
 */
public final class Renewal<T> {

    /** The time for which a refused login is the answer to further calls: until its connection is disabled by it. */
    private static final Duration REFUSED = Duration.ofSeconds(5);

    private static final int UNAUTHORIZED = 401;

    private final ReentrantLock renewing = new ReentrantLock(true);
    private volatile T held;
    /** The latest refusal; guarded by the lock. */
    private @Nullable HttpResult refusal;

    private long refusedAt;
    private Duration kept = Duration.ZERO;

    /** @param none what is held before the first one */
    public Renewal(T none) {
        this.held = none;
    }

    /** A way to another one. */
    public interface Way<T> {

        HttpResult ask();

        /** Returns what a good answer gives; null if it gives nothing. */
        @Nullable T read(Answered answer);

        /** Returns what becomes of calls when a good answer gives nothing. */
        HttpResult nothing(Answered answer);

        /** Returns how long a refusal is the answer to further calls, if it is not a refused login. */
        default Duration keeps(Answered refusal) {
            return Duration.ZERO;
        }
    }

    public T now() {
        return held;
    }

    /** Gets another one in place of that one, unless somebody else has done so. Returns null if there is one now. */
    public @Nullable HttpResult renew(T stale, long deadlineNanos, Way<T> way) {
        long began = System.nanoTime();
        try {
            if (!renewing.tryLock(Math.max(0, deadlineNanos - began), TimeUnit.NANOSECONDS)) {
                return later("Another call fetches what the service asks for, and takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return later("Interrupted while waiting for a session");
        }
        try {
            if (held != stale) {
                return null;
            } else if (refusal != null && began - refusedAt < kept.toNanos()) {
                return refusal; // one wrong password is enough
            }
            HttpResult result = way.ask();
            return result instanceof Answered answer ? take(answer, way) : result;
        } finally {
            renewing.unlock();
        }
    }

    private @Nullable HttpResult take(Answered answer, Way<T> way) {
        T given = answer.isGood() ? way.read(answer) : null;
        if (given != null) {
            held = given;
            return null;
        }
        HttpResult refused = answer.isGood() ? way.nothing(answer) : answer;
        boolean isLogin = answer.status() == UNAUTHORIZED || (refused instanceof Failed failed && failed.login());
        Duration keeps = isLogin ? REFUSED : way.keeps(answer);
        if (!keeps.isZero()) {
            refusal = refused;
            refusedAt = System.nanoTime();
            kept = keeps;
        }
        return refused;
    }

    /** Returns a result for calls that were not made, to be tried again. */
    public static Failed later(String why) {
        return new Failed(new Outcome.Retry(Evidence.failure(ErrorClass.HTTP, why), null));
    }
}
