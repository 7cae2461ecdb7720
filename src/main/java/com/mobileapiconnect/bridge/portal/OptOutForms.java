package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers that want no SMS: the list, one of them, and taking over a list from elsewhere. */
final class OptOutForms {

    static final String PATH = "/account/opt-outs";

    private static final String API = "/v1/opt-outs";
    private static final int MOST_REFUSED = 20;

    private OptOutForms() {}

    /** @param messageId the message that said STOP; null if the number was noted here or taken over */
    record OptOut(String number, String since, @Nullable String messageId) {}

    record Refused(int line, String message) {}

    /**
     * Tells what became of a list that was taken over.
     *
     * @param refused the first of them
     * @param more    how many were refused beside those
     */
    record Taken(int added, int already, List<Refused> refused, int more) {

        static Taken of(JsonNode json) {
            List<Refused> refused = new ArrayList<>();
            json.path("refused")
                    .forEach(each -> refused.add(new Refused(
                            each.path("line").asInt(), each.path("message").asText())));
            int shown = Math.min(MOST_REFUSED, refused.size());
            return new Taken(
                    json.path("added").asInt(),
                    json.path("already").asInt(),
                    refused.subList(0, shown),
                    refused.size() - shown);
        }
    }

    /**
     * A page of the list.
     *
     * @param number that was looked for; empty for all
     * @param typed  numbers that could not be taken over
     * @param taken  what became of those that could; null if there is nothing to say
     * @param wrong  why none was taken over; null if there is nothing to say
     */
    record Listed(
            List<OptOut> optOuts,
            @Nullable String older,
            String number,
            String typed,
            @Nullable Taken taken,
            @Nullable String wrong) {}

    static Reply show(Visit visit) {
        return page(visit, "", null, null);
    }

    private static Reply page(Visit visit, String typed, @Nullable Taken taken, @Nullable String wrong) {
        String number = taken == null && wrong == null ? visit.form().get("number") : "";
        List<OptOut> optOuts;
        String older = null;
        if (number.isEmpty()) {
            Answer all = visit.call(Call.get(API)
                    .with("limit", Integer.toString(MessagesPage.A_PAGE))
                    .with("cursor", visit.form().get("cursor")));
            optOuts = all.list(OptOut.class);
            older = all.next();
        } else {
            Answer one = visit.get(AnswerBox.optOut(number));
            optOuts = one.isGood() ? List.of(one.as(OptOut.class)) : List.of();
        }
        return Reply.page("optouts.title", "optouts", new Listed(optOuts, older, number, typed, taken, wrong));
    }

    /** Takes over the numbers of a file, or those that were typed. */
    static Reply act(Visit visit) {
        byte[] file = visit.form().files().get("file");
        String typed = visit.form().raw("numbers");
        byte[] table = file == null ? typed.getBytes(StandardCharsets.UTF_8) : file;
        Answer answer = visit.call(Call.send("POST", API + "/import", table));
        if (answer.status() == 422 || answer.status() == 413) {
            return page(visit, typed, null, answer.detail());
        }
        return page(visit, "", Taken.of(answer.orThrow().json()), null);
    }

    static Csv<OptOut> table() {
        return Csv.of("opt-outs", OptOut.class, Call.get(API))
                .with("number", OptOut::number)
                .with("since", OptOut::since)
                .with("messageId", OptOut::messageId);
    }

    /** Returns the page of a number, where its opt-out can be removed. */
    static String conversation(OptOut optOut) {
        return Conversation.address(optOut.number(), null);
    }
}
