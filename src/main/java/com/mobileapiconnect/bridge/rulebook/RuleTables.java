package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Owns rules in all their versions. A form of a rule goes when it has ended and no message was held against it. */
@Component
class RuleTables implements TableOwner {

    /** Longer than a message may take from its decision, by the rules of that moment, to its commit. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final String ENDED = """
            select id, since_version, until_version, tenant_id from rule
            where (id, since_version) > (:id, :since) and until_version is not null
              and (ended_at is null or ended_at < :before)
            order by id, since_version limit :limit""";
    private static final String REMOVE =
            "delete from rule where id = ? and since_version = ? and until_version is not null";
    private static final String OF_TENANT = "select id, since_version from rule where tenant_id = ? limit ?";
    private static final String REMOVE_ANY = "delete from rule where id = ? and since_version = ?";
    private static final String VERSION_OF_TENANT = "select tenant_id from rule_version where tenant_id = ? limit ?";

    private final Rulebooks rulebooks;

    RuleTables(Rulebooks rulebooks) {
        this.rulebooks = rulebooks;
    }

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("rule")
                        .ages(new Ageing<>(
                                Period.unreferenced("rules", GRACE), RuleTables::unreferenced, RuleTables::remove))
                        .notErased("holds what the tenant wrote")
                        .leaves(Leaving.of(
                                OF_TENANT,
                                row -> new Form(row.getString(1), row.getLong(2), 0, ""),
                                RuleTables::removeOfTenant)),
                Table.named("rule_version")
                        .kept("one row for each tenant, which counts on")
                        .notErased("holds a number for each tenant")
                        .leaves(Leaving.of(VERSION_OF_TENANT, row -> row.getString(1), this::removeVersions)));
    }

    private static int removeOfTenant(Transaction tx, List<Form> forms) {
        forms.forEach(
                form -> tx.sql().sql(REMOVE_ANY).params(form.id(), form.since()).update());
        return forms.size();
    }

    private int removeVersions(Transaction tx, List<String> tenants) {
        tenants.forEach(tenant -> rulebooks.remove(tx, tenant));
        return tenants.size();
    }

    /** A rule in the form that it had from one version to another. */
    private record Form(String id, long since, long until, String tenantId) {

        boolean unreferenced(JdbcClient sql) {
            return !MessageRows.heldAgainst(sql, tenantId, since, until);
        }
    }

    private static Found<Form> unreferenced(JdbcClient sql, @Nullable Form after, Instant before, int limit) {
        List<Form> page = sql.sql(ENDED)
                .param("id", after == null ? "" : after.id())
                .param("since", after == null ? 0 : after.since())
                .param("before", before.toEpochMilli())
                .param("limit", limit)
                .query((row, n) -> new Form(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)))
                .list();
        return new Found<>(
                page.stream().filter(form -> form.unreferenced(sql)).toList(),
                page.isEmpty() ? null : page.get(page.size() - 1));
    }

    private static int remove(Transaction tx, List<Form> forms) {
        int removed = 0;
        for (Form form : forms) {
            if (form.unreferenced(tx.sql())) {
                removed += tx.sql().sql(REMOVE).params(form.id(), form.since()).update();
            }
        }
        return removed;
    }
}
