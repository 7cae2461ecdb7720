package com.mobileapiconnect.bridge.portal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All SMS from and to a number, a page at a time, each page as people read a conversation: the newest last.
 *
 * @param older  where the page before this one begins; null for none
 * @param answer what a person may do about the number; null on an older page, and where only the SMS are drawn again
 */
record Conversation(
        String number,
        boolean newest,
        List<Entry> entries,
        @Nullable String older,
        @Nullable AnswerBox answer) {

    /** Stands behind the address of messages. */
    static final String PART = "with";

    /** An SMS from or to the number; one to it has a status. */
    record Entry(
            String direction,
            String id,
            String deviceId,
            String at,
            String number,
            String text,
            @Nullable String ref,
            @Nullable String status) {

        boolean in() {
            return direction.equals("in");
        }

        /** Returns whether it can be taken back. */
        boolean waits() {
            return "queued".equals(status);
        }

        boolean failed() {
            return "failed".equals(status) || "expired".equals(status);
        }
    }

    static Reply show(Visit visit) {
        return show(visit, null);
    }

    /** @param refused what is wrong with an SMS that was not sent; null for nothing */
    static Reply show(Visit visit, @Nullable Answer refused) {
        String number = visit.form().get("number");
        String cursor = visit.form().get("cursor");
        Answer answer = visit.call(call(number)
                .with("limit", Integer.toString(MessagesPage.A_PAGE))
                .with("cursor", cursor));
        List<Entry> entries = new ArrayList<>(answer.list(Entry.class));
        Collections.reverse(entries);
        String newest = entries.isEmpty() ? "" : entries.get(entries.size() - 1).deviceId();
        AnswerBox box = cursor.isEmpty() && !visit.again() ? AnswerBox.of(visit, number, newest, refused) : null;
        return Reply.page(
                number, "conversation", new Conversation(number, cursor.isEmpty(), entries, answer.next(), box));
    }

    static Csv<Entry> table(Visit visit) {
        return Csv.of("conversation", Entry.class, call(visit.form().get("number")))
                .with("direction", Entry::direction)
                .with("id", Entry::id)
                .with("at", Entry::at)
                .with("number", Entry::number)
                .with("text", Entry::text)
                .with("ref", Entry::ref)
                .with("status", Entry::status);
    }

    private static Call call(String number) {
        return Call.get("/v1/history").with("number", number);
    }

    static String export(String number) {
        return "/messages/" + PART + "/" + Exports.FILE + "?number=" + Query.encoded(number);
    }

    /** Returns its address, or that of a part of it. */
    static String address(String number, @Nullable String cursor) {
        String begin = "/messages/" + PART + "?number=" + Query.encoded(number);
        return cursor == null ? begin : begin + "&cursor=" + Query.encoded(cursor);
    }
}
