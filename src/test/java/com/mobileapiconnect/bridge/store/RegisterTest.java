package com.mobileapiconnect.bridge.store;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.store.Notes.Note;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No change of a row is lost, whoever else changes it. */
@OnBothDatabases
class RegisterTest {

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> told = new ArrayList<>();
    private JdbcStore store;
    private Register<String, Note> notes;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        store = database.store(directory);
        notes = new Register<>(store, new Notes());
        put("note-a", "one");
        notes.watch((before, now) -> told.add(text(before) + " > " + text(now)));
    }

    @AfterEach
    void close() {
        gate.countDown();
        store.close();
    }

    private static @Nullable String text(@Nullable Note note) {
        return note == null ? null : note.text();
    }

    private void put(String name, String text) {
        store.writeNow(tx -> notes.change(tx, name, now -> Notes.fresh(name, text)));
    }

    /** Adds to what is there. */
    private Work<Note> append(String name, String more) {
        return tx -> notes.change(tx, name, now -> now == null ? Notes.fresh(name, more) : now.with(now.text() + more));
    }

    private @Nullable Note row(String name) {
        return store.read(sql -> new Notes().find(sql, name, null));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    /** What units that share a commit do; they wait for the latch. */
    private interface Together {
        void run(CountDownLatch begin) throws Exception;
    }

    /** Begins anew where they did not share one: a group that takes long is committed before its last unit. */
    private void inOneCommit(Together units) {
        eventually(() -> {
            store.writeNow(tx -> {
                notes.remove(tx, "note-z");
                return notes.remove(tx, "note-a");
            });
            put("note-a", "one");
            told.clear();
            CountDownLatch begin = new CountDownLatch(1);
            HeldWriter.hold(store, begin);
            units.run(begin);
        });
    }

    @Test
    void changesThatShareACommitBuildOnEachOther() throws Exception {
        HeldWriter.hold(store, gate);
        CompletableFuture<Note> two = store.write(append("note-a", ", two"));
        CompletableFuture<Note> three = store.write(append("note-a", ", three"));
        gate.countDown();

        assertThat(get(two)).isEqualTo(new Note("note-a", "one, two", 2));
        assertThat(get(three)).isEqualTo(new Note("note-a", "one, two, three", 3));
        assertThat(notes.find("note-a")).isEqualTo(row("note-a")).isEqualTo(get(three));
        assertThat(told).containsExactly("one > one, two", "one, two > one, two, three");
    }

    @Test
    void aUnitThatFailsLeavesNothingForThoseAfterIt() throws Exception {
        HeldWriter.hold(store, gate);
        CompletableFuture<Note> two = store.write(append("note-a", ", two"));
        CompletableFuture<Note> failing = store.write(tx -> {
            append("note-a", ", never").in(tx);
            notes.remove(tx, "note-a");
            append("note-b", "never").in(tx);
            throw new IllegalArgumentException("changed its mind");
        });
        CompletableFuture<@Nullable Note> seen = store.write(tx -> notes.find(tx, "note-b"));
        CompletableFuture<Note> three = store.write(append("note-a", ", three"));
        gate.countDown();

        assertThatThrownBy(() -> get(failing)).hasMessageContaining("changed its mind");
        assertThat(get(seen)).isNull();
        assertThat(get(three).text()).isEqualTo("one, two, three");
        assertThat(notes.find("note-a")).isEqualTo(row("note-a")).isEqualTo(get(three));
        assertThat(notes.find("note-b")).isNull();
        assertThat(told).containsExactly("one > one, two", "one, two > one, two, three");
        assertThat(get(two).version()).isEqualTo(2);
    }

    @Test
    void aCommitThatFailsLeavesNothing() {
        inOneCommit(this::aCommitThatFailsLeavesNothing);
    }

    private void aCommitThatFailsLeavesNothing(CountDownLatch begin) throws Exception {
        CompletableFuture<Note> two = store.write(append("note-a", ", two"));
        CompletableFuture<Integer> fatal = store.write(tx -> {
            tx.connection().close();
            return 1;
        });
        begin.countDown();

        assertThatThrownBy(() -> get(two))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> get(fatal)).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(notes.find("note-a")).isEqualTo(row("note-a")).isEqualTo(new Note("note-a", "one", 1));
        assertThat(store.writeNow(append("note-a", ", three")).text()).isEqualTo("one, three");
        assertThat(told).containsExactly("one > one, three");
    }

    @Test
    void whatIsRemovedIsGoneForTheUnitsAfterItAndStaysThereForReadersUntilTheCommit() {
        inOneCommit(this::whatIsRemovedIsGoneForTheUnitsAfterItAndStaysThereForReaders);
    }

    private void whatIsRemovedIsGoneForTheUnitsAfterItAndStaysThereForReaders(CountDownLatch begin) throws Exception {
        CompletableFuture<@Nullable Note> removed = store.write(tx -> notes.remove(tx, "note-a"));
        CompletableFuture<@Nullable Note> looking = store.write(tx -> notes.find(tx, "note-a"));
        CompletableFuture<@Nullable Note> again = store.write(tx -> notes.remove(tx, "note-a"));
        AtomicReference<@Nullable Note> read = new AtomicReference<>();
        CompletableFuture<Boolean> late = store.write(tx -> {
            notes.change(tx, "note-z", now -> Notes.fresh("note-z", "beside"));
            read.set(notes.find("note-a"));
            return new Notes().find(tx.sql(), "note-a", null) == null;
        });
        begin.countDown();

        assertThat(text(get(removed))).isEqualTo("one");
        assertThat(get(looking)).isNull();
        assertThat(get(again)).isNull();
        assertThat(get(late)).isTrue();
        assertThat(read.get()).as("for a reader").isNotNull();
        assertThat(notes.find("note-a")).isNull();
        assertThat(told).containsExactly("one > null", "null > beside");
    }

    @Test
    void whatIsNotChangedIsNeitherWrittenNorTold() {
        Note same = store.writeNow(tx -> notes.change(tx, "note-a", now -> now));

        assertThat(same.version()).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void aWatcherThatFailsStopsNeitherTheOthersNorTheWriter() {
        List<String> later = new ArrayList<>();
        notes.watch((before, now) -> {
            throw new IllegalStateException("cannot follow");
        });
        notes.watch((before, now) -> later.add(text(now)));

        put("note-a", "two");
        put("note-a", "three");

        assertThat(later).containsExactly("two", "three");
        assertThat(notes.find("note-a")).isEqualTo(row("note-a"));
    }

    @Test
    void nobodyWhoReadsWaitsForTheWriter() throws Exception {
        CountDownLatch watching = new CountDownLatch(1);
        notes.watch((before, now) -> {
            watching.countDown();
            HeldWriter.await(gate);
        });
        CompletableFuture<Note> two = store.write(append("note-a", ", two"));
        assertThat(HeldWriter.await(watching)).isTrue();

        CompletableFuture<@Nullable Note> read = CompletableFuture.supplyAsync(() -> notes.find("note-a"));
        CompletableFuture<Integer> all =
                CompletableFuture.supplyAsync(() -> notes.all().size());

        assertThat(text(get(read))).isEqualTo("one, two");
        assertThat(get(all)).isEqualTo(1);
        assertThat(two).isNotDone();
    }

    @Test
    void whatSomebodyElseHasWrittenIsTakenOverWhenAskedFor() throws Exception {
        put("note-b", "stays");
        store.writeNow(tx -> {
            Notes.write(tx, new Note("note-a", "from elsewhere", 7));
            Notes.write(tx, new Note("note-c", "new", 1));
            return tx;
        });
        told.clear();
        get(notes.reload(List.of("note-a", "note-b", "note-c", "note-d")));

        assertThat(notes.find("note-a")).isEqualTo(new Note("note-a", "from elsewhere", 7));
        assertThat(told).containsExactly("one > from elsewhere", "null > new");
        store.writeNow(
                tx -> tx.sql().sql("delete from meta where name = 'note-c'").update());
        get(notes.reload(List.of("note-c")));
        assertThat(notes.find("note-c")).isNull();
    }

    @Test
    void aChangeBuildsOnTheRowAlsoWhereMemoryDoesNotKnowIt() {
        store.writeNow(tx -> {
            Notes.write(tx, new Note("note-a", "from elsewhere", 7));
            return tx;
        });

        assertThat(store.writeNow(append("note-a", ", and here")))
                .isEqualTo(new Note("note-a", "from elsewhere, and here", 8));
    }

    @Test
    void aStartReadsAllRows() {
        put("note-b", "two");

        assertThat(new Register<>(store, new Notes()).all())
                .containsExactlyInAnyOrder(new Note("note-a", "one", 1), new Note("note-b", "two", 1));
    }
}
