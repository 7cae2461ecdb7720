package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns the SMS to customers, with their refs and idempotency keys, and the numbers that said STOP. */
@Component
class OutgoingTables implements TableOwner {

    private final ErasedOptOuts erasedOptOuts;

    OutgoingTables(ErasedOptOuts erasedOptOuts) {
        this.erasedOptOuts = erasedOptOuts;
    }

    /** The loop guard counts a number's replies of the last day. */
    private static final Duration GUARDS_LOOK_BACK = Duration.ofDays(1);

    // A row does not age while answers may carry its ref.
    private static final String ENDED = Outgoing.Status.sql("""
            select id from outgoing
            where id > :after and id < :made and status >= {SENT} and updated_at < :before
              and (ref_until is null or ref_until < :before)
            order by id limit :limit""");
    private static final String REMOVE =
            Outgoing.Status.sql("delete from outgoing where id in (:ids) and status >= {SENT}");

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("outgoing")
                        .ages(new Ageing<>(
                                Period.setting("outgoing").atLeast(GUARDS_LOOK_BACK),
                                OutgoingTables::ended,
                                OutgoingTables::remove))
                        .erases(new OfRecipient())
                        .leaves(Leaving.of("outgoing", "id")),
                Table.named("opt_out")
                        .kept("a number that said STOP gets nothing until it says START, however long that takes")
                        .erases(new OfOptOut(erasedOptOuts))
                        .leaves(Leaving.of("opt_out", "seq")),
                Table.named("erased_opt_out")
                        .kept("a number that said STOP gets nothing until it says START, however long that takes")
                        .notErased("holds hashes under a secret key, made by erasing")
                        .leaves(Leaving.of("erased_opt_out", "number_hash")), // a hash is bound to its tenant
                Table.named("hash_key")
                        .kept("one row")
                        .notErased("holds a key")
                        .stays("is the store's, of all tenants"));
    }

    private static Found<String> ended(JdbcClient sql, @Nullable String after, Instant before, int limit) {
        return Found.upToLast(sql.sql(ENDED)
                .param("after", after == null ? "" : after)
                .param("made", Ids.firstAt(Outgoing.PREFIX, before))
                .param("before", before.toEpochMilli())
                .param("limit", limit)
                .query((row, n) -> row.getString(1))
                .list());
    }

    private static int remove(Transaction tx, List<String> ids) {
        return tx.sql().sql(REMOVE).param("ids", ids).update();
    }

    /** Erases what was sent to a number, and what waits to be sent. */
    private static final class OfRecipient implements Erasing {

        private static final String COUNT = "select count(*) from outgoing where tenant_id = ? and recipient_key = ?";
        private static final String ERASE = """
                delete from outgoing where id in (
                    select id from outgoing where tenant_id = ? and recipient_key = ? order by created_at, id limit ?)""";

        @Override
        public Erased none() {
            return Erased.of("outgoing", 0);
        }

        @Override
        public long count(JdbcClient sql, Of number) {
            return sql.sql(COUNT)
                    .params(number.tenantId(), number.numberKey())
                    .query(Long.class)
                    .single();
        }

        @Override
        public Erased erase(Transaction tx, Of number, int limit) {
            return Erased.of(
                    "outgoing",
                    tx.sql()
                            .sql(ERASE)
                            .params(number.tenantId(), number.numberKey(), limit)
                            .update());
        }
    }

    /**
     * Erases which number had opted out, and keeps that it did as a hash, unless it said so again in a message that came
     * after the erasure began.
     */
    private static final class OfOptOut implements Erasing {

        private final ErasedOptOuts erased;

        OfOptOut(ErasedOptOuts erased) {
            this.erased = erased;
        }

        private static final String COUNT = "select count(*) from opt_out where tenant_id = ? and number_key = ?";
        private static final String SAID = "select message_id, at from opt_out where tenant_id = ? and number_key = ?";

        private record Said(String messageId, long at) {}

        private static final String ERASE = "delete from opt_out where tenant_id = ? and number_key = ?";

        @Override
        public Erased none() {
            return Erased.NOTHING;
        }

        @Override
        public long count(JdbcClient sql, Of number) {
            return sql.sql(COUNT)
                    .params(number.tenantId(), number.numberKey())
                    .query(Long.class)
                    .single();
        }

        @Override
        public Erased erase(Transaction tx, Of number, int limit) throws SQLException {
            Said said = tx.sql()
                    .sql(SAID)
                    .params(number.tenantId(), number.numberKey())
                    .query((row, n) -> new Said(row.getString(1), row.getLong(2)))
                    .optional()
                    .orElse(null);
            if (said == null || MessageRows.exists(tx, said.messageId())) {
                return Erased.NOTHING;
            }
            erased.keep(tx, number.tenantId(), number.numberKey(), said.at());
            int rows = tx.sql()
                    .sql(ERASE)
                    .params(number.tenantId(), number.numberKey())
                    .update();
            return new Erased(rows, Erased.NOTHING.counts());
        }
    }
}
