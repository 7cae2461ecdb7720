package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kills a bridge that takes messages, damages its files as a bad disk or a bad copy would, and starts it again: the start
 * has everything that was acknowledged, or it says what is missing and ends.
 */
public final class DamageSuite implements AutoCloseable {

    private static final int PHONES = 3;
    private static final int PHONE_PAUSE_MILLIS = 3;
    private static final int FEWEST_BEFORE_A_KILL = 10;
    private static final Pattern ROWS = Pattern.compile("rows (\\d+) to (\\d+) of message \\((\\d+)\\)");
    private static final Pattern WHOLE_STORE = Pattern.compile("(\\d+) rows of message");

    private final Random random;
    private final Data.Sqlite data = new Data.Sqlite(Files.createTempDirectory("damage"));
    /** As the kill left it. */
    private final Data.Sqlite killed = new Data.Sqlite(Files.createTempDirectory("damage-killed"));

    private final Data.Sqlite damaged = new Data.Sqlite(Files.createTempDirectory("damage-done"));
    private final Launcher launcher;
    private final int port = Ports.free();
    private final Ledger ledger = new Ledger(List.of());
    private final Phones phones = new Phones(ledger, PHONE_PAUSE_MILLIS);
    private final Map<String, Integer> ends = new TreeMap<>();
    /** Ends after which the loss was accepted once. */
    private final Set<String> accepted = new TreeSet<>();

    private final Set<String> undone = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private int missing;

    private DamageSuite(long seed) throws IOException {
        this.random = new Random(seed);
        this.launcher = new Launcher(Files.createTempDirectory("crash-no-migrations"));
    }

    /**
     * What a run has shown.
     *
     * @param ends         how often each damage came to which end
     * @param missing      messages that starts have said to be missing
     * @param acknowledged messages of all phones
     * @param faults       what must not be
     */
    public record Report(Map<String, Integer> ends, int missing, int acknowledged, List<String> faults) {

        public String text() {
            StringBuilder text = new StringBuilder();
            ends.forEach((end, count) -> text.append("%-60s %d%n".formatted(end, count)));
            text.append("acknowledged %d, said to be missing %d%n".formatted(acknowledged, missing));
            faults.forEach(fault -> text.append("FAULT ").append(fault).append('\n'));
            return text.toString();
        }
    }

    /** Goes through the kinds of damage in turn. */
    public static Report run(int times, long seed, long minutes) throws Exception {
        try (DamageSuite suite = new DamageSuite(seed)) {
            suite.setUp();
            long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(Math.min(minutes, TimeUnit.DAYS.toMinutes(1)));
            for (int i = 0; i < times && System.nanoTime() < until; i++) {
                suite.once(i, FileDamage.values()[i % FileDamage.values().length]);
            }
            return new Report(suite.ends, suite.missing, suite.ledger.acknowledgedCount(), suite.faults);
        }
    }

    private void setUp() {
        try (BridgeProcess bridge = launch(data, port).awaitReady()) {
            for (int i = 0; i < PHONES; i++) {
                String token = bridge.tenant()
                        .post("/v1/devices", "{\"name\":\"phone\"}")
                        .expect(201)
                        .at("/token");
                phones.add(bridge.tenant().as(token));
            }
        }
    }

    private void once(int number, FileDamage damage) throws Exception {
        int before = ledger.acknowledgedCount();
        try (BridgeProcess bridge = launch(data, port).awaitReady()) {
            ledger.awaitAcknowledged(before + FEWEST_BEFORE_A_KILL);
            TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(1_500));
            bridge.kill();
        }
        TimeUnit.MILLISECONDS.sleep(50 + PHONE_PAUSE_MILLIS); // what phones have been told by now is noted
        data.copyTo(killed);
        Set<String> acknowledged = new TreeSet<>(ledger.acknowledgedIds());
        acknowledged.removeAll(undone);
        damage.to(data.directory(), random);
        data.copyTo(damaged);
        String end;
        try (BridgeProcess bridge = launch(data, port)) {
            if (bridge.becomesReady()) {
                bridge.kill();
                end = started(damage, acknowledged);
            } else {
                end = ended(damage, bridge, acknowledged);
            }
        }
        ends.merge(damage.label() + ": " + end, 1, Integer::sum);
        System.out.printf(
                "%3d  %-16s %s; %d acknowledged before%n",
                number + 1, damage.label(), end, acknowledged.size() - before);
    }

    /** Then it must have everything. */
    private String started(FileDamage damage, Set<String> acknowledged) throws Exception {
        try {
            Set<String> lost = new TreeSet<>(acknowledged);
            lost.removeAll(data.messageNumbers().keySet());
            if (lost.isEmpty() && data.integrity().equals("ok")) {
                return "starts, and has everything";
            }
            faults.add(damage.label() + ": a start said nothing; missing " + lost.size() + " of " + acknowledged.size()
                    + ", integrity " + data.integrity());
        } catch (SQLException e) {
            faults.add(damage.label() + ": a start said nothing of " + e.getMessage());
        }
        killed.copyTo(data);
        undone.addAll(ledger.acknowledgedIds()); // by a start that should not have been
        undone.removeAll(acknowledged);
        return "STARTS WITHOUT A WORD";
    }

    /** Then it must have said exactly what is missing, and changed nothing that a person could still put back. */
    private String ended(FileDamage damage, BridgeProcess bridge, Set<String> acknowledged) throws Exception {
        String output = bridge.output();
        if (bridge.awaitEnd() == 0) {
            faults.add(damage.label() + ": a start that was refused ended with status 0");
        }
        Matcher rows = ROWS.matcher(output);
        Matcher whole = WHOLE_STORE.matcher(output);
        String end;
        if (rows.find()) {
            missing(damage, acknowledged, Long.parseLong(rows.group(1)), Long.parseLong(rows.group(2)));
            end = "is refused, with the rows that are missing";
        } else if (whole.find()) {
            missing(damage, acknowledged, 1, Long.parseLong(whole.group(1)));
            end = "is refused, with all that is missing";
        } else {
            end = "is refused as damaged";
            if (!output.contains("bridge.db")) {
                faults.add(damage.label() + ": a start ended without saying why:\n" + output);
            }
        }
        if (accepted.add(end) || random.nextInt(4) == 0) {
            end += goesOnWhenTheLossIsAccepted(damage);
        }
        killed.copyTo(data);
        return end;
    }

    /** The rows that were named are those that are not there, and all that was acknowledged is among them or there. */
    private void missing(FileDamage damage, Set<String> acknowledged, long from, long to) throws Exception {
        Map<String, Long> left;
        try {
            left = damaged.messageNumbers();
        } catch (SQLException unreadable) {
            left = Map.of();
        }
        long stillThere =
                left.values().stream().filter(number -> number >= from).count();
        if (stillThere > 0) {
            faults.add("%s: rows from %d are said to be missing, and %d of them are there"
                    .formatted(damage.label(), from, stillThere));
        }
        Map<String, Long> kept = killed.messageNumbers();
        long unsaid = 0;
        for (String id : acknowledged) {
            Long number = kept.get(id);
            if (number == null) {
                faults.add(id + " was acknowledged and is not in the files of the kill");
            } else if (!left.containsKey(id) && (number < from || number > to)) {
                unsaid++;
            }
        }
        if (unsaid > 0) {
            faults.add("%s: rows %d to %d were said to be missing; of %d others nothing was said"
                    .formatted(damage.label(), from, to, unsaid));
        }
        missing += Math.toIntExact(to - from + 1);
    }

    /** On a copy, at another port: none of the phones hears of it. */
    private String goesOnWhenTheLossIsAccepted(FileDamage damage) throws Exception {
        int other = Ports.free();
        try (BridgeProcess bridge = launch(damaged, other, "--accept-loss")) {
            if (!bridge.becomesReady()) {
                if (!bridge.output().contains("bridge.db")) {
                    faults.add(
                            damage.label() + ": with --accept-loss it ended without saying why:\n" + bridge.output());
                }
                return "; with --accept-loss too";
            }
            Api tenant = bridge.tenant();
            String token = tenant.post("/v1/devices", "{\"name\":\"new\"}").at("/token");
            int status = tenant.as(token)
                    .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"after\"}")
                    .status();
            if (status != 202) {
                faults.add(damage.label() + ": with --accept-loss a message was answered " + status);
            }
            bridge.kill();
        }
        try (BridgeProcess bridge = launch(damaged, other)) {
            if (!bridge.becomesReady()) {
                faults.add(damage.label() + ": after an accepted loss it does not start:\n" + bridge.output());
            }
        }
        return "; goes on with --accept-loss";
    }

    private BridgeProcess launch(Data.Sqlite files, int onPort, String... arguments) {
        return launcher.launch(
                List.of(),
                List.of(arguments),
                files.directory(),
                Map.of(
                        "SERVER_PORT", Integer.toString(onPort),
                        "BRIDGE_BOOTSTRAP_API_KEY", RunningBridge.TENANT_KEY,
                        "BRIDGE_OPERATOR_KEY", RunningBridge.OPERATOR_KEY));
    }

    @Override
    public void close() {
        phones.close();
    }
}
