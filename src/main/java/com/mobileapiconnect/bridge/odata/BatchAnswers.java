package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of a service to the writes of a batch, one by one. */
final class BatchAnswers {

    private final List<@Nullable Answered> answers;

    BatchAnswers(int writes) {
        this.answers = new ArrayList<>(Collections.nCopies(writes, null));
    }

    List<@Nullable Answered> all() {
        return answers;
    }

    /** Reads an id that a batch gave to one of its writes; -1 if it is none. */
    static int index(String id) {
        return id.matches("[0-9]{1,4}") ? Integer.parseInt(id) : -1;
    }

    /** @param index of the write; an answer to one that there is not is nobody's */
    void add(int index, int status, Map<String, String> headers, String body) {
        if (index < 0 || index >= answers.size() || status < 100 || status > 599) {
            return;
        }
        Map<String, List<String>> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        List<String> retryAfter = lower.get("retry-after");
        answers.set(
                index,
                new Answered(
                        new HttpAnswer(status, body, retryAfter == null ? null : retryAfter.get(0), null, null),
                        lower));
    }
}
