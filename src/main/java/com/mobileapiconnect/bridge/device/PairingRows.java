package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pairing links as rows. Of the code there is only a hash, and the token is sealed. */
final class PairingRows implements Rows<String, PairingLink> {

    private static final String ALL = "select * from pairing";
    private static final String ONE = "select * from pairing where id = ?";
    private static final String PUT = """
            insert into pairing (id, tenant_id, code_hash, token, expires_at, used_at) values (?, ?, ?, ?, ?, ?)
            on conflict (id) do update set code_hash = excluded.code_hash, token = excluded.token,
                expires_at = excluded.expires_at, used_at = excluded.used_at""";
    private static final String DELETE = "delete from pairing where id = ?";

    private final Vault vault;

    PairingRows(Vault vault) {
        this.vault = vault;
    }

    static String place(String deviceId) {
        return "pairing/" + deviceId + "/token";
    }

    @Override
    public String key(PairingLink link) {
        return link.deviceId();
    }

    @Override
    public List<PairingLink> all(JdbcClient sql) {
        return sql.sql(ALL).query((row, n) -> read(row)).list();
    }

    @Override
    public @Nullable PairingLink find(JdbcClient sql, String deviceId, @Nullable PairingLink known) {
        return sql.sql(ONE)
                .param(deviceId)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    @Override
    public PairingLink put(Transaction tx, @Nullable PairingLink before, PairingLink now) {
        Redacted token = now.token();
        tx.sql()
                .sql(PUT)
                .params(
                        now.deviceId(),
                        now.tenantId(),
                        now.hash(),
                        token == null ? null : vault.seal(token.reveal(), place(now.deviceId())),
                        now.expiresAt().toEpochMilli(),
                        Columns.millis(now.usedAt()))
                .update();
        return now;
    }

    @Override
    public void remove(Transaction tx, PairingLink before) {
        tx.sql().sql(DELETE).param(before.deviceId()).update();
    }

    private PairingLink read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        byte[] box = row.getBytes("token");
        return new PairingLink(
                id,
                row.getString("tenant_id"),
                row.getString("code_hash"),
                box == null ? null : new Redacted(vault.open(box, place(id))),
                Columns.time(row, "expires_at"),
                Columns.timeOrNull(row, "used_at"));
    }
}
