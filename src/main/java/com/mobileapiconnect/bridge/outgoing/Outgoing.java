package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Metadata;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.gateway.Sms;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.SqlLiterals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An SMS to a customer, as stored.
 *
 * @param deviceId   the phone that sends it
 * @param deliveryId the delivery of the automatic reply; null if the tenant sent it
 * @param to         the number in its original spelling
 * @param sim        the SIM slot to send with; null for the phone's choice
 * @param sendAt     when it is to be sent; null for at once
 * @param metadata   what the tenant gave along with it
 * @param statusUrl  where events about it go; null for nowhere
 * @param error      why it failed or expired, for people
 * @param leases     how often a phone was given it, and {@code pushes} a gateway
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
        @Nullable Instant sendAt,
        Map<String, String> metadata,
        @Nullable String statusUrl,
        Status status,
        @Nullable String error,
        int leases,
        int pushes,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt) {

    static final String PREFIX = "out_";
    static final String NEVER_REPORTED = "and never reported";
    static final String COLUMNS = "id, tenant_id, device_id, delivery_id, recipient, text, ref, sim, send_at,"
            + " metadata, status_url, status, error, leases, pushes, created_at, updated_at, expires_at";

    /** The state of an SMS; the order of the constants is the stored form. */
    enum Status implements WireName {
        QUEUED("queued"),
        LEASED("leased"),
        SENT("sent"),
        DELIVERED("delivered"),
        FAILED("failed"),
        EXPIRED("expired"),
        /** The tenant took it back before a phone had it. */
        CANCELLED("cancelled");

        private static final SqlLiterals LITERALS = SqlLiterals.of(values());

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

        /**
         * Returns whether a phone may report this state now: a final state stays, and {@code sent} is the only other
         * one.
         */
        boolean mayBecome(Status reported) {
            return switch (this) {
                case QUEUED, LEASED -> true;
                case SENT -> reported != SENT;
                case DELIVERED, FAILED, EXPIRED, CANCELLED -> false;
            };
        }
    }

    /**
     * Returns whether this state may be reported now. An SMS that was given up although a phone or gateway had it may turn
     * out to be sent: the phone was slow, or without a network.
     */
    boolean mayBecome(Status reported) {
        boolean givenUp = status == Status.EXPIRED
                ? leases + pushes > 0
                : status == Status.FAILED && error != null && error.endsWith(NEVER_REPORTED);
        return status.mayBecome(reported) || (givenUp && reported != Status.FAILED);
    }

    /** Returns the SMS as a gateway of the device needs it. */
    Sms forGateway(Device device, Numbering numbering) {
        return new Sms(id, device.numberOf(sim), to, text, sim, numbering.region(device, sim));
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
                Columns.timeOrNull(row, "send_at"),
                Metadata.of(row.getString("metadata")),
                row.getString("status_url"),
                Status.of(row.getInt("status")),
                row.getString("error"),
                row.getInt("leases"),
                row.getInt("pushes"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                Columns.time(row, "expires_at"));
    }
}
