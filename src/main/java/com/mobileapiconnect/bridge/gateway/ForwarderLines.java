package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.message.PhoneTime;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The lines into which SmsForwarder renders an SMS unless it is told otherwise: sender, text, SIM, time, device. */
record ForwarderLines(String from, String text, String sim, String time) {

    private static final int AFTER_TEXT = 3;
    /** The lines are checked for having a time at all, so any moment after them will do. */
    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

    /** Returns null if the lines are others; the text may have several. */
    static @Nullable ForwarderLines of(String content) {
        int first = content.indexOf('\n');
        int end = content.endsWith("\n") ? content.length() - 1 : content.length();
        int[] before = new int[AFTER_TEXT]; // the breaks in front of device, time and SIM
        for (int i = 0; i < AFTER_TEXT; i++) {
            end = content.lastIndexOf('\n', end - 1);
            before[i] = end;
        }
        if (first < 0 || before[2] <= first) {
            return null;
        }
        String time = content.substring(before[1] + 1, before[0]).strip();
        return PhoneTime.read(time, ZoneOffset.UTC, LATER) == null
                ? null
                : new ForwarderLines(
                        content.substring(0, first).strip(),
                        content.substring(first + 1, before[2]),
                        content.substring(before[2] + 1, before[1]),
                        time);
    }
}
