package com.mobileapiconnect.bridge.stats;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.support.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What writing outcomes costs the writer, with what they count, and what adding that up costs afterwards. */
final class Outcomes {

    private static final int ROUND = 5_000;
    private static final int ROUNDS = 6;

    private Outcomes() {}

    private static List<Ended> round(StoredDeliveries stored, int targets, Random random) {
        List<Ended> ended = new ArrayList<>();
        for (int i = 0; i < ROUND; i++) {
            Target target = StoredDeliveries.target("con_" + i % targets, false);
            Delivery delivery = stored.delivery("91987" + i, "dev_1", target.id());
            Attempt attempt = new Attempt(delivery, target, StoredDeliveries.NOW, 0);
            Outcome outcome = new Outcome.Delivered(Outcome.Evidence.ok(200, "{\"ok\":true}"));
            ended.add(Ended.of(attempt, outcome, StoredDeliveries.NOW, 5, random));
        }
        return ended;
    }

    private static void settle(StoredDeliveries stored, List<Ended> ended, int atOnce, Random random) {
        for (int i = 0; i < ended.size(); i += atOnce) {
            List<Ended> batch = ended.subList(i, Math.min(ended.size(), i + atOnce));
            Instant at = StoredDeliveries.NOW.plusMillis((long) Math.exp(random.nextDouble() * 8));
            stored.store.writeNow(tx -> stored.deliveries.settle(tx, batch, at));
        }
    }

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.stats.Outcomes sqlite 20 3}: the
     * database, how many outcomes share a unit, and the number of targets.
     */
    public static void main(String[] args) throws Exception {
        int atOnce = Integer.parseInt(args[1]);
        int targets = Integer.parseInt(args[2]);
        Path data = Files.createTempDirectory("outcomes");
        Random random = new Random(1);
        try (StoredDeliveries stored = new StoredDeliveries(Database.valueOf(args[0].toUpperCase(Locale.ROOT)), data)) {
            RollUp rollUp = new RollUp(stored.store, Clock.systemUTC(), new StatSettings(Duration.ofSeconds(5)));
            for (int round = 0; round < ROUNDS; round++) {
                List<Ended> ended = round(stored, targets, random);
                rollUp.run();
                long begun = System.nanoTime();
                settle(stored, ended, atOnce, random);
                long settled = System.nanoTime();
                rollUp.run();
                System.out.printf(
                        Locale.ROOT,
                        "%d outcomes, %d a unit, %d targets: %.1f us each, and %.2f us to add up%n",
                        ROUND,
                        atOnce,
                        targets,
                        (settled - begun) / 1e3 / ROUND,
                        (System.nanoTime() - settled) / 1e3 / ROUND);
            }
        }
        System.exit(0);
    }
}
