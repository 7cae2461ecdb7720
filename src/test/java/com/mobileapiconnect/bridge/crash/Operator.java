package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does meanwhile: pauses and resumes targets, gives them new secrets, replays what failed. After each
 * kill it looks first whether what was acknowledged is still so.
 */
final class Operator implements AutoCloseable {

    private static final int LONGEST_PAUSE_MILLIS = 1_000;
    private static final int LONGEST_REST_MILLIS = 300;
    private static final int LONGEST_REFUSAL_SECONDS = 300;
    private static final String FAILED = "{\"status\":\"failed\"}";

    private final Api tenant;
    private final Secrets secrets;
    private final List<Operated> targets = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> acknowledged = new TreeMap<>();
    private final Thread thread = new Thread(this::operate, "operator");
    private int checked;
    private long replayed;
    private volatile boolean more = true;
    /** Something may have been lost since it was last looked at. */
    private volatile boolean unsure;

    Operator(Api tenant, Secrets secrets) {
        this.tenant = tenant;
        this.secrets = secrets;
        thread.setDaemon(true);
    }

    /** A target as it was last told to be. */
    private static final class Operated {

        private final Destination destination;
        private final String url;
        private final String address;
        /** Null while the outcome of the last pause or resume is unknown. */
        private @Nullable String status = "active";
        /** Since when it may be paused; 0: it is not. */
        private long pausedAt;

        private boolean secretKnown = true;

        Operated(Destination destination, String url, String address) {
            this.destination = destination;
            this.url = url;
            this.address = address;
        }
    }

    /** Sets it up. */
    void add(Destination destination, String url) {
        String secret = Secrets.fresh();
        secrets.asked(destination.path(), secret);
        String settings = destination.settings(url, secret);
        String address;
        if (destination.isWebhook()) {
            address = "/v1/webhooks";
            tenant.put(address, settings).expect(200);
        } else {
            address = "/v1/connections/"
                    + tenant.post("/v1/connections", settings).expect(201).at("/id");
        }
        secrets.acknowledged(destination.path(), secret, false);
        targets.add(new Operated(destination, url, address));
    }

    void start() {
        thread.start();
    }

    /** Nothing runs any more of the bridge that it last talked to. */
    void killed() {
        unsure = true;
    }

    private void operate() {
        try {
            while (more) {
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(50, LONGEST_REST_MILLIS));
                try {
                    if (!unsure || check()) {
                        act();
                    }
                } catch (RuntimeException down) {
                    unsure = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when it has to be done again. */
    private boolean check() {
        unsure = false;
        for (Operated target : targets) {
            Api.Reply reply = tenant.get(target.address);
            if (reply.status() != 200) {
                unsure = true;
                return false;
            }
            String expected = target.status;
            if (expected != null) {
                checked++;
                String found = reply.at("/status");
                if (!found.equals(expected)) {
                    violations.add(target.destination.path() + " was acknowledged as " + expected + " and is " + found);
                    target.status = null; // said once
                }
            }
        }
        return !unsure;
    }

    private void act() {
        Optional<Operated> paused =
                targets.stream().filter(Operator::isPausedForLong).findFirst();
        if (paused.isPresent()) {
            resume(paused.get());
            return;
        }
        Operated target = targets.get(ThreadLocalRandom.current().nextInt(targets.size()));
        switch (ThreadLocalRandom.current().nextInt(4)) {
            case 0 -> pause(target);
            case 1 -> resume(target);
            case 2 -> newSecret(target);
            default -> replay();
        }
    }

    private static boolean isPausedForLong(Operated target) {
        return target.pausedAt != 0
                && System.nanoTime() - target.pausedAt > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS);
    }

    private boolean pause(Operated target) {
        if (target.pausedAt == 0) {
            target.pausedAt = System.nanoTime();
        }
        return change(target, "pause", "paused");
    }

    private boolean resume(Operated target) {
        boolean resumed = change(target, "resume", "active");
        if (resumed) {
            target.pausedAt = 0;
        }
        return resumed;
    }

    private boolean change(Operated target, String verb, String status) {
        target.status = null;
        if (!isDone(tenant.post(target.address + "/" + verb), verb)) {
            return false;
        }
        target.status = status;
        return true;
    }

    /**
     * The bridge makes the new secret, beside which the one before stays valid. Where nobody knows whether it made one,
     * the next is chosen here: after two of its own that nobody was told, nobody could verify a call.
     */
    private void newSecret(Operated target) {
        String path = target.destination.path();
        boolean rotated = target.secretKnown;
        String chosen = Secrets.fresh();
        if (rotated) {
            secrets.askedForAny(path);
        } else {
            secrets.asked(path, chosen);
        }
        target.secretKnown = false;
        Api.Reply reply = rotated
                ? tenant.post(target.address + "/rotate-secret")
                : tenant.put(target.address, target.destination.settings(target.url, chosen));
        if (isDone(reply, rotated ? "rotation" : "secret chosen")) {
            secrets.acknowledged(path, rotated ? reply.at("/secret") : chosen, rotated);
            target.secretKnown = true;
        }
    }

    /** False when it has to be done again: a secret that nobody was told is exchanged for one that is chosen, and that then. */
    private boolean rotate(Operated target) {
        boolean rotated = target.secretKnown;
        newSecret(target);
        return rotated && target.secretKnown;
    }

    private boolean replay() {
        Api.Reply reply = tenant.post("/v1/deliveries/replay", FAILED);
        if (!isDone(reply, "replay")) {
            return false;
        }
        replayed += reply.json().get("matched").asLong();
        return true;
    }

    private boolean isDone(Api.Reply reply, String what) {
        if (reply.status() != 200 && reply.status() != 202) {
            unsure = true;
            return false;
        }
        acknowledged.merge(what, 1, Integer::sum);
        return true;
    }

    /** The last things it does before the last kill, each of them acknowledged: by then nothing fails any more. */
    void finish() throws InterruptedException {
        more = false;
        thread.join();
        must(this::check, "The targets could not be looked at");
        for (Operated target : targets) {
            String path = target.destination.path();
            must(() -> pause(target), path + " could not be paused");
            must(() -> rotate(target), path + " could not be given a new secret");
        }
        must(this::replay, "What failed could not be replayed");
    }

    /** After it: everything is still so, and is resumed. */
    void resumeAll() throws InterruptedException {
        must(this::check, "The targets could not be looked at after the last kill");
        for (Operated target : targets) {
            must(() -> resume(target), target.destination.path() + " could not be resumed");
        }
    }

    /** Repeats it until it is done: the bridge may refuse for a while, as a replay while many others go on. */
    private void must(BooleanSupplier act, String otherwise) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_REFUSAL_SECONDS);
        while (!act.getAsBoolean()) {
            if (System.nanoTime() > until) {
                violations.add(otherwise);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LONGEST_REST_MILLIS);
        }
    }

    /**
     * @param acknowledged how many changes were, by their kind
     * @param replayed     deliveries that the replays matched
     * @param checked      how often a target's status was compared with the acknowledged one after a kill
     */
    record Totals(Map<String, Integer> acknowledged, long replayed, int checked, List<String> violations) {}

    /** Once it has finished. */
    Totals totals() {
        return new Totals(new TreeMap<>(acknowledged), replayed, checked, List.copyOf(violations));
    }

    @Override
    public void close() {
        more = false;
        thread.interrupt();
    }
}
