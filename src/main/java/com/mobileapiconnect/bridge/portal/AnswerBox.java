package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    static AnswerBox of(Visit visit, String number, List<Conversation.Entry> entries, @Nullable Answer refused) {
        List<Choice> phones = plain(number).matches(NUMBER)
                ? visit.call(Call.get("/v1/devices").with("limit", "500")).list(Choice.class)
                : List.of();
        Answer optOut = visit.get(optOut(number));
        String newest = entries.isEmpty() ? "" : entries.get(entries.size() - 1).deviceId();
        return new AnswerBox(
                phones,
                refused == null ? newest : visit.form().get("deviceId"),
                refused == null ? "" : visit.form().raw("text"),
                optOut.isGood() ? optOut.as(OptOut.class).since() : null,
                refused == null ? Map.of() : refused.errors());
    }

    /** Does what a form of the page asks for. */
    static Reply act(Visit visit) {
        Form form = visit.form();
        String number = form.get("number");
        switch (visit.part(1)) {
            case "send" -> {
                ObjectNode sms = Answer.JSON
                        .createObjectNode()
                        .put("to", plain(number))
                        .put("text", form.raw("text"))
                        .put("deviceId", form.get("deviceId"));
                Answer sent = visit.send("POST", "/v1/messages", sms);
                if (sent.status() == 422) {
                    return Conversation.show(visit, sent);
                }
                sent.orThrow();
                return said(number, "queued");
            }
            case "take-back" -> {
                visit.call(Call.send("DELETE", "/v1/outgoing/" + Query.encoded(form.get("id"))))
                        .orThrow();
                return said(number, "takenback");
            }
            case "opt-out" -> {
                ObjectNode numbers = Answer.JSON.createObjectNode();
                numbers.putArray("numbers").add(number);
                visit.send("POST", "/v1/opt-outs", numbers).orThrow();
                return said(number, "saved");
            }
            case "opt-in" -> {
                visit.call(Call.send("DELETE", optOut(number))).orThrow();
                return said(number, "saved");
            }
            case "erase" -> {
                if (!form.has("sure")) {
                    return Conversation.show(visit);
                }
                ObjectNode erased = Answer.JSON.createObjectNode().put("number", number);
                visit.send("POST", "/v1/erase", erased).orThrow();
                return Reply.to("/messages?said=erased");
            }
            default -> {
                return Conversation.show(visit);
            }
        }
    }

    private static Reply said(String number, String what) {
        return Reply.to(Conversation.address(number, null) + "&said=" + what);
    }

    private static String optOut(String number) {
        return "/v1/opt-outs/" + Query.encoded(number).replace("+", "%20");
    }

    /** Returns a number as it is dialled, of what people write between its digits. */
    private static String plain(String number) {
        return number.replaceAll("[\\s().\u2010-\u2015-]", "");
    }
}
