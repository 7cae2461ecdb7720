package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Owns the requests that were not understood, and the numbers that they may name. Both go with their messages. Erasing
 * a number removes every request that names it, whoever sent the request; the message stays, which only says that
 * something came.
 */
@Component
class UnparsedTables implements TableOwner, Erasing {

    private static final String OLD = """
        select accepted_at, message_seq from unparsed
        where accepted_at < :before and (accepted_at, message_seq) > (:at, :seq)
        order by accepted_at, message_seq limit :limit\
        """;
    private static final String COUNT_NAMING = """
        select count(distinct message_seq) from unparsed_number
        where tenant_id = :tenant and number_key in (:keys)\
        """;
    private static final String NAMING = """
        select distinct message_seq from unparsed_number
        where tenant_id = :tenant and number_key in (:keys) order by message_seq limit :limit\
        """;
    private static final String OF_TENANT = """
        select u.message_seq from unparsed u join message m on m.seq = u.message_seq where m.tenant_id = ? limit ?\
        """;
    private static final String REMOVE = "delete from unparsed where message_seq in (:seqs)";
    private static final String REMOVE_NUMBERS = "delete from unparsed_number where message_seq in (:seqs)";

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("unparsed")
                        .ages(new Ageing<>(
                                Period.setting("messages"),
                                UnparsedTables::old,
                                (tx, rows) ->
                                        remove(tx, rows.stream().map(Place::seq).toList())))
                        .erases(this)
                        .leaves(Leaving.of(OF_TENANT, row -> row.getLong(1), UnparsedTables::remove)),
                Table.named("unparsed_number")
                        .kept("goes with its request")
                        .notErased("goes with its request")
                        .stays("goes with its request"));
    }

    private record Place(long acceptedAt, long seq) {}

    private static Found<Place> old(JdbcClient sql, @Nullable Place after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD)
                .param("before", before.toEpochMilli())
                .param("at", after == null ? Long.MIN_VALUE : after.acceptedAt())
                .param("seq", after == null ? 0 : after.seq())
                .param("limit", limit)
                .query((row, n) -> new Place(row.getLong(1), row.getLong(2)))
                .list());
    }

    private static int remove(Transaction tx, List<Long> seqs) {
        tx.sql().sql(REMOVE_NUMBERS).param("seqs", seqs).update();
        return tx.sql().sql(REMOVE).param("seqs", seqs).update();
    }

    @Override
    public Erased none() {
        return Erased.of("unparsed", 0);
    }

    @Override
    public long count(JdbcClient sql, Of number) {
        return naming(sql, COUNT_NAMING, number).query(Long.class).single();
    }

    @Override
    public Erased erase(Transaction tx, Of number, int limit) {
        List<Long> seqs = naming(tx.sql(), NAMING, number)
                .param("limit", limit)
                .query(Long.class)
                .list();
        return seqs.isEmpty() ? none() : Erased.of("unparsed", remove(tx, seqs));
    }

    private static Set<String> keys(Numbers number) {
        Set<String> keys = number.ever();
        keys.add(NamedNumbers.ANY);
        return keys;
    }

    private static JdbcClient.StatementSpec naming(JdbcClient sql, String statement, Of number) {
        return sql.sql(statement).param("tenant", number.tenantId()).param("keys", keys(number.number()));
    }
}
