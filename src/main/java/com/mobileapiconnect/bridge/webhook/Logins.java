package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows of the logins of targets whether the credentials that they have now are good. */
@Component
class Logins {

    private final Map<String, Login> byTarget = new ConcurrentHashMap<>();

    Logins(Targets targets) {
        targets.watch((before, now) -> {
            if (before != null && now == null) {
                byTarget.remove(before.id());
            }
        });
    }

    /** Returns the login of a target with these credentials; others are another login. */
    Login of(Target target, Object credentials) {
        Login login = byTarget.get(target.id());
        if (login != null && login.credentials.equals(credentials)) {
            return login;
        }
        return byTarget.compute(
                target.id(),
                (id, old) -> old != null && old.credentials.equals(credentials) ? old : new Login(credentials));
    }

    /** The login with certain credentials. */
    static final class Login {

        private static final int UNAUTHORIZED = 401;
        /** The time for which a refusal is the answer to further calls: until its connection is disabled by it. */
        private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

        private final Object credentials;
        private final ReentrantLock oneAtATime = new ReentrantLock(true);
        private volatile boolean good;
        /** The latest refusal, and when it came; guarded by the lock. */
        private @Nullable HttpResult refusal;

        private long refusedAt;

        Login(Object credentials) {
            this.credentials = credentials;
        }

        HttpResult call(long deadlineNanos, Supplier<HttpResult> call) {
            if (good) {
                return noted(call.get());
            }
            long began = System.nanoTime();
            try {
                if (!oneAtATime.tryLock(deadlineNanos - began, TimeUnit.NANOSECONDS)) {
                    return waited("Another call had to show first that the login is good, and took too long");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return waited("Interrupted while waiting for a login");
            }
            try {
                if (refusal != null && began - refusedAt < KEPT_NANOS) {
                    return refusal;
                }
                HttpResult result = noted(call.get());
                if (isRefusal(result)) {
                    refusal = result;
                    refusedAt = System.nanoTime();
                }
                return result;
            } finally {
                oneAtATime.unlock();
            }
        }

        private HttpResult noted(HttpResult result) {
            if (isRefusal(result)) {
                good = false;
            } else if (result instanceof HttpResult.Answered) {
                good = true;
            }
            return result;
        }

        private static boolean isRefusal(HttpResult result) {
            return result instanceof HttpResult.Answered answer
                    ? answer.status() == UNAUTHORIZED
                    : result instanceof HttpResult.Failed failed && failed.login();
        }

        private static HttpResult waited(String why) {
            return new HttpResult.Failed(new Outcome.Retry(Evidence.failure(ErrorClass.TIMEOUT, why), null));
        }
    }
}
