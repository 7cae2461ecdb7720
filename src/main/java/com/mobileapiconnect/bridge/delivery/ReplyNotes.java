package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Notes with deliveries about the replies that their receivers asked for: why there is none. */
public final class ReplyNotes {

    private static final String NOTE = "update delivery set reply_suppressed = ? where id = ?";

    private ReplyNotes() {}

    /**
     * Notes why the guards kept the reply back; nothing for null, unless an earlier answer of the delivery has left a
     * reason.
     */
    public static void suppressed(Transaction tx, Delivery delivery, @Nullable String reason) throws SQLException {
        if (reason == null && delivery.grantedFrom() == 0) {
            return;
        }
        PreparedStatement note = tx.prepared(NOTE);
        note.setString(1, reason);
        note.setString(2, delivery.id());
        note.executeUpdate();
    }
}
