package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps automatic replies from doing harm, whatever rules and routes say. A refusal is a reason of one word. */
@Component
@EnableConfigurationProperties(ReplySettings.class)
class Guards {

    static final String ALPHANUMERIC = "alphanumeric-sender";
    static final String SHORT_CODE = "short-code";
    static final String NO_NUMBER = "not-a-number";
    static final String OWN_NUMBER = "own-number";
    static final String LOOP = "loop-guard";
    static final String TENANT_RATE = "tenant-rate";
    static final String QUEUE_FULL = "queue-full";

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15; // E.164
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final Devices devices;
    private final OptOuts optOuts;
    private final ReplySettings settings;
    private final TenantRate rate;
    private final OutgoingCount waiting;

    Guards(Devices devices, OptOuts optOuts, OutgoingCount waiting, ReplySettings settings, Clock clock) {
        this.waiting = waiting;
        this.devices = devices;
        this.optOuts = optOuts;
        this.settings = settings;
        this.rate = new TenantRate(settings.perTenantInAMinute(), clock);
    }

    /** Returns a refusal that follows from the number alone; null if it may be replied to. */
    @Nullable String ofNumber(Customer customer) {
        String key = PhoneNumber.key(customer.number());
        if (!PhoneNumber.isNumber(key)) {
            return ALPHANUMERIC;
        } else if (key.length() < SHORTEST) {
            return SHORT_CODE;
        } else if (key.length() > LONGEST) {
            return NO_NUMBER;
        }
        return isOwn(customer) ? OWN_NUMBER : null;
    }

    /** Returns a refusal if the phone was deleted, in the transaction that queues for it; null if it is there. */
    @Nullable String ofPhone(Transaction tx, String deviceId) {
        return devices.has(tx, deviceId) ? null : Sent.NO_PHONE;
    }

    /**
     * Returns a refusal that follows from earlier replies, in the transaction that queues this one; null if it may go
     * out.
     */
    @Nullable String ofHistory(Transaction tx, Customer customer, Instant now) throws SQLException {
        String refusal = ofHistory(tx.sql(), customer, now);
        if (refusal != null) {
            return refusal;
        } else if (waiting.isFull(tx, customer.tenantId())) {
            return QUEUE_FULL;
        }
        return rate.take(customer.tenantId()) ? null : TENANT_RATE;
    }

    /** Returns a refusal that follows from what this connection sees of the customer; null for none. */
    @Nullable String ofHistory(JdbcClient sql, Customer customer, Instant now) {
        return optOuts.find(sql, customer).isPresent() ? OptOuts.OPTED_OUT : ofReplies(sql, customer, now);
    }

    /** Returns a refusal that follows from the replies that the customer had; null if there may be another one. */
    @Nullable String ofReplies(JdbcClient sql, Customer customer, Instant now) {
        return OutgoingRows.automaticSince(sql, customer, now.minus(TEN_MINUTES)) >= settings.perNumberInTenMinutes()
                        || OutgoingRows.automaticSince(sql, customer, now.minus(DAY)) >= settings.perNumberInADay()
                ? LOOP
                : null;
    }

    /** Returns true for national spellings as well: a gateway must never answer itself. */
    private boolean isOwn(Customer customer) {
        return devices.ofTenant(customer.tenantId())
                .anyMatch(device -> device.mayHave(customer.number(), customer.region()));
    }
}
