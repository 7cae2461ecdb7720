package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns the SMS to customers, with their refs and idempotency keys, and the numbers that said STOP. */
@Component
class OutgoingTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("outgoing").kept("for now").erases(new OfRecipient()),
                Table.named("opt_out")
                        .kept("a number that said STOP gets nothing until it says START, however long that takes")
                        .erases(new OfOptOut()));
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

    /** Erases that a number had opted out. */
    private static final class OfOptOut implements Erasing {

        private static final String COUNT = "select count(*) from opt_out where tenant_id = ? and number_key = ?";
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
        public Erased erase(Transaction tx, Of number, int limit) {
            int rows = tx.sql()
                    .sql(ERASE)
                    .params(number.tenantId(), number.numberKey())
                    .update();
            return new Erased(rows, Erased.NOTHING.counts());
        }
    }
}
