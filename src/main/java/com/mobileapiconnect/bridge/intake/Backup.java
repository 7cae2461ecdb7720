package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The SMS of a phone's backup, as a file of SMS Backup &amp; Restore or a table.
 *
 * @param received those that came in
 * @param others   the number of those that went out, or were never sent
 * @param refused  those that cannot be read
 */
record Backup(List<Captured> received, int others, List<BackupReading.Refused> refused) {

    /** Reads a file; throws a 422 {@link Problem} if it is neither, or has too many SMS. */
    static Backup read(byte[] body, Instant now) {
        String text = WellFormed.of(text(body));
        String file = text.startsWith("\ufeff") ? text.substring(1) : text;
        BackupReading reading = new BackupReading(now);
        if (file.stripLeading().startsWith("<")) {
            BackupXml.read(file, reading);
        } else {
            BackupTable.read(file, reading);
        }
        return new Backup(reading.received(), reading.others(), reading.refused());
    }

    /** Reads UTF-8, and what spreadsheets write otherwise: UTF-16 with its mark, or Windows-1252. */
    private static String text(byte[] body) {
        int mark = body.length < 2 ? 0 : (body[0] & 0xff) << 8 | (body[1] & 0xff);
        return mark == 0xfeff || mark == 0xfffe
                ? new String(body, StandardCharsets.UTF_16)
                : Decoded.utf8(body).text();
    }
}
