package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erases what a sender ever sent: the messages, where they went, and what was answered, delivered or not. */
@RestController
class EraseResource {

    private static final int STEP = 50;
    private static final int SHOWN_DIGITS = 2;
    private static final String SEQS =
            "select seq from message where tenant_id = ? and sender_key = ? order by seq limit ?";

    private static final String SENT = "delete from outgoing where tenant_id = ? and recipient_key = ?";
    private static final String OPT_OUT = "delete from opt_out where tenant_id = ? and number_key = ?";

    private final Store store;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Audit audit;

    EraseResource(Store store, Deliveries deliveries, Lanes lanes, Audit audit) {
        this.store = store;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.audit = audit;
    }

    /** Answers when no copy is left in the database's files; a repeat is harmless, and needed after a 503. */
    @PostMapping("/v1/erase")
    @ResponseStatus(HttpStatus.OK)
    Map<String, Integer> erase(Caller.OfTenant caller, JsonBody body) {
        Fields fields = Fields.of(body).allow("number");
        String number = fields.requiredName("number", 64);
        fields.orThrow();
        String key = PhoneNumber.key(number);
        Rows.Removed all = Rows.Removed.NOTHING;
        while (true) {
            List<Long> seqs = store.read(sql -> sql.sql(SEQS)
                    .params(caller.tenantId(), key, STEP)
                    .query(Long.class)
                    .list());
            if (seqs.isEmpty()) {
                break;
            }
            Rows.Removed step = store.writeNow(tx -> Rows.remove(tx, deliveries, seqs));
            lanes.forget(step.deliveries());
            all = all.and(step);
        }
        Rows.Removed removed = all;
        int sent = store.writeNow(tx -> sentTo(tx, caller.tenantId(), key));
        // Who asked and what went, not of whom: the log must not keep what was to be forgotten.
        String subject = "…" + key.substring(Math.max(0, key.length() - SHOWN_DIGITS));
        String detail =
                removed.messages() + " messages, " + removed.deliveries().size() + " deliveries";
        audit.change(caller, caller.tenantId(), new Audit.Entry("number.erase", subject, detail), tx -> {});
        store.scrub(key);
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("messages", removed.messages());
        counts.put("deliveries", removed.deliveries().size());
        counts.put("attempts", removed.attempts());
        counts.put("outgoing", sent);
        return counts;
    }

    /** What was sent to the number, and that it had opted out: both name it. */
    private static int sentTo(Transaction tx, String tenantId, String key) {
        tx.sql().sql(OPT_OUT).params(tenantId, key).update();
        return tx.sql().sql(SENT).params(tenantId, key).update();
    }
}
