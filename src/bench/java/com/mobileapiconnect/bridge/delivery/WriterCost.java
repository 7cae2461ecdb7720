package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.support.Database;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a message to three targets costs the writer: itself, its deliveries, their outcomes and attempts. Only the writer's
 * thread is counted, by the processor's counters where {@code perf} may read them. A unit has the messages of one group
 * and the outcomes of the one before, and a commit of its own.
 */
final class WriterCost {

    private static final int TARGETS = 3;

    private final StoredDeliveries stored;
    private final List<Target> targets = new ArrayList<>();
    private final Random random = new Random(1);
    private List<Delivery> underWay = List.of();
    private long captures;

    private WriterCost(StoredDeliveries stored) {
        this.stored = stored;
        for (int i = 0; i < TARGETS; i++) {
            Target target = StoredDeliveries.target("con_" + i + "0123456789abcdefghjkmnp", false);
            stored.put(target);
            targets.add(target);
        }
    }

    private void run(int messages, int group) {
        for (int done = 0; done < messages; done += group) {
            List<InboundMessage> captured =
                    Stream.generate(this::capture).limit(group).toList();
            Instant now = StoredDeliveries.NOW.plusMillis(captures);
            List<Ended> ended = underWay.stream().map(each -> ended(each, now)).toList();
            underWay = stored.store
                    .writeKnowing("ten_1", tx -> unit(tx, captured, ended, now))
                    .join();
        }
    }

    private List<Delivery> unit(Transaction tx, List<InboundMessage> captured, List<Ended> ended, Instant now)
            throws SQLException {
        List<Planning> made = new ArrayList<>();
        for (InboundMessage message : captured) {
            StoredMessage captive = new StoredMessage(0, message, "Acme", now, null);
            Planning planning = stored.deliveries.plan(targets.stream()
                    .map(target -> Delivery.mirror(captive, target.id(), null))
                    .toList());
            StoredMessage accepted =
                    MessageRows.insert(tx, message, MessageRows.Judgement.NONE, "Acme", now, planning.text());
            if (accepted != null) {
                made.add(planning.of(accepted));
            }
        }
        List<Delivery> due = stored.deliveries.accept(tx, made);
        if (!ended.isEmpty()) {
            stored.deliveries.settle(tx, ended, now);
        }
        return due;
    }

    private Ended ended(Delivery delivery, Instant now) {
        Target target = targets.stream()
                .filter(each -> each.id().equals(delivery.targetId()))
                .findFirst()
                .orElseThrow();
        Outcome outcome = new Outcome.Delivered(Outcome.Evidence.ok(200, "{\"ok\":true}"));
        return Ended.of(new Attempt(delivery, target, now, 0), outcome, now, 5, random);
    }

    private InboundMessage capture() {
        captures++;
        String from = "+9198" + (10_000_000 + random.nextInt(1_000_000));
        String text = "Please send our balance and the list of open invoices " + captures;
        String phoneId = "p" + captures;
        String id = MessageId.of("dev_1", phoneId, from, text);
        String to = "+91123450000" + captures % TARGETS;
        return new InboundMessage(
                id,
                "ten_0123456789abcdefghjkmnpqrs",
                "dev_1",
                phoneId,
                from,
                to,
                text,
                null,
                null,
                StoredDeliveries.NOW,
                Flags.NONE);
    }

    /** The writer's thread, by its name. */
    private static Path writer() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).strip().equals("store-writer")) {
                    return task;
                }
            }
        }
        throw new IllegalStateException("No thread store-writer");
    }

    private static long written(Path task) throws IOException {
        return Files.readAllLines(task.resolve("io")).stream()
                .filter(line -> line.startsWith("wchar:"))
                .mapToLong(line -> Long.parseLong(line.substring(7)))
                .sum();
    }

    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getAllThreadIds())
                .filter(id -> threads.getThreadInfo(id) != null
                        && threads.getThreadInfo(id).getThreadName().startsWith("store-writer"))
                .map(threads::getThreadCpuTime)
                .sum();
    }

    private void measure(int messages, int group) throws IOException, InterruptedException {
        Path task = writer();
        Process perf = new ProcessBuilder(
                        "perf",
                        "stat",
                        "-x",
                        ",",
                        "-e",
                        "instructions,cycles",
                        "-t",
                        task.getFileName().toString())
                .redirectErrorStream(true)
                .start();
        perf.waitFor(500, TimeUnit.MILLISECONDS); // until it counts
        long cpu = cpuNanos();
        long bytes = written(task);
        run(messages, group);
        cpu = cpuNanos() - cpu;
        bytes = written(task) - bytes;
        new ProcessBuilder("kill", "-INT", Long.toString(perf.pid())).start().waitFor();
        String counted = new String(perf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder line = new StringBuilder();
        for (String row : counted.split("\n")) {
            String[] cells = row.split(",");
            if (cells.length > 2 && cells[0].matches("\\d+")) {
                line.append(
                        String.format(Locale.ROOT, "%s %.0fk, ", cells[2], Long.parseLong(cells[0]) / 1e3 / messages));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "groups of %d: %sprocessor %.0f us, written %.1f KB a message%n",
                group,
                line,
                cpu / 1e3 / messages,
                bytes / 1e3 / messages);
    }

    /**
     * {@code java -Xbatch -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.delivery.WriterCost sqlite
     * 30000}: the database, and the number of messages that are there before and that each measurement adds.
     */
    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory("writer-cost");
        int messages = Integer.parseInt(args[1]);
        try (StoredDeliveries stored = new StoredDeliveries(Database.valueOf(args[0].toUpperCase(Locale.ROOT)), data)) {
            WriterCost cost = new WriterCost(stored);
            cost.run(messages, 100);
            for (int group : new int[] {50, 10, 1}) {
                cost.measure(group == 1 ? messages / 10 : messages, group);
            }
        }
        System.exit(0);
    }
}
