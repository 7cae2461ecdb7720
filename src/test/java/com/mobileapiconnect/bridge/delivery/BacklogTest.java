package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.store.StoreUndecidedException;
import com.mobileapiconnect.bridge.store.UnsureCommits;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class BacklogTest {

    private final UnsureCommits commits = new UnsureCommits();
    private StoredDeliveries stored;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(Database.open(commits.of(database.fresh(directory))));
        stored.put(StoredDeliveries.target("con_1", false));
        stored.delivery("1");
    }

    @AfterEach
    void close() {
        stored.close();
    }

    private void lose(UnsureCommits.Next commit) {
        commits.next(commit);
        assertThatThrownBy(() -> stored.insertLater("2", "dev_1", "con_1").join())
                .hasCauseInstanceOf(StoreUndecidedException.class);
        stored.store.writeNow(tx -> tx);
    }

    @Test
    void deliveriesOfACommitThatLostItsAnswerAreCounted() {
        lose(UnsureCommits.Next.LOST_AFTER);
        assertThat(stored.number("select count(*) from delivery where state = 0"))
                .isEqualTo(2);
        assertThat(stored.backlog.of("con_1")).isEqualTo(2);
    }

    @Test
    void deliveriesThatWereNotCommittedAreNotCounted() {
        lose(UnsureCommits.Next.LOST_BEFORE);
        assertThat(stored.backlog.of("con_1")).isEqualTo(1);
    }
}
