package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Transaction;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The URLs that are told what becomes of SMS. Each is a target of its tenant, made with the first SMS that names it and
 * kept until a person deletes it; a tenant has a bounded number. Calls are signed with the secret of the operations
 * webhook, otherwise of the forward-all webhook.
 */
@Component
public class StatusTargets {

    /** The number of different URLs that a tenant may have. */
    public static final int MOST = 20;

    static final String PREFIX = "sta_";

    private final Targets targets;

    StatusTargets(Targets targets) {
        this.targets = targets;
    }

    /** Opens the target of a URL in the unit that queues an SMS; returns false if the tenant has too many already. */
    public boolean open(Transaction tx, String tenantId, String url, Instant now) {
        List<Target> all = targets.ofType(tx, tenantId, Target.Type.STATUS_URL);
        Optional<Target> found = with(all, url);
        if (found.isEmpty() && all.size() >= MOST) {
            return false;
        } else if (found.isEmpty()) {
            Target.Key key = new Target.Key(Ids.timeOrdered(PREFIX, now), tenantId, Target.Type.STATUS_URL);
            Target fresh = new Target(
                    key,
                    name(url),
                    reach(url, signing(tenantId)),
                    Target.Mirror.EVERYTHING,
                    Form.PLAIN,
                    Target.State.ACTIVE,
                    RedeliveryPolicy.DEFAULT,
                    Target.Pace.DEFAULT,
                    Target.Stamps.created(now));
            targets.change(tx, key.id(), none -> fresh);
        } else if (!found.get().open()) {
            targets.change(
                    tx, found.get().id(), row -> (row == null ? found.get() : row).with(Target.State.ACTIVE, now));
        }
        return true;
    }

    /** Returns the target of a URL, with the secret that counts now; empty if a person has deleted it. */
    public Optional<Target> find(Transaction tx, String tenantId, String url, Instant now) {
        Signing signing = signing(tenantId);
        return with(targets.ofType(tx, tenantId, Target.Type.STATUS_URL), url)
                .map(target -> target.signing().equals(signing)
                        ? target
                        : targets.changeIfPresent(tx, target.id(), row -> row.with(signing, now))
                                .orElse(target));
    }

    private static Optional<Target> with(List<Target> all, String url) {
        return all.stream().filter(target -> url.equals(target.url())).findFirst();
    }

    private static Target.Reach reach(String url, Signing signing) {
        return new Target.Reach(Connectors.DEFAULT, url, TargetProperties.NONE, HttpOptions.NONE, signing);
    }

    /** The host and the path: a query often holds a secret. */
    private static String name(String url) {
        URI uri = URI.create(url);
        return "Status of SMS: " + uri.getHost() + (uri.getPath() == null ? "" : uri.getPath());
    }

    private Signing signing(String tenantId) {
        return targets.operationsOf(tenantId)
                .map(Target::signing)
                .filter(signing -> signing.current() != null)
                .orElseGet(
                        () -> targets.webhookOf(tenantId).map(Target::signing).orElse(Signing.NONE));
    }
}
