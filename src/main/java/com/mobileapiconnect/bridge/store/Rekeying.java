package com.mobileapiconnect.bridge.store;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gives rows new keys after a version that made the keys of phone numbers in another way: at its first start, before
 * anything else looks for them. Only keys that are no plain digits, or begin with what is dialled for a plus, can differ.
 */
public final class Rekeying {

    private static final String DONE = "select count(*) from meta where name = ?";
    private static final String NOTE = "insert into meta (name, value) values (?, '1') on conflict (name) do nothing";
    private static final String FIND = """
            select distinct {scope}, {key} from {table}
            where {where} and ({key} like '00%' or {key} like '011%' or trim({key}, '0123456789') <> '')""";
    private static final String CHANGE = "update {table} set {key} = ? where {where} and {scope} = ? and {key} = ?";

    private Rekeying() {}

    /**
     * A column of keys.
     *
     * @param scope a column that an index has before the key
     * @param where the rows that matter
     */
    public record Column(String table, String scope, String key, String where) {

        private String in(String statement) {
            return statement
                    .replace("{table}", table)
                    .replace("{scope}", scope)
                    .replace("{key}", key)
                    .replace("{where}", where);
        }
    }

    private record Old(String scope, String key) {}

    /**
     * Changes keys unless it was done before.
     *
     * @param name tells what was done from what was not
     */
    public static void once(Store store, String name, UnaryOperator<String> newKey, List<Column> columns) {
        if (store.read(sql -> sql.sql(DONE).param(name).query(Long.class).single()) > 0) {
            return;
        }
        for (Column column : columns) {
            List<Old> found = store.read(sql -> sql.sql(column.in(FIND))
                    .query((row, n) -> new Old(row.getString(1), row.getString(2)))
                    .list());
            for (Old old : found) {
                String key = newKey.apply(old.key());
                if (!key.equals(old.key())) {
                    store.writeNow(tx -> tx.sql()
                            .sql(column.in(CHANGE))
                            .params(key, old.scope(), old.key())
                            .update());
                }
            }
        }
        store.writeNow(tx -> tx.sql().sql(NOTE).param(name).update());
    }
}
