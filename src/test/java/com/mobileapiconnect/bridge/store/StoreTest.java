package com.mobileapiconnect.bridge.store;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database has to do for the store. */
@OnBothDatabases
class StoreTest {

    private static final String PUT = "insert into meta (name, value) values (?, ?)";
    private static final int LONGEST_QUEUE = 20;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CountDownLatch gate = new CountDownLatch(1);
    private JdbcStore store;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        store = JdbcStore.open(database.fresh(directory), new StoreSettings(2, 256, LONGEST_QUEUE), metrics);
    }

    @AfterEach
    void close() {
        gate.countDown();
        store.close();
    }

    private static Work<Integer> put(String name) {
        return tx -> tx.sql().sql(PUT).params(name, "x").update();
    }

    private long count(String like) {
        return store.read(sql -> sql.sql("select count(*) from meta where name like ?")
                .param(like)
                .query(Long.class)
                .single());
    }

    private double commits() {
        return metrics.get("bridge.store.group").summary().count();
    }

    @Test
    void whoWaitsTogetherSharesACommit() throws Exception {
        CompletableFuture<Boolean> held = HeldWriter.hold(store, gate);
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(store.write(put("shared-" + i)));
        }
        gate.countDown();
        held.get(60, TimeUnit.SECONDS);
        CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        store.writeNow(put("after")); // the figures of a commit may be noted after its futures complete

        assertThat(count("shared-%")).isEqualTo(10);
        assertThat(commits()).isBetween(3.0, 11.0); // the one that held, the ten (on a slow machine in parts), the last
    }

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    /** Begins a list query of a tenant that ends when the latch is open. */
    private CompletableFuture<Void> list(String tenant, CountDownLatch until) {
        int waiting = waiting() + asked.size();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            store.read(tenant, sql -> {
                asked.add(tenant);
                return await(until);
            });
            answer.complete(null);
        });
        caller.setDaemon(true);
        caller.start();
        eventually(() -> assertThat(waiting() + asked.size()).isEqualTo(waiting + 1));
        return answer;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int waiting() {
        return (int) metrics.get("bridge.turns.waiting")
                .tag("threads", "store-lists")
                .gauge()
                .value();
    }

    @Test
    void aTenantsListsHoldUpNeitherAnotherTenantNorTheBridge() throws Exception {
        for (int i = 0; i < 5; i++) {
            list("a", gate);
        }

        list("b", new CountDownLatch(0)).get(60, TimeUnit.SECONDS);
        assertThat(store.readLater(sql -> "read").get(60, TimeUnit.SECONDS)).isEqualTo("read");
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void listsOfAllTenantsHoldUpNothingThatTheBridgeReads() throws Exception {
        for (String tenant : "abcdef".split("")) {
            list(tenant, gate);
        }

        assertThat(store.readLater(sql -> "read").get(60, TimeUnit.SECONDS)).isEqualTo("read");
        assertThat(count("none")).isZero();
        assertThat(asked).hasSize(2);
    }

    @Test
    void listsAreAnsweredATenantAtATime() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        list("x", gate);
        list("y", first);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (String tenant : "aaabbc".split("")) {
            answers.add(list(tenant, new CountDownLatch(0)));
        }
        first.countDown();

        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(asked).containsExactly("x", "y", "a", "b", "c", "a", "b", "a");
    }

    @Test
    void aBadMemberOfAGroupFailsAlone() throws Exception {
        store.writeNow(put("taken"));
        HeldWriter.hold(store, gate);
        CompletableFuture<Integer> before = store.write(put("before"));
        CompletableFuture<Integer> twice = store.write(tx -> {
            put("half").in(tx);
            return put("taken").in(tx);
        });
        CompletableFuture<Integer> own = store.write(tx -> {
            put("own").in(tx);
            throw new IllegalArgumentException("changed its mind");
        });
        CompletableFuture<Integer> after = store.write(put("after"));
        gate.countDown();

        assertThat(before.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(after.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThatThrownBy(() -> twice.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(org.springframework.dao.DataAccessException.class);
        assertThatThrownBy(() -> own.get(60, TimeUnit.SECONDS)).hasMessageContaining("changed its mind");
        assertThat(count("half") + count("own")).isZero();
        assertThat(count("before") + count("after")).isEqualTo(2);
    }

    @Test
    void unitsRunInTheOrderGiven() throws Exception {
        List<Integer> order = new ArrayList<>();
        HeldWriter.hold(store, gate);
        CompletableFuture<Boolean> last = null;
        for (int i = 0; i < LONGEST_QUEUE; i++) {
            int n = i;
            last = store.write(tx -> order.add(n));
        }
        gate.countDown();
        last.get(60, TimeUnit.SECONDS);
        assertThat(order).hasSize(LONGEST_QUEUE).isSorted();
    }

    @Test
    void shortUnitsOfOneOwnerDoNotWaitForTheLongOnesOfAnother() {
        eventually(this::shortUnitsDoNotWait); // a busy machine may make short ones long
    }

    private void shortUnitsDoNotWait() throws Exception {
        List<String> order = new ArrayList<>();
        CountDownLatch begin = new CountDownLatch(1);
        HeldWriter.hold(store, begin);
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(store.write("ten_long", tx -> {
                busyFor(60);
                return order.add("long");
            }));
        }
        for (int i = 0; i < 5; i++) {
            all.add(store.write("ten_short", tx -> order.add("short")));
        }
        begin.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(order).hasSize(10);
        assertThat(order.lastIndexOf("short")).isLessThanOrEqualTo(5); // behind the first long one at most
    }

    @Test
    void aUnitThatFailsIsAtTheCostOfItsOwner() {
        eventually(this::unitsThatFailCostTheirOwner); // a busy machine may make short ones long
    }

    private void unitsThatFailCostTheirOwner() throws Exception {
        List<String> order = new ArrayList<>();
        CountDownLatch begin = new CountDownLatch(1);
        HeldWriter.hold(store, begin);
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(store.write("ten_failing", tx -> {
                busyFor(10);
                order.add("failing");
                throw new IllegalArgumentException("as its owner likes");
            }));
        }
        for (int i = 0; i < 5; i++) {
            all.add(store.write("ten_short", tx -> order.add("short")));
        }
        begin.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> done)
                .get(60, TimeUnit.SECONDS);

        // Behind the first failing one at most, which ran twice: in its group, and by itself.
        assertThat(order.subList(0, 7)).filteredOn("short"::equals).hasSize(5);
    }

    @Test
    void whoeverWritesWhileTheStoreClosesIsTold() throws Exception {
        Queue<CompletableFuture<Boolean>> all = new ConcurrentLinkedQueue<>();
        AtomicBoolean closed = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread writer = new Thread(() -> {
                while (!closed.get()) {
                    CompletableFuture<Boolean> written = store.write(tx -> true);
                    if (!written.isDone()) {
                        all.add(written);
                    }
                }
            });
            writer.start();
            writers.add(writer);
        }
        store.close();
        closed.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> done)
                .get(60, TimeUnit.SECONDS);
    }

    private static void busyFor(int millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aGroupThatHasHeldTheWriterForLongIsCommittedBeforeTheOthersRun() throws Exception {
        HeldWriter.hold(store, gate);
        List<CompletableFuture<Boolean>> slow = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            slow.add(store.write("ten_slow", tx -> {
                busyFor(30);
                return true;
            }));
        }
        gate.countDown();
        CompletableFuture.allOf(slow.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        store.writeNow(put("after"));

        assertThat(commits()).isBetween(4.0, 6.0); // the one that held, two and two or fewer, the last
    }

    @Test
    void aUnitThatIsWithdrawnInTimeIsNeverStored() throws Exception {
        CompletableFuture<Boolean> held = HeldWriter.hold(store, gate);
        CompletableFuture<Integer> waiting = store.write(put("withdrawn"));

        assertThat(waiting.cancel(false)).isTrue();
        assertThat(held.cancel(false)).isFalse();
        gate.countDown();

        assertThat(held.get(60, TimeUnit.SECONDS)).isTrue();
        store.writeNow(put("after"));
        assertThat(count("withdrawn")).isZero();
    }

    @Test
    void aReadSeesEveryCompletedWrite() {
        for (int i = 1; i <= 50; i++) {
            store.writeNow(put("seen-" + i));
            assertThat(count("seen-%")).isEqualTo(i);
        }
    }

    @Test
    void moreThanTheQueueHoldsIsRefusedAtOnce() throws Exception {
        HeldWriter.hold(store, gate);
        for (int i = 0; i < LONGEST_QUEUE; i++) {
            store.write(put("queued-" + i));
        }
        assertThatThrownBy(() -> store.writeNow(put("one too many")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("overloaded");
        gate.countDown();
    }

    @Test
    void anErrorOfADriverDoesNotEndTheWriter() {
        assertThatThrownBy(() -> store.writeNow(tx -> {
                    throw new AssertionError("as a driver asserts on a lost connection");
                }))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(store.<Integer>writeNow(tx -> 1)).isEqualTo(1);
    }

    @Test
    void aClosedStoreRefuses() {
        store.writeNow(put("warm")); // closing waits two seconds at most
        CompletableFuture<Integer> last = store.write(put("last"));
        store.close();
        assertThat(last).isCompletedWithValue(1);
        assertThatThrownBy(() -> store.writeNow(put("late"))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> count("late")).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aLostConnectionFailsItsGroupAndTheNextOneGoesOn() throws Exception {
        store.writeNow(put("warm")); // a first statement may take as long as a group
        AtomicInteger tries = new AtomicInteger();
        // On a busy machine any other may do so, too, and then the neighbour is committed before.
        eventually(() -> {
            CountDownLatch begin = new CountDownLatch(1);
            HeldWriter.hold(store, begin);
            CompletableFuture<Integer> neighbour = store.write(put("beside-" + tries.incrementAndGet()));
            CompletableFuture<Integer> fatal = store.write(tx -> {
                tx.connection().close();
                return put("never").in(tx);
            });
            begin.countDown();
            assertThatThrownBy(() -> fatal.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> neighbour.get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class);
        });
        assertThat(store.sinceCommitNanos()).isEqualTo(Long.MAX_VALUE);

        store.writeNow(put("neighbour"));
        assertThat(store.sinceCommitNanos()).isLessThan(Long.MAX_VALUE);
        assertThat(count("neighbour")).isEqualTo(1);
    }

    @Test
    void textIsFoundWhateverTheCaseOfItsAsciiLettersAndNothingInItIsAPattern() {
        store.writeNow(put("BaLance 100% of_it"));
        assertThat(contains("bAlANCE 100!% OF!_")).isEqualTo(1);
        assertThat(contains("balance 100!%!%")).isZero();
    }

    private long contains(String escaped) {
        String where = store.dialect().contains("name", ":q");
        return store.read(sql -> sql.sql("select count(*) from meta where " + where)
                .param("q", "%" + escaped + "%")
                .query(Long.class)
                .single());
    }
}
