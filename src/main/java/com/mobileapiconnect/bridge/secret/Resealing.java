package com.mobileapiconnect.bridge.secret;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Moves everything that is sealed from one master key to another in a single transaction. */
final class Resealing {

    private static final String PLACE = "meta/master-key-check";
    private static final String CHECK = "erp-bridge";
    private static final String FIND = "select value from meta where name = 'master-key-check'";
    private static final String KEEP = "insert into meta (name, value) values ('master-key-check', ?)";
    private static final String REPLACE = "update meta set value = ? where name = 'master-key-check'";
    private static final String BOXES = "select id, %2$s as box from %1$s where %2$s is not null";
    private static final String RESEAL = "update %1$s set %2$s = ? where id = ?";

    private final Store store;
    private final List<SealedColumns.Column> columns;

    Resealing(Store store, List<? extends SealedColumns> features) {
        this.store = store;
        this.columns = features.stream()
                .flatMap(feature -> feature.sealedColumns().stream())
                .toList();
    }

    /** Returns whether the store has never been used with a master key; if so, notes this one. */
    boolean firstUse(Vault vault) {
        if (store.read(Resealing::check).isPresent()) {
            return false;
        }
        store.writeNow(tx -> tx.sql().sql(KEEP).param(check(vault)).update());
        return true;
    }

    boolean fits(Vault vault) {
        return opens(vault, store.read(Resealing::check).orElseThrow());
    }

    /** Returns what tells a store's key from others; empty for a store that has never been used with one. */
    static Optional<String> check(JdbcClient sql) {
        return sql.sql(FIND).query(String.class).optional();
    }

    static boolean opens(Vault vault, String check) {
        try {
            vault.open(Base64.getDecoder().decode(check), PLACE);
            return true;
        } catch (WrongMasterKeyException e) {
            return false;
        }
    }

    /** Seals everything again and returns the number of secrets. */
    int run(Vault from, Vault to) {
        return store.writeNow(tx -> {
            int secrets = 0;
            for (SealedColumns.Column column : columns) {
                secrets += reseal(tx, column, from, to);
            }
            tx.sql().sql(REPLACE).param(check(to)).update();
            return secrets;
        });
    }

    private record Box(String id, byte[] content) {}

    private static int reseal(Transaction tx, SealedColumns.Column column, Vault from, Vault to) {
        JdbcClient sql = tx.sql();
        // Table and column are names from the code, never from input.
        List<Box> boxes = sql.sql(BOXES.formatted(column.table(), column.name()))
                .query((row, n) -> new Box(row.getString("id"), row.getBytes("box")))
                .list();
        for (Box box : boxes) {
            String place = column.place(box.id());
            byte[] sealed = to.seal(from.open(box.content(), place), place);
            sql.sql(RESEAL.formatted(column.table(), column.name()))
                    .params(sealed, box.id())
                    .update();
        }
        return boxes.size();
    }

    private static String check(Vault vault) {
        return Base64.getEncoder().encodeToString(vault.seal(CHECK, PLACE));
    }
}
