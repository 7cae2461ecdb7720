package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MissingDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next step of a backfill, as it was looked up.
 *
 * @param wanted  messages that the connection wants and has no delivery of
 * @param counts  of the messages that were looked at
 * @param reached the last message that was looked at; null if there is none left
 * @param ended   why there is nothing to do any more, other than that all is done
 * @param isLater whether the connection has to catch up first
 */
record BackfillStep(
        List<StoredMessage> wanted,
        BackfillCounts counts,
        @Nullable Position reached,
        @Nullable String ended,
        boolean isLater) {

    static final BackfillStep LATER = new BackfillStep(List.of(), BackfillCounts.NONE, null, null, true);

    static BackfillStep end(String why) {
        return new BackfillStep(List.of(), BackfillCounts.NONE, null, why, false);
    }

    /** Returns whether a target is to have a message of which it has no delivery. */
    static boolean wants(Target target, MissingDeliveries.Row row, Subject subject) {
        boolean understood = !row.message().message().flags().has(Flags.Flag.UNPARSED);
        return !row.made() && understood && target.when().test(subject);
    }

    /** A step that is being put together. */
    static final class Made {

        private final List<StoredMessage> wanted = new ArrayList<>();
        private BackfillCounts counts = BackfillCounts.NONE;
        private @Nullable Position reached;

        void add(MissingDeliveries.Row row, boolean isWanted, boolean leftOut) {
            if (isWanted) {
                wanted.add(row.message());
            }
            counts = counts.plus(new BackfillCounts(1, row.made() ? 1 : 0, leftOut ? 1 : 0));
            reached = row.position();
        }

        BackfillStep done() {
            return new BackfillStep(wanted, counts, reached, null, false);
        }
    }
}
