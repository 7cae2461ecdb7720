package com.mobileapiconnect.bridge.stats;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Sums of what happened: messages received, and deliveries by how they ended. */
public final class Counts {

    private long received;
    private long failed;
    private long skipped;
    private final Latencies latencies = new Latencies();

    void addReceived(long count) {
        received += count;
    }

    void addFailed(long count) {
        failed += count;
    }

    void addSkipped(long count) {
        skipped += count;
    }

    /** Adds a row of {@code hourly}. */
    Counts add(ResultSet row) throws SQLException {
        received += row.getLong("received");
        failed += row.getLong("failed");
        skipped += row.getLong("skipped");
        latencies.add(row.getString("latencies"));
        return this;
    }

    public Counts add(Counts more) {
        received += more.received;
        failed += more.failed;
        skipped += more.skipped;
        latencies.add(more.latencies);
        return this;
    }

    public long received() {
        return received;
    }

    public long delivered() {
        return latencies.total();
    }

    public long failed() {
        return failed;
    }

    public long skipped() {
        return skipped;
    }

    /** Returns how long deliveries took that were delivered, since they were last asked for. */
    public Latencies latencies() {
        return latencies;
    }

    public boolean isNothing() {
        return received + failed + skipped + delivered() == 0;
    }
}
