package com.mobileapiconnect.bridge.erp;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.thread.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Writes of a connection go together if they came while the ones before were under way, and each has its own end. */
class BatchesTest {

    private static final int MOST = 4;

    private final Batches batches = new Batches(new Workers(8));
    private final Batching system = new Batching();

    /** A batch that a system has been given, and the answers that it owes. */
    private record Given(List<ErpWrite> writes, List<CompletableFuture<Outcome>> answers) {

        List<String> keys() {
            return writes.stream().map(ErpWrite::key).toList();
        }

        void done() {
            answers.forEach(answer -> answer.complete(new Outcome.Delivered(Evidence.ok(200, "{}"))));
        }
    }

    /** A system that answers when the test says so. */
    private static class Batching implements ErpSystem {

        final BlockingQueue<Given> given = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "batching";
        }

        @Override
        public int most() {
            return MOST;
        }

        @Override
        public int most(ErpConnection connection) {
            return connection.id().startsWith("alone") ? 1 : MOST;
        }

        @Override
        public CompletableFuture<Outcome> send(ErpWrite write) {
            return sendAll(List.of(write)).get(0);
        }

        @Override
        public List<CompletableFuture<Outcome>> sendAll(List<ErpWrite> writes) {
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            writes.forEach(each -> answers.add(new CompletableFuture<>()));
            given.add(new Given(writes, answers));
            return answers;
        }

        @Override
        public ErpRequest preview(ErpWrite write) {
            return new ErpRequest("POST", "batching", Map.of(), null);
        }

        @Override
        public ErpFindings test(ErpConnection connection, long deadlineNanos) {
            return ErpFindings.right();
        }

        Given next() throws InterruptedException {
            Given next = given.poll(120, TimeUnit.SECONDS);
            assertThat(next).as("a batch").isNotNull();
            return next;
        }
    }

    private static ErpWrite write(String connectionId, String id) {
        return SampleWrite.of(connectionId, id, JsonNodeFactory.instance.objectNode());
    }

    private CompletableFuture<Outcome> send(String id) {
        return batches.send(system, write("con_1", id));
    }

    private static void arrived(CompletableFuture<Outcome> answer) throws Exception {
        assertThat(answer.get(120, TimeUnit.SECONDS)).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void whatComesAloneWaitsForNothingAndWhatComesMeanwhileIsTheNextBatchInOrder() throws Exception {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>(List.of(send("1")));
        Given first = system.next();
        assertThat(first.keys()).containsExactly("1");
        for (int i = 2; i <= 7; i++) {
            answers.add(send(Integer.toString(i)));
        }
        assertThat(system.given).as("batches beside the first").isEmpty();
        first.done();
        Given second = system.next();
        assertThat(second.keys()).as("as many as the system takes").containsExactly("2", "3", "4", "5");
        second.done();
        Given third = system.next();
        assertThat(third.keys()).containsExactly("6", "7");
        third.done();
        for (CompletableFuture<Outcome> answer : answers) {
            arrived(answer);
        }
        CompletableFuture<Outcome> later = send("8");
        system.next().done();
        arrived(later);
    }

    @Test
    void connectionsWaitForNoneOfEachOther() throws Exception {
        CompletableFuture<Outcome> hangs = send("1");
        system.next();
        CompletableFuture<Outcome> other = batches.send(system, write("con_2", "2"));
        Given batch = system.next();
        assertThat(batch.keys()).containsExactly("2");
        batch.done();
        arrived(other);
        assertThat(hangs).isNotDone();
    }

    @Test
    void aConnectionThatTakesOneAtATimeHasNoBatches() throws Exception {
        batches.send(system, write("alone", "1"));
        batches.send(system, write("alone", "2"));
        assertThat(system.next().keys()).containsExactly("1");
        assertThat(system.next().keys()).containsExactly("2");
    }

    @Test
    void eachHasItsOwnEndAsSoonAsTheSystemSaysIt() throws Exception {
        CompletableFuture<Outcome> before = send("0");
        Given first = system.next();
        CompletableFuture<Outcome> well = send("1");
        CompletableFuture<Outcome> bad = send("2");
        CompletableFuture<Outcome> slow = send("3");
        first.done();
        Given batch = system.next();
        batch.answers().get(0).complete(new Outcome.Delivered(Evidence.ok(200, "{}")));
        batch.answers().get(1).completeExceptionally(new IllegalStateException("bad"));
        arrived(before);
        arrived(well);
        assertThatThrownBy(() -> bad.get(120, TimeUnit.SECONDS)).hasMessageContaining("bad");
        assertThat(slow).isNotDone();
        CompletableFuture<Outcome> next = send("4");
        assertThat(system.given).as("a batch before all of the last have ended").isEmpty();
        batch.done();
        system.next().done();
        arrived(slow);
        arrived(next);
    }

    @Test
    void whatWasGivenUpWhileItWaitedIsNotWritten() throws Exception {
        send("1");
        Given first = system.next();
        CompletableFuture<Outcome> givenUp = send("2");
        CompletableFuture<Outcome> stays = send("3");
        givenUp.cancel(true);
        first.done();
        Given second = system.next();
        assertThat(second.keys()).containsExactly("3");
        second.done();
        arrived(stays);
    }

    @Test
    void whatIsGivenUpWhileItIsWrittenIsCancelledWithTheSystem() throws Exception {
        CompletableFuture<Outcome> answer = send("1");
        Given batch = system.next();
        answer.cancel(true);
        eventually(() -> assertThat(batch.answers().get(0)).isCancelled());
    }

    @Test
    void aSystemThatFailsOrMiscountsEndsItsBatchAndNoMore() throws Exception {
        for (Function<List<ErpWrite>, List<CompletableFuture<Outcome>>> bad :
                List.<Function<List<ErpWrite>, List<CompletableFuture<Outcome>>>>of(
                        writes -> {
                            throw new IllegalStateException("a bug");
                        },
                        writes -> List.of())) {
            Batching broken = new Batching() {
                private boolean once;

                @Override
                public List<CompletableFuture<Outcome>> sendAll(List<ErpWrite> writes) {
                    if (once) {
                        return super.sendAll(writes);
                    }
                    once = true;
                    return bad.apply(writes);
                }
            };
            // Of its own: the queue of a connection belongs to the system that it was made for.
            String connection = "con_" + bad.hashCode();
            CompletableFuture<Outcome> first = batches.send(broken, write(connection, "1"));
            assertThatThrownBy(() -> first.get(120, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
            CompletableFuture<Outcome> second = batches.send(broken, write(connection, "2"));
            broken.next().done();
            arrived(second);
        }
    }

    @Test
    void withoutAThreadAllThatWaitAreGivenBackAndTheNextBegins() throws Exception {
        Workers few = new Workers(0);
        CountDownLatch free = new CountDownLatch(1);
        assumeThat(isFull(few, free)).as("a bound of threads").isTrue();
        Batches without = new Batches(few);
        CompletableFuture<Outcome> first = without.send(system, write("con_1", "1"));
        assertThatThrownBy(() -> first.get(120, TimeUnit.SECONDS)).hasCauseInstanceOf(Workers.NoneFreeException.class);
        free.countDown();
        AtomicReference<CompletableFuture<Outcome>> second = new AtomicReference<>();
        // The threads come back one by one.
        eventually(() -> {
            second.set(without.send(system, write("con_1", "2")));
            assertThat(second.get()).isNotCompletedExceptionally();
        });
        Given batch = system.next();
        assertThat(batch.keys()).containsExactly("2");
        batch.done();
        arrived(second.get());
    }

    /** Fills all threads until that is released; false if there is no end of them. */
    private static boolean isFull(Workers workers, CountDownLatch released) {
        for (int i = 0; i < 1_000; i++) {
            try {
                workers.execute(() -> {
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            } catch (RejectedExecutionException full) {
                return true;
            }
        }
        released.countDown();
        return false;
    }

    @Test
    void withManyCallersEachWriteIsGivenOnceAndEnds() throws Exception {
        ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
        Batching quick = new Batching() {
            @Override
            public List<CompletableFuture<Outcome>> sendAll(List<ErpWrite> writes) {
                writes.forEach(write -> written.add(write.key()));
                return writes.stream()
                        .map(any -> CompletableFuture.<Outcome>completedFuture(
                                new Outcome.Delivered(Evidence.ok(200, "{}"))))
                        .toList();
            }
        };
        int callers = 6;
        int each = 2_000;
        List<Thread> threads = new ArrayList<>();
        ConcurrentLinkedQueue<CompletableFuture<Outcome>> answers = new ConcurrentLinkedQueue<>();
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    answers.add(batches.send(quick, write("con_1", number + "-" + i)));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (CompletableFuture<Outcome> answer : answers) {
            arrived(answer);
        }
        eventually(() -> assertThat(written).hasSize(callers * each).doesNotHaveDuplicates());
    }
}
