package com.mobileapiconnect.bridge.portal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that a person may do about a number: write to it, note that it wants no SMS or wants them again, erase it.
 *
 * @param phones     the phones that an SMS may go through; empty where nobody can answer
 * @param phone      the one that is chosen: that of the newest SMS, or what was chosen already
 * @param text       what was typed and is not sent
 * @param optedOut   since when the number wants no SMS; null if it does
 * @param errors     what is wrong with each field
 */
record AnswerBox(
        List<Choice> phones,
        String phone,
        String text,
        @Nullable String optedOut,
        Map<String, String> errors) {

    record Choice(String id, String name) {}

    private record OptOut(String since) {}

    /** A sender that is a name has no number to answer to. */
    private static final String NUMBER = "\\+?[0-9]{3,15}";

    /**
     * @param newest  the phone of the newest SMS; empty for none
     * @param refused what is wrong with an SMS that was not sent; null for nothing
     */
    static AnswerBox of(Visit visit, String number, String newest, @Nullable Answer refused) {
        List<Choice> phones = plain(number).matches(NUMBER) ? phones(visit) : List.of();
        Answer optOut = visit.get(optOut(number));
        return new AnswerBox(
                phones,
                refused == null ? newest : visit.form().get("deviceId"),
                refused == null ? "" : visit.form().raw("text"),
                optOut.isGood() ? optOut.as(OptOut.class).since() : null,
                refused == null ? Map.of() : refused.errors());
    }

    private static List<Choice> phones(Visit visit) {
        Answer phones = visit.call(Call.get("/v1/devices").with("limit", "500"));
        return phones.isGood() ? phones.list(Choice.class) : List.of(); // a key may send and see no phones
    }

    static String optOut(String number) {
        return "/v1/opt-outs/" + Query.encoded(number).replace("+", "%20");
    }

    /** Returns a number as it is dialled, of what people write between its digits. */
    static String plain(String number) {
        return number.replaceAll("[\\s().\u2010-\u2015-]", "");
    }
}
