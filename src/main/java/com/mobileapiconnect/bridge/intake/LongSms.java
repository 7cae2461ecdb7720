package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A long SMS and those of its parts that are there.
 *
 * @param id    what the parts share in the store; null for one that is not stored
 * @param parts at least one, each number once
 */
record LongSms(@Nullable String id, String deviceId, int total, List<Part> parts) {

    LongSms {
        parts = parts.stream().sorted(Comparator.comparingInt(Part::number)).toList();
    }

    record Part(int number, Captured sms) {}

    boolean isComplete() {
        return parts.size() == total;
    }

    /** Joins the parts that are there; what is known of the first of them holds for the whole. */
    Captured joined() {
        Captured first = parts.get(0).sms();
        String text = parts.stream().map(part -> part.sms().text()).collect(Collectors.joining());
        return new Captured(
                first.id() == null ? id : first.id(),
                first.from(),
                first.to(),
                text,
                first.sim(),
                first.at(),
                parts.stream().anyMatch(part -> part.sms().mended()),
                isComplete() ? Received.Beyond.NOTHING : Received.Beyond.parts(come()));
    }

    private String come() {
        return parts.stream().map(part -> Integer.toString(part.number())).collect(Collectors.joining(", ")) + " of "
                + total;
    }
}
