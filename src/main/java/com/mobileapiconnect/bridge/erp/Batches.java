package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.thread.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives writes to their systems: at once, or for a system that batches, those of a connection together that came while
 * the batch before was under way. A write that comes alone waits for nothing.
 */
@Component
class Batches {

    private final Workers workers;
    private final Map<Key, Queue> queues = new ConcurrentHashMap<>();

    private record Key(String system, String connection) {}

    private record Waiting(ErpWrite write, CompletableFuture<Outcome> answer) {}

    Batches(Workers workers) {
        this.workers = workers;
    }

    CompletableFuture<Outcome> send(ErpSystem system, ErpWrite write) {
        if (system.most(write.connection()) <= 1) {
            return system.send(write);
        }
        Waiting waiting = new Waiting(write, new CompletableFuture<>());
        Key key = new Key(system.name(), write.connection().id());
        // In one step with the removal of an empty queue, so that nobody adds to one that is gone.
        boolean isFirst = queues.compute(key, (any, known) -> {
                    Queue queue = known == null ? new Queue(system, key) : known;
                    queue.add(waiting);
                    return queue;
                })
                .begin();
        if (isFirst) {
            queue(key);
        }
        return waiting.answer();
    }

    private void queue(Key key) {
        Queue queue = queues.get(key);
        if (queue != null) {
            try {
                workers.execute(queue);
            } catch (RejectedExecutionException e) {
                queue.giveBack(new Workers.NoneFreeException(e));
            }
        }
    }

    /** The writes of a connection that wait for the batch before them. */
    private final class Queue implements Runnable {

        private final ErpSystem system;
        private final Key key;
        private final Deque<Waiting> waiting = new ArrayDeque<>(); // guarded by this
        private boolean begun; // guarded by this

        Queue(ErpSystem system, Key key) {
            this.system = system;
            this.key = key;
        }

        synchronized void add(Waiting one) {
            waiting.add(one);
        }

        /** Returns true to the one that has to run it. */
        synchronized boolean begin() {
            boolean first = !begun;
            begun = true;
            return first;
        }

        private synchronized List<Waiting> next() {
            List<Waiting> batch = new ArrayList<>();
            while (batch.size() < system.most() && !waiting.isEmpty()) {
                Waiting one = waiting.poll();
                if (!one.answer().isDone()) { // otherwise it was given up while it waited
                    batch.add(one);
                }
            }
            return batch;
        }

        private synchronized boolean isEmpty() {
            return waiting.isEmpty();
        }

        /** Sends a batch; the next one follows when all of it has ended. */
        @Override
        public void run() {
            List<Waiting> batch = next();
            if (batch.isEmpty()) {
                // A write that is added after this has another queue.
                Queue left = queues.computeIfPresent(key, (any, queue) -> queue.isEmpty() ? null : queue);
                if (left != null) {
                    queue(key);
                }
                return;
            }
            List<CompletableFuture<Outcome>> answers = answers(batch);
            for (int i = 0; i < batch.size(); i++) {
                pass(answers.get(i), batch.get(i).answer());
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                    .whenComplete((all, failure) -> queue(key));
        }

        private List<CompletableFuture<Outcome>> answers(List<Waiting> batch) {
            try {
                List<CompletableFuture<Outcome>> answers =
                        system.sendAll(batch.stream().map(Waiting::write).toList());
                if (answers.size() == batch.size()) {
                    return answers;
                }
                throw new IllegalStateException("The system " + system.name() + " gave " + answers.size()
                        + " outcomes for " + batch.size() + " writes");
            } catch (Throwable e) {
                return batch.stream()
                        .map(any -> CompletableFuture.<Outcome>failedFuture(e))
                        .toList();
            }
        }

        private void giveBack(Throwable why) {
            queues.remove(key, this); // nobody adds to it any more
            List<Waiting> all;
            synchronized (this) {
                all = List.copyOf(waiting);
                waiting.clear();
            }
            all.forEach(one -> one.answer().completeExceptionally(why));
        }
    }

    /** Passes an answer on, and a cancellation back. */
    private static void pass(CompletableFuture<Outcome> from, CompletableFuture<Outcome> to) {
        to.whenComplete((outcome, failure) -> {
            if (to.isCancelled()) {
                from.cancel(true);
            }
        });
        from.whenComplete((@Nullable Outcome outcome, @Nullable Throwable failure) -> {
            if (failure != null) {
                to.completeExceptionally(failure);
            } else {
                to.complete(outcome);
            }
        });
    }
}
