package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.JobAnswer;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.delivery.LikelyThere;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes a phone's backup: shows what would come of it, or imports what is not here yet. */
@RestController
class ImportResource {

    private static final int SHOWN = 5;
    private static final int LONGEST_SHOWN = 160;
    /** SMS that are looked up, or set down for the import, in one go. */
    private static final int AT_ONCE = 200;

    private final Devices devices;
    private final LargeBodies bodies;
    private final MessageMaker maker;
    private final Store store;
    private final Jobs jobs;
    private final ImportJob kind;
    private final Audit audit;
    private final Clock clock;

    ImportResource(
            Devices devices,
            LargeBodies bodies,
            MessageMaker maker,
            Store store,
            Jobs jobs,
            ImportJob kind,
            Audit audit,
            Clock clock) {
        this.devices = devices;
        this.bodies = bodies;
        this.maker = maker;
        this.store = store;
        this.jobs = jobs;
        this.kind = kind;
        this.audit = audit;
        this.clock = clock;
    }

    /** An SMS that would be imported; of a long text its beginning. */
    record Sample(String from, String text, Instant receivedAt) {}

    /**
     * @param received SMS that came in
     * @param fresh    those that are not here yet
     * @param there    those that are
     * @param others   SMS that went out, which are left alone
     * @param samples  the first that would be imported
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            int received,
            @Nullable Integer fresh,
            @Nullable Integer there,
            int others,
            List<BackupReading.Refused> refused,
            @Nullable List<Sample> samples,
            @Nullable String job) {}

    /**
     * @param dryRun  whether nothing is imported
     * @param replies whether rules may answer the SMS, however old they are
     */
    @PostMapping("/v1/devices/{id}/import")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    ResponseEntity<Answer> take(
            Caller.OfTenant caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean replies,
            HttpServletRequest request) {
        Device device = devices.find(id)
                .filter(each -> each.tenantId().equals(caller.tenantId()))
                .orElseThrow(() -> Problem.notFound("device " + id));
        byte[] body = RawBody.read(request, RawBody.LARGEST);
        Backup backup = bodies.parse(body, () -> Backup.read(body, clock.instant()));
        if (dryRun) {
            return ResponseEntity.ok(preview(device, backup));
        }
        String job = begin(caller, device, backup.received(), replies);
        return ResponseEntity.accepted()
                .location(JobAnswer.location(job))
                .body(new Answer(backup.received().size(), null, null, backup.others(), backup.refused(), null, job));
    }

    private Answer preview(Device device, Backup backup) {
        List<Captured> all = backup.received();
        List<Sample> samples = new ArrayList<>();
        Set<String> fresh = new HashSet<>();
        inParts(all, part -> {
            List<InboundMessage> messages =
                    part.stream().map(sms -> maker.ofGateway(device, sms)).toList();
            store.read(sql -> messages.stream()
                            .filter(message -> !LikelyThere.isThere(sql, message, null))
                            .toList())
                    .forEach(message -> {
                        if (fresh.add(message.id()) && samples.size() < SHOWN) {
                            samples.add(sample(message));
                        }
                    });
        });
        return new Answer(
                all.size(), fresh.size(), all.size() - fresh.size(), backup.others(), backup.refused(), samples, null);
    }

    private static Sample sample(InboundMessage message) {
        String text = message.text();
        int end = text.offsetByCodePoints(0, Math.min(LONGEST_SHOWN, text.codePointCount(0, text.length())));
        return new Sample(message.from(), text.substring(0, end), message.receivedAt());
    }

    /** Sets the SMS down in short units, so that phones do not wait for them, and begins the job with the last. */
    private String begin(Caller.OfTenant caller, Device device, List<Captured> all, boolean replies) {
        jobs.requireRoom(caller.tenantId());
        Instant now = clock.instant();
        String importId = Ids.timeOrdered("imp_", now);
        int[] first = {1};
        inParts(all, part -> {
            store.writeNow(caller.tenantId(), tx -> {
                ImportRows.insert(tx, importId, caller.tenantId(), first[0], part, now);
                return part;
            });
            first[0] += part.size();
        });
        return audit.change(
                caller,
                caller.tenantId(),
                tx -> jobs.begin(
                        tx,
                        NewJob.by(caller.tenantId(), kind, new ImportJob.Work(importId, device.id(), replies), (long)
                                all.size())),
                job -> new Audit.Entry("device.import", device.id(), all.size() + " SMS"));
    }

    private static void inParts(List<Captured> all, Consumer<List<Captured>> work) {
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            work.accept(all.subList(i, Math.min(all.size(), i + AT_ONCE)));
        }
    }
}
