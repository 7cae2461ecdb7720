package com.mobileapiconnect.bridge.portal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of chosen deliveries that were to be sent again, by what became of each. The address of the list has them, so
 * that loading it anew sends nothing.
 *
 * @param sent    are under way
 * @param held    wait, because their target is paused, switched off or disabled
 * @param deleted were not sent: their target was deleted
 * @param gone    are no longer stored
 * @param refused were not sent for another reason
 */
record SentAgain(int sent, int held, int deleted, int gone, int refused) {

    private static final SentAgain NOTHING = new SentAgain(0, 0, 0, 0, 0);
    private static final int FORBIDDEN = 403;

    /** Sends some again; one that is refused keeps the others back in nothing. */
    static SentAgain send(Visit visit, List<String> ids) {
        SentAgain all = NOTHING;
        for (String id : ids) {
            Answer answer = visit.post("/v1/deliveries/" + id + "/retry");
            if (answer.status() == 401 || answer.status() == FORBIDDEN) {
                throw new Answer.Refused(answer);
            }
            all = all.and(answer);
        }
        return all;
    }

    private SentAgain and(Answer answer) {
        return switch (answer.status()) {
            case 404 -> new SentAgain(sent, held, deleted, gone + 1, refused);
            case 409 -> new SentAgain(sent, held, deleted + 1, gone, refused);
            default -> {
                if (!answer.isGood()) {
                    yield new SentAgain(sent, held, deleted, gone, refused + 1);
                }
                yield isHeld(answer)
                        ? new SentAgain(sent, held + 1, deleted, gone, refused)
                        : new SentAgain(sent + 1, held, deleted, gone, refused);
            }
        };
    }

    private static boolean isHeld(Answer answer) {
        return answer.text("status").equals("held");
    }

    /** Returns what is said of a single one that the API took. */
    static String said(Answer taken) {
        return isHeld(taken) ? "held" : "retried";
    }

    private int all() {
        return sent + held + deleted + gone + refused;
    }

    /** Returns what the address of the list says of them. */
    Map<String, String> query() {
        int all = all();
        if (all == 0 || sent == all || held == all) {
            return Map.of("said", all == 0 ? "nothingchosen" : sent == all ? "retried" : "held");
        }
        Map<String, String> query = new LinkedHashMap<>();
        counts().forEach((name, count) -> query.put(name, Integer.toString(count)));
        return query;
    }

    /** Returns those numbers that are not zero. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("sent", sent);
        counts.put("held", held);
        counts.put("deleted", deleted);
        counts.put("gone", gone);
        counts.put("refused", refused);
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** @return null if the address says nothing of them */
    static @Nullable SentAgain of(Form search) {
        SentAgain said = new SentAgain(
                count(search, "sent"),
                count(search, "held"),
                count(search, "deleted"),
                count(search, "gone"),
                count(search, "refused"));
        return said.equals(NOTHING) ? null : said;
    }

    private static int count(Form search, String name) {
        String given = search.get(name);
        return given.matches("\\d{1,3}") ? Integer.parseInt(given) : 0;
    }
}
