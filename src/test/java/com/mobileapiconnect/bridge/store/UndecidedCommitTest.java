package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.store.Notes.Note;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory follows what is stored even where nobody is told whether a commit happened. */
@OnBothDatabases
class UndecidedCommitTest {

    private final UnsureCommits commits = new UnsureCommits();
    private JdbcStore store;
    private Register<String, Note> notes;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        store = Database.open(commits.of(database.fresh(directory)));
        notes = new Register<>(store, new Notes());
        write("note-a", "one");
        write("note-b", "one");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(String name, String text) {
        store.writeNow(tx -> notes.change(tx, name, now -> Notes.fresh(name, text)));
    }

    private @Nullable Note row(String name) {
        return store.read(sql -> new Notes().find(sql, name, null));
    }

    @Test
    void whatWasCommittedIsReadIntoMemoryAndTheCallerIsNotToldThatNothingWasChanged() {
        commits.next(UnsureCommits.Next.LOST_AFTER);
        assertThatThrownBy(() -> store.writeNow(tx -> {
                    notes.remove(tx, "note-b");
                    return notes.change(tx, "note-a", now -> now.with("two"));
                }))
                .isInstanceOf(StoreUndecidedException.class);
        store.writeNow(tx -> tx);

        assertThat(notes.find("note-a")).isEqualTo(new Note("note-a", "two", 2)).isEqualTo(row("note-a"));
        assertThat(notes.find("note-b")).isNull();
    }

    @Test
    void memoryIsRightBeforeAnybodyDecidesByIt() {
        commits.next(UnsureCommits.Next.LOST_AFTER);
        assertThatThrownBy(() -> write("note-c", "new")).isInstanceOf(StoreUndecidedException.class);

        assertThat(store.<Note>writeNow(tx -> notes.find(tx, "note-c"))).isEqualTo(new Note("note-c", "new", 1));
    }

    @Test
    void whatWasNotCommittedLeavesMemoryAsItWas() {
        commits.next(UnsureCommits.Next.LOST_BEFORE);
        assertThatThrownBy(() -> write("note-a", "two")).isInstanceOf(StoreUndecidedException.class);
        store.writeNow(tx -> tx);

        assertThat(notes.find("note-a")).isEqualTo(new Note("note-a", "one", 1)).isEqualTo(row("note-a"));
    }
}
