package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import com.mobileapiconnect.bridge.message.PhoneTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Gathers the SMS of a backup while it is read. */
final class BackupReading {

    static final int MOST = 20_000;
    private static final int MOST_REFUSED = 20;

    private final Instant now;
    private final List<Captured> received = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private int others;
    private int place;

    BackupReading(Instant now) {
        this.now = now;
    }

    /** @param place number of the SMS or line, from 1 */
    record Refused(int place, String message) {}

    void next() {
        place++;
    }

    /** Refuses an SMS without a time: it could not be told from another one when the file comes again. */
    void add(Captured sms) {
        if (sms.at() == null || PhoneTime.read(sms.at(), ZoneOffset.UTC, now) == null) {
            refuse("has no time that can be read");
            return;
        }
        if (received.size() == MOST) {
            throw Problem.invalid("body", "must have at most " + MOST + " received SMS; send more in several requests");
        }
        received.add(sms);
    }

    void other() {
        others++;
    }

    void refuse(String message) {
        if (refused.size() < MOST_REFUSED) {
            refused.add(new Refused(place, message));
        }
    }

    List<Captured> received() {
        return received;
    }

    List<Refused> refused() {
        return refused;
    }

    int others() {
        return others;
    }
}
