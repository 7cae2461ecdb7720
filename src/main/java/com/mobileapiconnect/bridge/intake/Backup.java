package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import com.mobileapiconnect.bridge.message.PhoneTime;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The SMS of a phone's backup, as a file of SMS Backup &amp; Restore or a table.
 *
 * @param received those that came in
 * @param others   the number of those that went out, or were never sent
 * @param refused  those that cannot be read
 */
record Backup(List<Captured> received, int others, List<Refused> refused) {

    static final int MOST = 20_000;
    private static final int MOST_REFUSED = 20;

    /** @param place number of the SMS or line, from 1 */
    record Refused(int place, String message) {}

    /** Reads a file; throws a 422 {@link Problem} if it is neither, or has too many SMS. */
    static Backup read(byte[] body, Instant now) {
        String text = WellFormed.of(new String(body, StandardCharsets.UTF_8));
        String file = text.startsWith("\ufeff") ? text.substring(1) : text;
        Reading reading = new Reading(now);
        if (file.stripLeading().startsWith("<")) {
            BackupXml.read(file, reading);
        } else {
            BackupTable.read(file, reading);
        }
        return new Backup(reading.received, reading.others, reading.refused);
    }

    /** Gathers what is read. */
    static final class Reading {

        private final List<Captured> received = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private int others;
        private final Instant now;
        private int place;

        private Reading(Instant now) {
            this.now = now;
        }

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
                throw Problem.invalid(
                        "body", "must have at most " + MOST + " received SMS; send more in several requests");
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
    }
}
