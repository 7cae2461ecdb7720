package com.mobileapiconnect.bridge.drop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.resource.Place;
import com.mobileapiconnect.bridge.resource.ResourceKind;
import com.mobileapiconnect.bridge.resource.Resources;
import com.mobileapiconnect.bridge.thread.FairThreads;
import com.mobileapiconnect.bridge.thread.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Writes deliveries into a folder: a file each, or lines of one file. */
@Component
@Lazy
class DropSystem implements ErpSystem, DisposableBean {

    static final int MOST_LINES = 256;
    private static final int THREADS = 16;
    private static final int MOST_WAITING = 256;

    private final Resources resources;
    private final FairThreads threads = new FairThreads("folders", THREADS, MOST_WAITING);
    private final ScheduledExecutorService timer = Threads.timer("folder-timer");

    DropSystem(Resources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public int most() {
        return MOST_LINES;
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return sendAll(List.of(write)).get(0);
    }

    /** A folder of another machine may hang, and Java cannot end that: the deliveries go on, and the thread is its tenant's. */
    @Override
    public List<CompletableFuture<Outcome>> sendAll(List<ErpWrite> writes) {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (ErpWrite write : writes) {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            Future<?> end = timer.schedule(
                    () -> {
                        answer.complete(later(ErrorClass.TIMEOUT, "The folder did not take it in time"));
                    },
                    Math.max(0, write.attempt().deadlineNanos() - System.nanoTime()),
                    TimeUnit.NANOSECONDS);
            answer.whenComplete((outcome, failure) -> end.cancel(false));
            answers.add(answer);
        }
        ErpConnection connection = writes.get(0).connection();
        DropFolder folder = folder(connection);
        if (folder == null) {
            answers.forEach(answer -> answer.complete(later(ErrorClass.CONNECT, missing(connection))));
            return answers;
        }
        try {
            threads.execute(connection.tenantId(), () -> write(folder, writes, answers));
        } catch (RejectedExecutionException e) {
            answers.forEach(answer -> answer.complete(Outcome.Deferred.because(String.valueOf(e.getMessage()))));
        }
        return answers;
    }

    private static void write(DropFolder folder, List<ErpWrite> writes, List<CompletableFuture<Outcome>> answers) {
        List<ErpWrite> left = new ArrayList<>();
        List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            if (!answers.get(i).isDone()) {
                left.add(writes.get(i));
                waiting.add(answers.get(i));
            }
        }
        if (!left.isEmpty()) {
            List<Outcome> outcomes = folder.write(left);
            for (int i = 0; i < outcomes.size(); i++) {
                waiting.get(i).complete(outcomes.get(i));
            }
        }
    }

    private static Outcome later(ErrorClass stage, String words) {
        return new Outcome.Retry(Evidence.failure(stage, words), null);
    }

    private @Nullable DropFolder folder(ErpConnection connection) {
        return resources
                .usable(connection.tenantId(), connection.text("folder", ""), ResourceKind.FOLDER)
                .map(resource -> new DropFolder(((Place.Folder) resource.place()).path(), connection))
                .orElse(null);
    }

    private static String missing(ErpConnection connection) {
        return "The operator has no folder " + connection.text("folder", "") + " for this tenant any more";
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        ErpConnection connection = write.connection();
        DropFolder folder = new DropFolder(Path.of(""), connection);
        DropFormat format = folder.format();
        ObjectNode record = format.record(write);
        String head = format.head(record);
        return new ErpRequest(
                folder.appends() ? "APPEND" : "CREATE",
                "folder " + connection.text("folder", "") + ": "
                        + folder.fileOf(write).getFileName(),
                Map.of(),
                (head.isEmpty() ? "" : head + "\n") + format.line(record) + "\n");
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        DropFolder folder = folder(connection);
        if (folder == null) {
            return ErpFindings.wrong(new Fault(FaultKind.MISSING, missing(connection)));
        }
        String name = "the folder " + connection.text("folder", "");
        if (!Files.isDirectory(folder.path())) {
            return ErpFindings.wrong(Fault.missing(name, "Ask the operator whether its disk is there."));
        } else if (!Files.isWritable(folder.path())) {
            return ErpFindings.wrong(new Fault(FaultKind.PERMISSION, "The bridge may not write into " + name + "."));
        }
        return ErpFindings.right("The folder is there", "The bridge may write into it");
    }

    @Override
    public void destroy() {
        threads.close();
        timer.shutdownNow();
    }
}
