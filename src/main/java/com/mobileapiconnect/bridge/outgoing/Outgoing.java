package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Literals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One SMS to a customer, as it lies in the store.
 *
 * @param deviceId   the phone that sends it
 * @param deliveryId of the automatic reply; null when the tenant sent it
 * @param to         in the spelling it came with
 * @param sim        the SIM slot to send it with; null: the phone's choice
 * @param error      why it failed or expired, for people
 */
record Outgoing(
        String id,
        String tenantId,
        String deviceId,
        @Nullable String deliveryId,
        String to,
        String text,
        @Nullable String ref,
        @Nullable Integer sim,
        Status status,
        @Nullable String error,
        int pushes,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt) {

    static final String PREFIX = "out_";
    static final String COLUMNS = "id, tenant_id, device_id, delivery_id, recipient, text, ref, sim, status, error,"
            + " pushes, created_at, updated_at, expires_at";

    /** Where it stands; the order is the stored form. */
    enum Status implements WireName {
        QUEUED("queued"),
        LEASED("leased"),
        SENT("sent"),
        DELIVERED("delivered"),
        FAILED("failed"),
        EXPIRED("expired");

        private static final Literals LITERALS = Literals.of(values());

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }

        int code() {
            return ordinal();
        }

        static Status of(int code) {
            return values()[code];
        }

        /** Returns the statement with {@code {QUEUED}} and so on as codes; below {@code {SENT}} an SMS is unfinished. */
        static String sql(String statement) {
            return LITERALS.in(statement);
        }

        /** What a phone may say after this: nothing takes back a final word, and {@code sent} is the only other. */
        boolean mayBecome(Status reported) {
            return switch (this) {
                case QUEUED, LEASED -> true;
                case SENT -> reported != SENT;
                case DELIVERED, FAILED, EXPIRED -> false;
            };
        }
    }

    static Outgoing read(ResultSet row) throws SQLException {
        return new Outgoing(
                row.getString("id"),
                row.getString("tenant_id"),
                row.getString("device_id"),
                row.getString("delivery_id"),
                row.getString("recipient"),
                row.getString("text"),
                row.getString("ref"),
                Columns.integer(row, "sim"),
                Status.of(row.getInt("status")),
                row.getString("error"),
                row.getInt("pushes"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                Columns.time(row, "expires_at"));
    }
}
