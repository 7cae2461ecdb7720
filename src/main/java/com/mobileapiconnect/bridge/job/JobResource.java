package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows and cancels jobs: to a tenant its own, to the operator all, the bridge's own among them. */
@RestController
@RequestMapping("/v1/jobs")
class JobResource {

    private final Store store;
    private final JobRunner runner;
    private final Audit audit;
    private final Clock clock;

    JobResource(Store store, JobRunner runner, Audit audit, Clock clock) {
        this.store = store;
        this.runner = runner;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping
    Page<Job.View> list(
            Caller caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until) {
        String tenantId = tenantOf(caller);
        JobFilter filter = JobFilter.of(tenantId, status, kind, since, until);
        String owner = tenantId == null ? Store.NOBODY : tenantId;
        String before = page.beforeId(Job.PREFIX);
        return Page.of(store.read(owner, sql -> JobRows.page(sql, filter, before, page.limit() + 1)), page, Job::id)
                .map(Job.View::of);
    }

    @OpenTo({Scope.SEND, Scope.DEVICES, Scope.RULES})
    @GetMapping("/{id}")
    Job.View get(Caller caller, @PathVariable String id) {
        String tenantId = tenantOf(caller);
        return Job.View.of(visible(store.read(sql -> JobRows.find(sql, id)), tenantId, id));
    }

    /** Cancels what the job has not done yet; what it has done stands. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(Caller caller, @PathVariable String id) {
        String tenantId = tenantOf(caller);
        Job job = visible(store.read(sql -> JobRows.find(sql, id)), tenantId, id);
        Audit.Entry entry = new Audit.Entry("job.cancel", id, job.kind());
        if (job.state() != Job.State.CANCELLED) {
            requireCancellable(job);
            audit.change(caller, job.tenantId(), entry, tx -> cancel(tx, job));
        }
    }

    private void cancel(Transaction tx, Job job) {
        if (!JobRows.stop(tx, job.id(), Job.State.CANCELLED, null, clock.instant())) {
            throw ended();
        }
    }

    private void requireCancellable(Job job) {
        if (job.state() != Job.State.OPEN) {
            throw ended();
        }
        runner.keptBecause(job.kind()).ifPresent(why -> {
            throw Problem.conflict("This job cannot be cancelled: " + why + ".");
        });
    }

    private static Problem ended() {
        return Problem.conflict("The job has ended; there is nothing left to cancel.");
    }

    private static Job visible(Optional<Job> job, @Nullable String tenantId, String id) {
        return job.filter(found -> tenantId == null || tenantId.equals(found.tenantId()))
                .orElseThrow(() -> Problem.notFound("job " + id));
    }

    /** Returns whose jobs the caller may see; null for all. */
    private static @Nullable String tenantOf(Caller caller) {
        if (caller instanceof Caller.OfTenant tenant) {
            return tenant.tenantId();
        }
        if (caller instanceof Caller.OfOperator) {
            return null;
        }
        throw Problem.forbidden("This key is of the wrong kind; jobs are for a tenant's API key or the operator's.");
    }
}
