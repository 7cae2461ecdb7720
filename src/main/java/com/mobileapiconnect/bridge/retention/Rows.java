package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes messages out of the store with all that hangs on them. */
final class Rows {

    private static final String DELIVERIES = "select id from delivery where message_seq in (:seqs)";
    private static final String DELETE_MESSAGES = "delete from message where seq in (:seqs)";

    private Rows() {}

    /** What was taken out. */
    record Removed(int messages, Set<String> deliveries, int attempts) {

        static final Removed NOTHING = new Removed(0, Set.of(), 0);

        Removed and(Removed more) {
            Set<String> all = new HashSet<>(deliveries);
            all.addAll(more.deliveries);
            return new Removed(messages + more.messages, all, attempts + more.attempts);
        }
    }

    static Removed remove(Transaction tx, Deliveries deliveries, List<Long> seqs) {
        if (seqs.isEmpty()) {
            return Removed.NOTHING;
        }
        List<String> ids = new ArrayList<>(tx.sql()
                .sql(DELIVERIES)
                .param("seqs", seqs)
                .query((row, n) -> row.getString(1))
                .list());
        int attempts = deliveries.remove(tx, ids);
        int messages = tx.sql().sql(DELETE_MESSAGES).param("seqs", seqs).update();
        return new Removed(messages, Set.copyOf(ids), attempts);
    }
}
