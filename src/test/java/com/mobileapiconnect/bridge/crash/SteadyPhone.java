package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.Api;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Sends a message every few milliseconds, through kills and starts, until it is told to end. */
final class SteadyPhone {

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Api phone;
    private final Thread thread = new Thread(this::send, "phone");
    private volatile boolean ends;

    private SteadyPhone(Api phone) {
        this.phone = phone;
    }

    static SteadyPhone start(Api phone) {
        SteadyPhone started = new SteadyPhone(phone);
        started.thread.start();
        return started;
    }

    /** Returns the ids of the messages that were acknowledged so far. */
    Queue<String> acknowledged() {
        return acknowledged;
    }

    /** Returns when the last message is answered. */
    void end() throws InterruptedException {
        ends = true;
        thread.join();
    }

    private void send() {
        for (int i = 0; !ends; i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(10); // while the bridge is down, too: its start needs the processor
                Api.Reply reply = phone.post(
                        "/v1/inbound", "{\"id\":\"%d\",\"from\":\"919876543210\",\"text\":\"%d\"}".formatted(i, i));
                if (reply.status() == 202) {
                    acknowledged.add(reply.at("/messages/0/id"));
                }
            } catch (RuntimeException down) {
                // the phone would keep it
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
