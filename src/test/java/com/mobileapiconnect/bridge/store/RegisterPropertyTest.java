package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Notes.Note;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnPostgresql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Whatever units share a commit, whichever of them fail, and whichever commits do: a register is what the units that
 * did not fail have made of it, one after the other, and so are its rows.
 */
class RegisterPropertyTest {

    private static final Map<Database, JdbcStore> STORES = new EnumMap<>(Database.class);
    private static int tries;

    private enum Kind {
        APPEND,
        REMOVE,
        LOOK
    }

    /** @param row which of a few */
    record Step(Kind kind, int row) {}

    private enum End {
        WELL,
        FAILS,
        /** Its commit fails with it. */
        TAKES_THE_CONNECTION_ALONG
    }

    record Unit(List<Step> steps, End end) {}

    @AfterContainer
    static void close() {
        STORES.values().forEach(JdbcStore::close);
        STORES.clear();
    }

    private static JdbcStore store(Database database) {
        return STORES.computeIfAbsent(database, fresh -> {
            try {
                return fresh.store(Files.createTempDirectory("register"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Provide
    Arbitrary<List<List<Unit>>> groups() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 2))
                .as(Step::new);
        Arbitrary<End> end = Arbitraries.frequency(
                Tuple.of(12, End.WELL), Tuple.of(4, End.FAILS), Tuple.of(1, End.TAKES_THE_CONNECTION_ALONG));
        Arbitrary<Unit> unit =
                Combinators.combine(step.list().ofMinSize(1).ofMaxSize(4), end).as(Unit::new);
        return unit.list().ofMinSize(1).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 150)
    void memoryAndRowsAreWhatTheUnitsThatWereCommittedMadeOnSqlite(@ForAll("groups") List<List<Unit>> groups)
            throws InterruptedException {
        new Run(store(Database.SQLITE)).of(groups);
    }

    @Tag(OnPostgresql.TAG)
    @Property(tries = 100)
    void memoryAndRowsAreWhatTheUnitsThatWereCommittedMadeOnPostgresql(@ForAll("groups") List<List<Unit>> groups)
            throws InterruptedException {
        new Run(store(Database.POSTGRESQL)).of(groups);
    }

    private static final class Run {

        private final JdbcStore store;
        private final Register<String, Note> notes;
        private final String prefix = "note-" + tries++ + "-";
        private Map<String, Note> expected = new TreeMap<>();
        private final Map<String, Note> told = new TreeMap<>();
        private boolean followed = true;

        Run(JdbcStore store) {
            this.store = store;
            this.notes = new Register<>(store, new Notes());
            notes.watch(this::follow);
        }

        /** Watchers are told of each step, so that following them leads to what is published. */
        private void follow(@Nullable Note before, @Nullable Note now) {
            String name = now == null ? before.name() : now.name();
            followed &= Objects.equals(told.get(name), before);
            if (now == null) {
                told.remove(name);
            } else {
                told.put(name, now);
            }
        }

        void of(List<List<Unit>> groups) throws InterruptedException {
            for (List<Unit> group : groups) {
                CountDownLatch gate = new CountDownLatch(1);
                HeldWriter.hold(store, gate);
                List<List<String>> seen = new ArrayList<>();
                List<CompletableFuture<Integer>> done = new ArrayList<>();
                for (Unit unit : group) {
                    List<String> looks = new ArrayList<>();
                    seen.add(looks);
                    done.add(store.write(tx -> run(tx, unit, looks)));
                }
                gate.countDown();
                check(group, seen, done);
            }
            Map<String, Note> rows = new HashMap<>();
            store.read(sql -> new Notes().all(sql)).stream()
                    .filter(note -> note.name().startsWith(prefix))
                    .forEach(note -> rows.put(note.name(), note));
            assertThat(rows).isEqualTo(expected);
            assertThat(followed)
                    .as("each step began where the one before had ended")
                    .isTrue();
            assertThat(told).isEqualTo(expected);
            for (int row = 0; row < 3; row++) {
                assertThat(notes.find(prefix + row)).isEqualTo(expected.get(prefix + row));
            }
        }

        private int run(Transaction tx, Unit unit, List<String> looks) throws SQLException {
            looks.clear(); // it may be called a second time
            for (Step step : unit.steps()) {
                String name = prefix + step.row();
                switch (step.kind()) {
                    case APPEND -> notes.change(tx, name, now -> appended(name, now));
                    case REMOVE -> notes.remove(tx, name);
                    default -> looks.add(String.valueOf(notes.find(tx, name)));
                }
                assertThat(notes.find(tx, name)).isEqualTo(new Notes().find(tx.sql(), name, null));
            }
            if (unit.end() == End.FAILS) {
                throw new IllegalArgumentException("as it should");
            }
            if (unit.end() == End.TAKES_THE_CONNECTION_ALONG) {
                tx.connection().close();
            }
            return looks.size();
        }

        private void check(List<Unit> group, List<List<String>> seen, List<CompletableFuture<Integer>> done) {
            boolean lost = group.stream().anyMatch(unit -> unit.end() == End.TAKES_THE_CONNECTION_ALONG);
            Map<String, Note> after = new TreeMap<>(expected);
            for (int i = 0; i < group.size(); i++) {
                Unit unit = group.get(i);
                Map<String, Note> own = new TreeMap<>(after);
                List<String> looks = new ArrayList<>();
                unit.steps().forEach(step -> apply(step, own, looks));
                boolean committed =
                        done.get(i).handle((value, failure) -> failure == null).join();
                if (unit.end() != End.WELL || !lost) {
                    assertThat(committed).isEqualTo(unit.end() == End.WELL);
                }
                // Otherwise it depends on its commit: a group that takes long is ended before its last unit.
                if (committed) {
                    assertThat(seen.get(i)).isEqualTo(looks);
                    after = own;
                }
            }
            expected = after;
        }

        private void apply(Step step, Map<String, Note> rows, List<String> looks) {
            String name = prefix + step.row();
            Note now = rows.get(name);
            switch (step.kind()) {
                case APPEND -> {
                    Note next = appended(name, now);
                    rows.put(name, new Note(name, next.text(), next.version() + 1));
                }
                case REMOVE -> rows.remove(name);
                default -> looks.add(String.valueOf(now));
            }
        }
    }

    private static Note appended(String name, @Nullable Note now) {
        return now == null ? Notes.fresh(name, "x") : now.with(now.text() + "x");
    }
}
