package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Erased;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erases all that belongs to a phone number, as the owners of the tables say. */
@RestController
class EraseResource {

    private static final int SHOWN_DIGITS = 2;

    private final List<Erasing> tables;
    private final Store store;
    private final WriterSteps steps;
    private final Audit audit;

    EraseResource(List<TableOwner> owners, Store store, WriterSteps steps, Audit audit) {
        this.tables = owners.stream()
                .flatMap(owner -> owner.tables().stream())
                .map(table -> table.erasing())
                .filter(Objects::nonNull)
                .toList();
        this.store = store;
        this.steps = steps;
        this.audit = audit;
    }

    /** Answers when no copy is left in the database's files; a repeat is harmless, and needed after a 503. */
    @PostMapping("/v1/erase")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    @ResponseStatus(HttpStatus.OK)
    Map<String, Integer> erase(Caller.OfTenant caller, JsonBody body) {
        Fields fields = Fields.of(body).allow("number");
        String number = fields.requiredName("number", 64);
        fields.orThrow();
        String key = PhoneNumber.key(number);
        Erasing.Of of = new Erasing.Of(caller.tenantId(), key);
        Erased erased = tables.stream().map(table -> erase(table, of)).reduce(Erased.NOTHING, Erased::and);
        Map<String, Integer> counts = new TreeMap<>(erased.counts());
        // The log records the caller and the counts, but not the number, which must be forgotten.
        String subject = "…" + key.substring(Math.max(0, key.length() - SHOWN_DIGITS));
        String detail = counts.get("messages") + " messages, " + counts.get("deliveries") + " deliveries";
        audit.change(caller, caller.tenantId(), new Audit.Entry("number.erase", subject, detail), tx -> {});
        store.scrub(key);
        return counts;
    }

    private Erased erase(Erasing table, Erasing.Of number) {
        long left = store.read(sql -> table.count(sql, number));
        Erased all = table.none();
        while (left > 0) {
            int limit = (int) Math.min(left, steps.size());
            Erased step = steps.take(tx -> table.erase(tx, number, limit));
            all = all.and(step);
            left = step.rows() == 0 ? 0 : left - step.rows();
        }
        return all;
    }
}
