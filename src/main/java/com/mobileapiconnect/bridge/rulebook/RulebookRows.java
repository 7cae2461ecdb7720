package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Rows;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant's rules as a whole: a number that counts its versions, and the rows of {@link RuleRows}. */
final class RulebookRows implements Rows<String, Rulebook> {

    private final Clock clock;

    RulebookRows(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String key(Rulebook book) {
        return book.tenantId();
    }

    @Override
    public List<Rulebook> all(JdbcClient sql) {
        Map<String, List<Rule>> rules = RuleRows.standing(sql);
        List<Rulebook> books = new ArrayList<>();
        RuleRows.versions(sql)
                .forEach((tenantId, version) -> books.add(
                        new Rulebook(tenantId, RuleSet.of(version, rules.getOrDefault(tenantId, List.of())))));
        return books;
    }

    /** Compiling them takes long: the version tells whether it has to be done. */
    @Override
    public @Nullable Rulebook find(JdbcClient sql, String tenantId, @Nullable Rulebook known) {
        Long version = RuleRows.version(sql, tenantId);
        if (version == null || (known != null && known.rules().version() == version)) {
            return version == null ? null : known;
        }
        return new Rulebook(
                tenantId,
                RuleSet.of(
                        version,
                        RuleRows.at(sql, tenantId, version).stream()
                                .map(RuleRows.Row::rule)
                                .toList()));
    }

    @Override
    public void remove(Transaction tx, Rulebook before) {
        RuleRows.removeVersion(tx, before.tenantId());
    }

    /** Ends the rules that are not the same any more, and begins those of the new version. */
    @Override
    public Rulebook put(Transaction tx, @Nullable Rulebook before, Rulebook now) {
        RuleSet rules = now.rules();
        RuleRows.putVersion(tx, now.tenantId(), rules.version());
        if (before != null) {
            List<String> ended = before.rules().rules().stream()
                    .filter(old -> rules.find(old.id())
                            .filter(rule -> rule.version() == old.version())
                            .isEmpty())
                    .map(Rule::id)
                    .toList();
            RuleRows.end(tx, ended, rules.version(), clock.instant());
        }
        RuleRows.insert(
                tx,
                now.tenantId(),
                rules.rules().stream()
                        .filter(rule -> rule.version() == rules.version())
                        .toList());
        return now;
    }
}
