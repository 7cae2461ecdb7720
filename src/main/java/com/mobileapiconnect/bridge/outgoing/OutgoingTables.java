package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.NumberCondition;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns the SMS to customers, with their refs and idempotency keys, and the numbers that said STOP. */
@Component
class OutgoingTables implements TableOwner {

    private static final String WORDS_OF_TENANT = "select tenant_id from opt_out_words where tenant_id = ? limit ?";

    private final ErasedOptOuts erasedOptOuts;
    private final OptOutVocabulary vocabulary;

    OutgoingTables(ErasedOptOuts erasedOptOuts, OptOutVocabulary vocabulary) {
        this.erasedOptOuts = erasedOptOuts;
        this.vocabulary = vocabulary;
    }

    /** The loop guard counts a number's replies of the last day. */
    private static final Duration GUARDS_LOOK_BACK = Duration.ofDays(1);

    // A row does not age while answers may carry its ref.
    private static final String ENDED = Outgoing.Status.sql("""
            select id from outgoing
            where id > :after and id < :made and status >= {SENT} and updated_at < :before
              and (ref_until is null or ref_until < :before)
            order by id limit :limit""");
    private static final String OPT_OUTS_OF_TENANT = "select seq from opt_out where tenant_id = ? limit ?";
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
                        .leaves(Leaving.of(OPT_OUTS_OF_TENANT, row -> row.getLong(1), OptOuts::remove)),
                Table.named("opt_out_form")
                        .kept("goes with its opt-out")
                        .notErased("goes with its opt-out")
                        .stays("goes with its opt-out"),
                Table.named("erased_opt_out")
                        .kept("a number that said STOP gets nothing until it says START, however long that takes")
                        .notErased("holds hashes under a secret key, made by erasing")
                        .leaves(Leaving.of("erased_opt_out", "number_hash")), // a hash is bound to its tenant
                Table.named("opt_out_words")
                        .kept("one row for each tenant")
                        .notErased("holds what the tenant wrote")
                        .leaves(Leaving.of(WORDS_OF_TENANT, row -> row.getString(1), this::removeWords)),
                Table.named("hash_key")
                        .kept("one row")
                        .notErased("holds a key")
                        .stays("is the store's, of all tenants"));
    }

    private int removeWords(Transaction tx, List<String> tenants) {
        tenants.forEach(tenant -> vocabulary.remove(tx, tenant));
        return tenants.size();
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

        private static final String COUNT = "select count(*) from outgoing where tenant_id = :tenant and %s";
        private static final String ERASE = """
                delete from outgoing where id in (
                    select id from outgoing where tenant_id = :tenant and %s order by created_at, id limit :limit)""";

        @Override
        public Erased none() {
            return Erased.of("outgoing", 0);
        }

        @Override
        public long count(JdbcClient sql, Of number) {
            return about(sql, COUNT, number).query(Long.class).single();
        }

        @Override
        public Erased erase(Transaction tx, Of number, int limit) {
            int rows = about(tx.sql(), ERASE, number).param("limit", limit).update();
            return Erased.of("outgoing", rows);
        }

        private static JdbcClient.StatementSpec about(JdbcClient sql, String statement, Of of) {
            NumberCondition is = new NumberCondition(of.number(), "to");
            return sql.sql(statement.formatted(is.on("recipient", "region")))
                    .param("tenant", of.tenantId())
                    .params(is.params());
        }
    }

    /**
     * Erases which number had opted out, and keeps that it did as hashes, unless it said so again in a message that came
     * after the erasure began.
     */
    private static final class OfOptOut implements Erasing {

        private static final String COUNT = """
                select count(distinct opt_out_seq) from opt_out_form
                where tenant_id = :tenant and number_key in (:keys)""";
        private static final String SAID = """
                select seq, message_id, at from opt_out where seq in (
                    select opt_out_seq from opt_out_form where tenant_id = :tenant and number_key in (:keys))
                order by seq""";
        private static final String FORMS = "select number_key from opt_out_form where opt_out_seq = ?";

        private final ErasedOptOuts erased;

        OfOptOut(ErasedOptOuts erased) {
            this.erased = erased;
        }

        private record Said(long seq, String messageId, long at) {}

        @Override
        public Erased none() {
            return Erased.NOTHING;
        }

        @Override
        public long count(JdbcClient sql, Of of) {
            return about(sql, COUNT, of).query(Long.class).single();
        }

        @Override
        public Erased erase(Transaction tx, Of of, int limit) throws SQLException {
            List<Said> all = about(tx.sql(), SAID, of)
                    .query((row, n) -> new Said(row.getLong(1), row.getString(2), row.getLong(3)))
                    .list();
            int rows = 0;
            for (Said said : all) {
                if (!MessageRows.exists(tx, said.messageId())) {
                    Set<String> keys = new HashSet<>(of.number().keys());
                    keys.addAll(tx.sql()
                            .sql(FORMS)
                            .param(said.seq())
                            .query(String.class)
                            .list());
                    erased.keep(tx, of.tenantId(), keys, said.at());
                    rows += OptOuts.remove(tx, List.of(said.seq()));
                }
            }
            return new Erased(rows, Erased.NOTHING.counts());
        }

        private static JdbcClient.StatementSpec about(JdbcClient sql, String statement, Of of) {
            return sql.sql(statement)
                    .param("tenant", of.tenantId())
                    .param("keys", of.number().anywhere());
        }
    }
}
