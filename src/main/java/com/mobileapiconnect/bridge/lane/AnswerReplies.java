package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes SMS of what receivers tell customers; implemented by the package that queues SMS. */
public interface AnswerReplies {

    /** Prepares the reply of an attempt, on the thread that ends it; null if it has none. */
    @Nullable Prepared prepare(Ended ended);

    /** A reply that is written in the transaction of its outcome, so that there is one of both or none. */
    interface Prepared {

        /** Writes the reply, or why there is none; a repeat changes nothing. */
        void write(Transaction tx) throws SQLException;
    }
}
