package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.StoredMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads texts that are longer than ordinary ones by themselves, one after the other, until together they are much: so a
 * page of messages takes little memory, whatever its texts are.
 */
final class LongTexts {

    /** The text of a message {@code m} if it is an ordinary one. */
    static final String ORDINARY =
            "case when m.flags & " + Flags.NONE.with(Flags.Flag.LONG_TEXT).bits() + " = 0 then m.text end as text";

    private static final String ONE = "select text from message where seq = ?";
    private static final int MOST_CHARACTERS = 2 << 20;

    private final JdbcClient sql;
    private int left = MOST_CHARACTERS;

    LongTexts(JdbcClient sql) {
        this.sql = sql;
    }

    /** Returns whether what was read is much already. */
    boolean areMuch() {
        return left < 0;
    }

    /** Returns the message with its text; null if it is gone meanwhile. */
    @Nullable StoredMessage whole(StoredMessage stored) {
        if (!stored.message().flags().has(Flags.Flag.LONG_TEXT)) {
            return stored;
        }
        String text =
                sql.sql(ONE).param(stored.seq()).query(String.class).optional().orElse(null);
        if (text == null) {
            return null;
        }
        left -= text.length();
        return stored.withText(text);
    }
}
