package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.fault.Fault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The things that a system of one kind has said of itself, for each connection: asked by the first call for all that wait,
 * and again when they are old or the connection changes. A wrong password is tried once, as the question is the login.
 *
 * @param <T> what the system says; never changed
 */
public final class Learned<T> {

    /** The time after which a system is asked again: it may have been upgraded. */
    private static final long GOOD_FOR_NANOS = TimeUnit.MINUTES.toNanos(15);
    /** The time for which a refused login is the answer to further calls: until its connection is disabled by it. */
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ByConnection<Target.Reach, Held<T>> byTarget;

    public Learned(Targets targets) {
        this.byTarget = new ByConnection<>(targets, reach -> new Held<>());
    }

    /** A question to the system, by a call that writes nothing. */
    public interface Question<T> {
        T ask() throws NoAnswerException;
    }

    /** Returns what the system of a target says, asked now or not long ago. */
    public T of(Target target, long deadlineNanos, Question<T> question) throws NoAnswerException {
        return byTarget.of(target, target.reach()).get(deadlineNanos, question);
    }

    /** Returns what the system has said, without asking; null if it was not asked. */
    public @Nullable T known(Target target) {
        Held<T> held = byTarget.known(target, target.reach());
        return held == null ? null : held.known();
    }

    /** Has the system asked again by the next call: it does not behave as it said. */
    public void forget(Target target) {
        Held<T> held = byTarget.known(target, target.reach());
        if (held != null) {
            held.forget();
        }
    }

    private static final class Held<T> {

        private final ReentrantLock asking = new ReentrantLock(true);
        private volatile @Nullable Answer<T> answer;
        /** The latest refusal of the login, and when it came; guarded by the lock. */
        private @Nullable NoAnswerException refusal;

        private long refusedAt;

        private record Answer<T>(T said, long at) {}

        void forget() {
            answer = null;
        }

        @Nullable T known() {
            Answer<T> now = answer;
            return now == null || System.nanoTime() - now.at() > GOOD_FOR_NANOS ? null : now.said();
        }

        T get(long deadlineNanos, Question<T> question) throws NoAnswerException {
            T known = known();
            if (known != null) {
                return known;
            }
            long began = System.nanoTime();
            try {
                if (!asking.tryLock(Math.max(0, deadlineNanos - began), TimeUnit.NANOSECONDS)) {
                    throw waited("Another call had to ask the system first, and took too long");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw waited("Interrupted while another call asked the system first");
            }
            try {
                return getAlone(began, question);
            } finally {
                asking.unlock();
            }
        }

        private T getAlone(long began, Question<T> question) throws NoAnswerException {
            T known = known();
            if (known != null) {
                return known;
            } else if (refusal != null && began - refusedAt < REFUSAL_NANOS) {
                throw refusal; // one wrong password is enough
            }
            try {
                T said = question.ask();
                answer = new Answer<>(said, System.nanoTime());
                return said;
            } catch (NoAnswerException e) {
                if (e.outcome() instanceof Outcome.LoginRefused) {
                    refusal = e;
                    refusedAt = System.nanoTime();
                }
                throw e;
            }
        }

        /** Tells that nothing was sent, so that nothing can have arrived. */
        private static NoAnswerException waited(String why) {
            return new NoAnswerException(
                    new Outcome.Retry(Evidence.failure(ErrorClass.CONNECT, why), null),
                    Fault.answer("The system", "nothing yet. " + why));
        }
    }
}
