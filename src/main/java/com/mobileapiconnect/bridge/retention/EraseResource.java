package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.StoreUndecidedException;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erases all that belongs to a phone number, as the owners of the tables say. */
@RestController
class EraseResource {

    private static final int LONGEST_NUMBER = 64;

    private final List<Erasing> tables;
    private final Store store;
    private final WriterSteps steps;
    private final Erasures erasures;
    private final Numbering numbering;
    private final Audit audit;
    private final Jobs jobs;

    EraseResource(
            List<TableOwner> owners,
            Store store,
            WriterSteps steps,
            Erasures erasures,
            Numbering numbering,
            Audit audit,
            Jobs jobs) {
        this.tables = TableOwner.inOrder(owners).stream()
                .flatMap(owner -> owner.tables().stream())
                .map(table -> table.erasing())
                .filter(Objects::nonNull)
                .toList();
        this.store = store;
        this.steps = steps;
        this.erasures = erasures;
        this.numbering = numbering;
        this.audit = audit;
        this.jobs = jobs;
    }

    /**
     * Answers when the rows are gone, with the job that removes what is left of them in the files. A repeat is harmless,
     * and needed after a 503.
     */
    @PostMapping("/v1/erase")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    @ResponseStatus(HttpStatus.OK)
    Map<String, @Nullable Object> erase(Caller.OfTenant caller, JsonBody body) {
        Fields fields = Fields.of(body).allow("number");
        String number = fields.requiredName("number", LONGEST_NUMBER);
        fields.orThrow();
        Erasing.Of of = new Erasing.Of(caller.tenantId(), numbering.numbers(caller.tenantId(), WellFormed.of(number)));
        AtomicLong gone = new AtomicLong();
        try (Erasures.Turn turn = erasures.begin(caller.tenantId())) {
            return erase(caller, of, gone);
        } catch (StoreUnavailableException e) {
            boolean unchanged = gone.get() == 0 && !(e instanceof StoreUndecidedException);
            throw unchanged ? e : inPart(gone.get());
        }
    }

    /** The answer of an erasure that did a part of its work; the usual one, that nothing was changed, would be wrong. */
    private static Problem inPart(long rows) {
        return Problem.unavailable(
                "The store could not go on. Of the number %d rows or more are erased already,".formatted(rows)
                        + " others may be left: ask again until the answer is 200.");
    }

    private Map<String, @Nullable Object> erase(Caller.OfTenant caller, Erasing.Of of, AtomicLong gone) {
        Erased erased = tables.stream().map(table -> erase(table, of, gone)).reduce(Erased.NOTHING, Erased::and);
        // The log records the caller and the counts, but not the number, which must be forgotten.
        Map<String, Integer> counts = erased.counts();
        String detail = counts.get("messages") + " messages, " + counts.get("deliveries") + " deliveries";
        Audit.Entry entry = new Audit.Entry("number.erase", of.number().hidden(), detail);
        Optional<String> job = audit.change(
                caller,
                caller.tenantId(),
                tx -> erased.rows() == 0 ? Optional.empty() : Optional.of(tidyLater(tx, caller.tenantId())),
                any -> entry);
        Map<String, @Nullable Object> answer = new TreeMap<>(counts);
        answer.put("job", job.orElse(null));
        return answer;
    }

    /** Begun with the first row that goes, so that a crash after it does not leave its remains in the files. */
    private String tidyLater(Transaction tx, String tenantId) {
        return jobs.joinOrBegin(tx, new NewJob(tenantId, Tidying.NAME, new Tidying.Work(1), 1L, false));
    }

    private Erased erase(Erasing table, Erasing.Of number, AtomicLong gone) {
        long left = store.read(number.tenantId(), sql -> table.count(sql, number));
        Erased all = table.none();
        while (left > 0) {
            int limit = (int) Math.min(left, steps.size());
            Erased step = steps.take(tx -> {
                Erased rows = table.erase(tx, number, limit);
                if (rows.rows() > 0) {
                    tidyLater(tx, number.tenantId());
                }
                return rows;
            });
            gone.addAndGet(step.rows());
            all = all.and(step);
            left = step.rows() == 0 ? 0 : left - step.rows();
        }
        return all;
    }
}
