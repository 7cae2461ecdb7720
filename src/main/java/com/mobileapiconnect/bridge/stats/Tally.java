package com.mobileapiconnect.bridge.stats;

import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Counts a unit of work, and is written with the unit, one short row for each tenant. The rows are added to the counts of
 * their hour a few seconds later: so an outcome is counted exactly if it is kept, whatever is cut in between, and the unit
 * does not wait for the sums.
 *
 * <p>The text of a row has a line for each target: its id, then {@code f} for a failed delivery, {@code s} for a skipped
 * one, or the number of a bucket of {@link Latencies} for a delivered one; {@code f*3} are three. A line without an id is
 * the tenant's own: {@code r*5} are five messages received.
 */
public final class Tally {

    private static final String INSERT = "insert into tally (tenant_id, hour, counts) values (?, ?, ?)";
    static final String TENANT = "";
    static final long HOUR_MILLIS = 3_600_000;

    private final long hour;
    private final Map<String, Map<String, StringBuilder>> byTenant = new HashMap<>(4);

    public Tally(Instant now) {
        this(now.toEpochMilli() / HOUR_MILLIS);
    }

    /** @param hour since 1970 */
    Tally(long hour) {
        this.hour = hour;
    }

    /** @param millis since it was last asked for */
    public void delivered(String tenantId, String targetId, long millis) {
        line(tenantId, targetId).append(' ').append(Latencies.bucket(millis));
    }

    public void failed(String tenantId, String targetId, long count) {
        line(tenantId, targetId).append(" f*").append(count);
    }

    public void skipped(String tenantId, String targetId) {
        line(tenantId, targetId).append(" s");
    }

    void received(String tenantId, long count) {
        line(tenantId, TENANT).append(" r*").append(count);
    }

    private StringBuilder line(String tenantId, String targetId) {
        return byTenant.computeIfAbsent(tenantId, id -> new HashMap<>(4))
                .computeIfAbsent(targetId, id -> new StringBuilder(48).append(id));
    }

    public void write(Transaction tx) throws SQLException {
        if (byTenant.isEmpty()) {
            return;
        }
        PreparedStatement insert = tx.prepared(INSERT);
        for (Map.Entry<String, Map<String, StringBuilder>> tenant : byTenant.entrySet()) {
            insert.setString(1, tenant.getKey());
            insert.setLong(2, hour);
            insert.setString(3, String.join("\n", tenant.getValue().values()));
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** Adds the text of a row to the sums of targets, and to those of the tenant. */
    static void read(String text, Function<String, Counts> sums) {
        Counts all = sums.apply(TENANT);
        for (String line : text.split("\n")) {
            String[] parts = line.split(" ");
            for (int i = 1; i < parts.length; i++) {
                add(parts[i], all);
                if (!parts[0].equals(TENANT)) {
                    add(parts[i], sums.apply(parts[0]));
                }
            }
        }
    }

    private static void add(String code, Counts counts) {
        int star = code.indexOf('*');
        long count = star < 0 ? 1 : Long.parseLong(code.substring(star + 1));
        switch (code.charAt(0)) {
            case 'r' -> counts.addReceived(count);
            case 'f' -> counts.addFailed(count);
            case 's' -> counts.addSkipped(count);
            default -> counts.latencies().add(Integer.parseInt(code), count);
        }
    }
}
