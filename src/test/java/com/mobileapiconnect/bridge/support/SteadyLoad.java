package com.mobileapiconnect.bridge.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionTimeoutException;

/** A phone that sends so many messages a second, whatever else happens, and knows at the end what became of each. */
public final class SteadyLoad {

    private static final int SENDERS = 8;

    private final Api phone;
    private final Receiver receiver;
    private final String path;
    private final AtomicLong next = new AtomicLong();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS, task -> {
        Thread thread = new Thread(task, "steady-load");
        thread.setDaemon(true);
        return thread;
    });

    private SteadyLoad(Api phone, Receiver receiver, String path) {
        this.phone = phone;
        this.receiver = receiver;
        this.path = path;
    }

    /** @param path of the receiver, to which one connection sends */
    public static SteadyLoad begin(Api phone, Receiver receiver, String path, int perSecond) {
        SteadyLoad load = new SteadyLoad(phone, receiver, path);
        long every = TimeUnit.SECONDS.toMicros(SENDERS) / perSecond;
        for (int i = 0; i < SENDERS; i++) {
            load.senders.scheduleAtFixedRate(load::send, i * every / SENDERS, every, TimeUnit.MICROSECONDS);
        }
        return load;
    }

    private void send() {
        long number = next.getAndIncrement();
        try {
            Api.Reply reply = phone.post(
                    "/v1/inbound",
                    "{\"id\":\"l-%d\",\"from\":\"91987654%04d\",\"text\":\"%d\"}"
                            .formatted(number, number % 10_000, number));
            if (reply.status() == 202) {
                accepted.add(reply.at("/messages/0/id"));
            } else {
                refusals.add(reply.status() + " " + reply.text());
            }
        } catch (RuntimeException e) {
            refusals.add(e.toString());
        }
    }

    /**
     * What became of the messages.
     *
     * @param refusals answers other than 202
     * @param lost     accepted messages that did not arrive
     * @param doubled  messages that arrived more than once
     */
    public record Outcome(int accepted, List<String> refusals, List<String> lost, List<String> doubled) {

        public boolean good() {
            return accepted > 0 && refusals.isEmpty() && lost.isEmpty() && doubled.isEmpty();
        }
    }

    /** Ends the load, and waits until everything that was accepted has arrived, but no longer than this. */
    public Outcome end(int mostSeconds) throws InterruptedException {
        senders.shutdown();
        senders.awaitTermination(150, TimeUnit.SECONDS);
        try {
            Eventually.within(mostSeconds, () -> assertThat(arrived().keySet().containsAll(accepted))
                    .isTrue());
        } catch (ConditionTimeoutException missing) {
            // told by the outcome
        }
        Map<String, Integer> all = arrived();
        return new Outcome(
                accepted.size(),
                List.copyOf(refusals),
                accepted.stream().filter(id -> !all.containsKey(id)).toList(),
                all.entrySet().stream()
                        .filter(each -> each.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private Map<String, Integer> arrived() {
        Map<String, Integer> arrived = new HashMap<>();
        receiver.requests(path).forEach(got -> arrived.merge(got.header("X-MAC-Message"), 1, Integer::sum));
        return arrived;
    }
}
