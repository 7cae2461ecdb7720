package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Found;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages from a sender together with others that say the same in their text, newest first. An index leads to the
 * former, and the latter are looked for, a limited number of rows at a time: so each of the two has a place of its own in
 * the cursor, and an old message of the sender does not wait until all texts since then were looked through.
 */
final class SenderOrText {

    private static final String DONE = "x";
    private static final Comparator<Row> NEWEST_FIRST = Comparator.comparing(
                    Row::position,
                    Comparator.comparingLong(Position::acceptedAt).thenComparingLong(Position::seq))
            .reversed();

    private final Half bySender;
    private final Half byText;
    private final List<Row> rows;

    private SenderOrText(Half bySender, Half byText, List<Row> rows) {
        this.bySender = bySender;
        this.byText = byText;
        this.rows = rows;
    }

    /**
     * The place of one of the two lists.
     *
     * @param before null for its beginning
     */
    record Place(boolean done, @Nullable Position before) {

        private static Place of(String written) {
            return written.equals(DONE)
                    ? new Place(true, null)
                    : new Place(false, written.isEmpty() ? null : Stories.position(written));
        }

        private String written() {
            return done ? DONE : before == null ? "" : Stories.cursor(before);
        }
    }

    record Places(Place bySender, Place byText) {

        static Places of(@Nullable String cursor) {
            String[] both = cursor == null ? new String[] {"", ""} : cursor.split("_", -1);
            if (both.length != 2) {
                throw Problem.invalid("cursor", "was not issued by this list");
            }
            return new Places(Place.of(both[0]), Place.of(both[1]));
        }
    }

    /** @param found up to one more than a page has */
    record Half(Place from, Found found) {

        static Half none() {
            return new Half(new Place(true, null), new Found(List.of(), null));
        }

        private Place behind(long taken) {
            List<Row> rows = found.rows();
            if (taken < rows.size()) {
                return taken == 0
                        ? from
                        : new Place(false, rows.get((int) taken - 1).position());
            }
            return new Place(found.end() == null, found.end());
        }
    }

    /** Joins two lists that have no message in common. */
    static SenderOrText of(Half bySender, Half byText, int limit) {
        List<Row> all = new ArrayList<>(bySender.found().rows());
        all.addAll(byText.found().rows());
        all.sort(NEWEST_FIRST);
        return new SenderOrText(bySender, byText, List.copyOf(all.subList(0, Math.min(limit, all.size()))));
    }

    List<Row> rows() {
        return rows;
    }

    /** Returns where to go on behind so many of the rows; null at the end. */
    @Nullable String cursor(int taken) {
        List<Row> gone = rows.subList(0, taken);
        long ofSender = gone.stream().filter(bySender.found().rows()::contains).count();
        Place sender = bySender.behind(ofSender);
        Place text = byText.behind(taken - ofSender);
        return sender.done() && text.done() ? null : sender.written() + "_" + text.written();
    }
}
