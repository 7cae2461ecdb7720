package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Eventually;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What came where, and whether it was right. A run is what lies between two kills, counted from 0. */
public final class Ledger {

    private static final int MOST_KEPT_FAULTS = 20;

    private final Map<String, Destination> destinations = new HashMap<>();
    private final Map<String, Map<String, String>> deliveryOfMessage = new HashMap<>();
    /** The run in which a delivery was last answered 200. */
    private final Map<String, Integer> answered = new HashMap<>();

    private final Map<String, String> targetOfDelivery = new HashMap<>();
    private final Map<String, Integer> inOrderUpTo = new HashMap<>();
    private final List<Set<String>> repeatable = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> acknowledged = new HashSet<>();
    private long calls;
    private long repeats;
    private long inversions;

    Ledger(List<Destination> destinations) {
        destinations.forEach(destination -> this.destinations.put(destination.path(), destination));
    }

    synchronized void acknowledged(String messageId) {
        acknowledged.add(messageId);
    }

    /** A call as it arrives. */
    synchronized void arrived(String target, String messageId, String deliveryId, String sender, int number) {
        calls++;
        String first = deliveryOfMessage
                .computeIfAbsent(target, t -> new HashMap<>())
                .computeIfAbsent(messageId, m -> deliveryId);
        if (!first.equals(deliveryId)) {
            fault(messageId + " came to " + target + " as " + first + " and as " + deliveryId);
        }
        // One sender's messages are numbered from 1, each sent when the one before was acknowledged.
        if (isOrdered(target) && number > inOrderUpTo.getOrDefault(sender, 0) + 1) {
            inversions++;
            fault("Number " + number + " of " + sender + " came before " + (inOrderUpTo.getOrDefault(sender, 0) + 1));
        }
    }

    /** Its answer is 200. */
    synchronized void answeredWell(int run, String target, String deliveryId, String sender, int number) {
        targetOfDelivery.put(deliveryId, target);
        if (isOrdered(target)) {
            inOrderUpTo.merge(sender, number, Math::max);
        }
        Integer before = answered.put(deliveryId, run);
        if (before == null) {
            return;
        }
        repeats++;
        if (before >= repeatable.size() || !repeatable.get(before).contains(deliveryId)) {
            fault(deliveryId + " was answered 200 in run " + before + " and, though nothing had been lost of that,"
                    + " sent again in run " + run);
        }
    }

    /** After the kill of a run: what the store has as unfinished may come again, if the lanes kept to their bound. */
    synchronized Map<String, Integer> killed(int run, Set<String> unfinished) {
        Set<String> unwritten = new HashSet<>();
        Map<String, Integer> perTarget = new TreeMap<>();
        answered.forEach((delivery, when) -> {
            if (when == run && unfinished.contains(delivery)) {
                unwritten.add(delivery);
                perTarget.merge(targetOfDelivery.get(delivery), 1, Integer::sum);
            }
        });
        repeatable.add(unwritten);
        perTarget.forEach((target, count) -> {
            if (count > bound(target)) {
                fault("Run " + run + " left " + count + " answers of " + target + " unwritten, over " + bound(target));
            }
        });
        return perTarget;
    }

    /** Calls under way, and eight times as many answers that are not written yet. */
    private int bound(String target) {
        Destination destination = destinations.get(target);
        return destination == null ? 0 : 9 * destination.concurrency();
    }

    private boolean isOrdered(String target) {
        Destination destination = destinations.get(target);
        return destination != null && destination.ordered();
    }

    private void fault(String what) {
        if (faults.size() < MOST_KEPT_FAULTS) {
            faults.add(what);
        }
    }

    synchronized int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Waits until phones have been told of so many messages in all. */
    void awaitAcknowledged(int messages) {
        Eventually.within(600, () -> assertThat(acknowledgedCount()).isGreaterThanOrEqualTo(messages));
    }

    synchronized Set<String> acknowledgedIds() {
        return Set.copyOf(acknowledged);
    }

    /** Acknowledged messages that a target has never answered 200 to, over all targets. */
    synchronized List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String target : destinations.keySet()) {
            Map<String, String> deliveries = deliveryOfMessage.getOrDefault(target, Map.of());
            for (String message : acknowledged) {
                String delivery = deliveries.get(message);
                if (delivery == null || !answered.containsKey(delivery)) {
                    missing.add(message + " at " + target);
                }
            }
        }
        return missing;
    }

    public record Totals(
            int acknowledged, long calls, long repeats, long repeatable, long inversions, List<String> faults) {}

    synchronized Totals totals() {
        long allowed = repeatable.stream().mapToLong(Set::size).sum();
        return new Totals(acknowledged.size(), calls, repeats, allowed, inversions, List.copyOf(faults));
    }
}
