package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes over numbers that opted out elsewhere, in short units of the writer. */
@Component
class OptOutImport {

    static final int MOST = 10_000;
    static final int LONGEST_WRITTEN = 64;

    private final OptOuts optOuts;
    private final Numbering numbering;
    private final Store store;
    private final Audit audit;
    private final Clock clock;
    private final StepSize size = new StepSize();

    OptOutImport(OptOuts optOuts, Numbering numbering, Store store, Audit audit, Clock clock) {
        this.optOuts = optOuts;
        this.numbering = numbering;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param place of the number in the request: an index or a line */
    record Entry(int place, String written) {}

    /** @param place as in its {@link Entry} */
    record Refused(int place, String message) {}

    /**
     * @param added   numbers that had not opted out before
     * @param already numbers that had
     */
    record Result(int added, int already, List<Refused> refused) {}

    /** Throws if nothing was taken because of the store; if the store fails later, the rest is refused. */
    Result take(Caller.OfTenant caller, List<Entry> numbers) {
        List<Refused> refused = new ArrayList<>();
        List<Entry> good = new ArrayList<>();
        for (Entry number : numbers) {
            if (isNumber(number.written())) {
                good.add(number);
            } else {
                refused.add(new Refused(
                        number.place(),
                        "must be a number of " + SmsRequest.FEWEST_DIGITS + " to " + SmsRequest.MOST_DIGITS
                                + " digits"));
            }
        }
        int added = 0;
        int done = 0;
        while (done < good.size()) {
            List<Entry> part = good.subList(done, Math.min(good.size(), done + size.get()));
            try {
                boolean first = done == 0;
                added += store.writeNow(caller.tenantId(), tx -> take(tx, caller, part, first ? good.size() : 0));
            } catch (StoreUnavailableException e) {
                if (done == 0) {
                    throw e;
                }
                good.subList(done, good.size())
                        .forEach(left -> refused.add(new Refused(
                                left.place(), "was not stored: the store is not there now; send it again")));
                return new Result(added, done - added, refused);
            }
            done += part.size();
        }
        return new Result(added, done - added, refused);
    }

    private static boolean isNumber(String written) {
        String key = written.length() > LONGEST_WRITTEN ? "" : PhoneNumber.key(written);
        return key.length() >= SmsRequest.FEWEST_DIGITS
                && key.length() <= SmsRequest.MOST_DIGITS
                && PhoneNumber.isNumber(key);
    }

    /** @param all how many the whole request has, to be noted; 0: it is noted already */
    private int take(Transaction tx, Caller.OfTenant caller, List<Entry> part, int all) throws SQLException {
        long begun = System.nanoTime();
        Instant now = clock.instant();
        String region = numbering.region(caller.tenantId());
        int added = 0;
        for (Entry number : part) {
            Customer customer = new Customer(caller.tenantId(), number.written(), region);
            if (optOuts.find(tx, customer).isEmpty()) {
                optOuts.add(tx, customer, "", now);
                added++;
            }
        }
        if (all > 0) {
            audit.record(
                    tx,
                    caller.tenantId(),
                    caller,
                    new Audit.Entry("opt-out.import", caller.tenantId(), all + " numbers"));
        }
        size.held(System.nanoTime() - begun);
        return added;
    }
}
