package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Unfinished;
import com.mobileapiconnect.bridge.store.Unfinished.Removal;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Credentials;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Deletes devices with their tokens and, on request, their unfinished deliveries. */
@Component
class DeviceRemoval {

    private final Devices devices;
    private final Credentials credentials;
    private final Pairings pairings;
    private final List<Unfinished> unfinished;
    private final Audit audit;
    private final Store store;

    DeviceRemoval(
            Devices devices,
            Credentials credentials,
            Pairings pairings,
            List<Unfinished> unfinished,
            Audit audit,
            Store store) {
        this.pairings = pairings;
        this.devices = devices;
        this.credentials = credentials;
        this.unfinished = unfinished;
        this.audit = audit;
        this.store = store;
    }

    /** Returns the id of the job that ends unfinished deliveries; null if there is nothing for one to do. */
    @Nullable String remove(Caller.OfTenant who, DeviceEntry entry, IfMatch ifMatch, boolean discard) {
        String id = entry.device().id();
        if (discard) {
            unfinished.forEach(each -> each.requireRoom(who.tenantId()));
        }
        List<Unfinished.Since> since = discard ? List.of() : noneUnfinished(id);
        ifMatch.check(entry.version());
        Removed removed = audit.change(
                who,
                who.tenantId(),
                tx -> {
                    if (since.stream().anyMatch(each -> each.unfinished(tx))) {
                        throw stillUnfinished();
                    }
                    return removed(tx, who.tenantId(), id, ifMatch, discard);
                },
                gone -> new Audit.Entry("device.delete", id, gone.name()));
        return removed.job();
    }

    private record Removed(String name, @Nullable String job) {}

    private List<Unfinished.Since> noneUnfinished(String id) {
        return store.read(sql -> unfinished.stream()
                .map(each -> each.noneOf(sql, Removal.ofDevice(id)).orElseThrow(DeviceRemoval::stillUnfinished))
                .toList());
    }

    private Removed removed(Transaction tx, String tenantId, String id, IfMatch ifMatch, boolean discard) {
        List<Removal> removals = List.of(Removal.ofDevice(id));
        String job =
                discard ? Unfinished.discard(tx, unfinished, new Unfinished.Discarded(tenantId, removals, true)) : null;
        DeviceEntry gone = devices.remove(tx, id);
        if (gone == null) {
            throw Problem.notFound("device " + id);
        }
        ifMatch.check(gone.version());
        credentials.removeOfDevice(tx, id);
        pairings.remove(tx, id);
        return new Removed(gone.device().name(), job);
    }

    private static Problem stillUnfinished() {
        return Problem.conflict("Messages of this device are still being delivered or sent. Wait, or give"
                + " ?discard=true: unfinished deliveries then become failed, reason deleted.");
    }
}
