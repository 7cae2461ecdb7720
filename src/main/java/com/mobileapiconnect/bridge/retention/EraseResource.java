package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Store;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erases all that belongs to a phone number, as the owners of the tables say. */
@RestController
class EraseResource {

    private final List<Erasing> tables;
    private final Store store;
    private final WriterSteps steps;
    private final Erasures erasures;
    private final Audit audit;
    private final Jobs jobs;

    EraseResource(List<TableOwner> owners, Store store, WriterSteps steps, Erasures erasures, Audit audit, Jobs jobs) {
        this.tables = owners.stream()
                .flatMap(owner -> owner.tables().stream())
                .map(table -> table.erasing())
                .filter(Objects::nonNull)
                .toList();
        this.store = store;
        this.steps = steps;
        this.erasures = erasures;
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
        String number = fields.requiredName("number", 64);
        fields.orThrow();
        try (Erasures.Turn turn = erasures.begin(caller.tenantId())) {
            return erase(caller, PhoneNumber.key(number));
        }
    }

    private Map<String, @Nullable Object> erase(Caller.OfTenant caller, String key) {
        Erased erased = spellings(key)
                .map(spelling -> new Erasing.Of(caller.tenantId(), spelling))
                .flatMap(of -> tables.stream().map(table -> erase(table, of)))
                .reduce(Erased.NOTHING, Erased::and);
        // The log records the caller and the counts, but not the number, which must be forgotten.
        Map<String, Integer> counts = erased.counts();
        String detail = counts.get("messages") + " messages, " + counts.get("deliveries") + " deliveries";
        Audit.Entry entry = new Audit.Entry("number.erase", PhoneNumber.hidden(key), detail);
        Optional<String> job = audit.change(
                caller,
                caller.tenantId(),
                tx -> erased.rows() == 0 ? Optional.empty() : Optional.of(tidyLater(tx, caller.tenantId())),
                any -> entry);
        Map<String, @Nullable Object> answer = new TreeMap<>(counts);
        answer.put("job", job.orElse(null));
        return answer;
    }

    /** Returns the keys under which the same number may be stored: phones write an international one with + or 00. */
    private static Stream<String> spellings(String key) {
        if (!key.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Stream.of(key);
        }
        return Stream.of(key, key.startsWith("00") ? key.substring(2) : "00" + key);
    }

    /** Begun with the first row that goes, so that a crash after it does not leave its remains in the files. */
    private String tidyLater(Transaction tx, String tenantId) {
        return jobs.joinOrBegin(tx, new NewJob(tenantId, Tidying.NAME, new Tidying.Work(1), 1L, false));
    }

    private Erased erase(Erasing table, Erasing.Of number) {
        long left = store.read(sql -> table.count(sql, number));
        Erased all = table.none();
        while (left > 0) {
            int limit = (int) Math.min(left, steps.size());
            Erased step = steps.take(tx -> {
                Erased gone = table.erase(tx, number, limit);
                if (gone.rows() > 0) {
                    tidyLater(tx, number.tenantId());
                }
                return gone;
            });
            all = all.and(step);
            left = step.rows() == 0 ? 0 : left - step.rows();
        }
        return all;
    }
}
