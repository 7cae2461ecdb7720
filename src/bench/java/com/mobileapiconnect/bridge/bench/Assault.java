package com.mobileapiconnect.bridge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Callers at their worst, all of one kind. Whatever they are answered, they go on until their time is over. */
abstract class Assault {

    /** What is counted where no answer came. */
    static final int NONE = 0;
    /** What is counted where no answer is waited for. */
    static final int SENT = 1;

    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(40);
    private static final long STACK_BYTES = 256 << 10;
    private static final long REST_MILLIS = 250;

    private final String name;
    private final int callers;
    private final Map<Integer, Long> answers = new TreeMap<>(); // guarded by itself

    Assault(String name, int callers) {
        this.name = name;
        this.callers = callers;
    }

    String name() {
        return name;
    }

    /** Makes what the calls need; what is refused here is harmless already. */
    void prepare() {}

    /** Lets it in again. */
    void resume() {}

    /** Has the operator stop what goes on for it after its attack, so that what it took can be compared. */
    void suspend() {}

    /** One call of this caller; returns the status of its answer. */
    abstract int call(int caller) throws Exception;

    /** Lets go of what the calls hold. */
    void release() {}

    /** Goes on until then, by {@link System#nanoTime}. */
    final void run(long untilNanos) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            Thread thread = new Thread(null, () -> loop(caller, untilNanos), name, STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, untilNanos - System.nanoTime()));
        release();
        threads.forEach(Thread::interrupt);
        long end = System.currentTimeMillis() + JOIN_MILLIS;
        for (Thread thread : threads) {
            thread.join(Math.max(1, end - System.currentTimeMillis()));
        }
    }

    private void loop(int caller, long untilNanos) {
        while (System.nanoTime() < untilNanos && !Thread.currentThread().isInterrupted()) {
            int status;
            try {
                status = call(caller);
            } catch (InterruptedException over) {
                return;
            } catch (Exception noAnswer) {
                status = NONE;
            }
            synchronized (answers) {
                answers.merge(status, 1L, Long::sum);
            }
            if (status == NONE || status >= 400) {
                rest();
            }
        }
    }

    /**
     * A little: attackers run on the processors of those they attack, and callers who are refused without cost would take
     * all of their time.
     */
    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often each status was answered since this was last asked. */
    final Map<Integer, Long> answers() {
        synchronized (answers) {
            Map<Integer, Long> taken = new TreeMap<>(answers);
            answers.clear();
            return taken;
        }
    }
}
