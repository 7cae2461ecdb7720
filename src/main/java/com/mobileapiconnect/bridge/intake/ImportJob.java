package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.LikelyThere;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.JobKind;
import com.mobileapiconnect.bridge.job.Progress;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Imports the SMS of a backup, some at a time, by the way of every other SMS: route, rules, deliveries. The SMS of a
 * step are stored before the step is taken, and a repeat of the step finds them there.
 */
@Component
class ImportJob implements JobKind<ImportJob.Step>, DisposableBean {

    private static final String NAME = "import";
    private static final int AT_ONCE = 100;
    private static final Duration NOT_NOW = Duration.ofSeconds(5);

    private final Store store;
    private final Devices devices;
    private final MessageMaker maker;
    private final Entrance phone;
    private final ExecutorService thread = Threads.one("import");

    ImportJob(Store store, Devices devices, MessageMaker maker, Entrance phone) {
        this.store = store;
        this.devices = devices;
        this.maker = maker;
        this.phone = phone;
    }

    /** @param replies whether rules may answer the SMS */
    record Work(String importId, String deviceId, boolean replies) {}

    /** @param after number of the last SMS that is done */
    record Place(int after, int imported, int there) {

        static final Place START = new Place(0, 0, 0);
    }

    /**
     * The counts that the caller is told in the end.
     *
     * @param deviceDeleted SMS that did not come in, because their device was deleted meanwhile; null if there were none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(int imported, int there, @Nullable Integer deviceDeleted) {}

    /**
     * A step's part.
     *
     * @param state whether it could be stored
     */
    record Step(List<ImportRows.Staged> rows, int imported, State state) {}

    /** The state of a step. */
    enum State {
        DONE,
        NOT_NOW,
        /** The device was deleted. */
        NO_DEVICE
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<Step> prepare(Job job, int limit) {
        Work work = job.work(Work.class);
        Place place = job.place(Place.class, Place.START);
        return store.readLater(sql -> ImportRows.next(sql, work.importId(), place.after(), Math.min(limit, AT_ONCE)))
                .thenApplyAsync(rows -> bringIn(work, rows, job.createdAt()), thread);
    }

    private Step bringIn(Work work, List<ImportRows.Staged> rows, Instant begun) {
        Device device = devices.find(work.deviceId()).orElse(null);
        if (rows.isEmpty() || device == null) {
            return new Step(rows, 0, rows.isEmpty() ? State.DONE : State.NO_DEVICE);
        }
        List<InboundMessage> messages =
                rows.stream().map(row -> message(device, row, work.replies())).toList();
        List<InboundMessage> fresh = store.read(sql -> messages.stream()
                .filter(message -> !LikelyThere.isThere(sql, message, begun))
                .toList());
        if (fresh.isEmpty()) {
            return new Step(rows, 0, State.DONE);
        }
        try {
            long imported = phone.submit(device, fresh).stream()
                    .filter(accepted -> !accepted.duplicate())
                    .count();
            return new Step(rows, (int) imported, State.DONE);
        } catch (Problem e) {
            if (e.status() == HttpStatus.SERVICE_UNAVAILABLE) {
                return new Step(rows, 0, State.NOT_NOW);
            }
            throw e;
        }
    }

    InboundMessage message(Device device, ImportRows.Staged row, boolean replies) {
        InboundMessage message = maker.ofGateway(device, row.sms());
        return replies ? message : message.withFlag(Flags.Flag.NO_REPLY);
    }

    @Override
    public Progress take(Transaction tx, Job job, Step step) {
        Work work = job.work(Work.class);
        Place place = job.place(Place.class, Place.START);
        if (step.state() == State.NOT_NOW) {
            return new Progress.Later(NOT_NOW);
        } else if (step.state() == State.NO_DEVICE) {
            int left = ImportRows.removeAll(tx, work.importId());
            return new Progress.End(new Result(place.imported(), place.there(), left), 0);
        } else if (step.rows().isEmpty()) {
            return new Progress.End(new Result(place.imported(), place.there(), null), 0);
        }
        int last = step.rows().get(step.rows().size() - 1).n();
        ImportRows.remove(tx, work.importId(), last);
        int there = step.rows().size() - step.imported();
        return new Progress.On(
                new Place(last, place.imported() + step.imported(), place.there() + there),
                step.rows().size());
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
