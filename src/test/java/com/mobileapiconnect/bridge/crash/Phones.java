package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Phones as they are: each sends what it captured, in order, again and again until it has the 202, with a number that
 * counts up as the text.
 */
final class Phones implements AutoCloseable {

    private final Ledger ledger;
    private final long pauseMillis;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean more = true;

    Phones(Ledger ledger, long pauseMillis) {
        this.ledger = ledger;
        this.pauseMillis = pauseMillis;
    }

    void add(Api phone) {
        String sender = "91987654" + (1000 + threads.size());
        Thread thread = new Thread(() -> send(phone, sender), "phone " + sender);
        threads.add(thread);
        thread.start();
    }

    private void send(Api phone, String sender) {
        try {
            for (int number = 1; more; number++) {
                String capture = "{\"id\":\"%1$s-%2$d\",\"from\":\"%1$s\",\"text\":\"%2$d\"}".formatted(sender, number);
                String id = null;
                while (id == null) {
                    id = once(phone, capture);
                    TimeUnit.MILLISECONDS.sleep(pauseMillis);
                }
                ledger.acknowledged(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @org.jspecify.annotations.Nullable String once(Api phone, String capture)
            throws InterruptedException {
        try {
            Api.Reply reply = phone.post("/v1/inbound", capture);
            if (reply.status() == 202) {
                return reply.at("/messages/0/id");
            }
        } catch (RuntimeException down) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return null;
    }

    /** Each gets its last one acknowledged before it stops. */
    void finish() throws InterruptedException {
        more = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        more = false;
        threads.forEach(Thread::interrupt);
    }
}
