package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.store.Rework;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes of resources by the operator. A resource that connections use can neither go nor become something else. */
@Component
class ResourceChanges {

    static final int MOST = 500;

    private final Resources resources;
    private final ResourceDrafts drafts;
    private final ResourceChecks checks;
    private final List<ResourceUse> uses;
    private final Audit audit;

    ResourceChanges(
            Resources resources, ResourceDrafts drafts, ResourceChecks checks, List<ResourceUse> uses, Audit audit) {
        this.resources = resources;
        this.drafts = drafts;
        this.checks = checks;
        this.uses = uses;
        this.audit = audit;
    }

    /** Makes or replaces a resource, after a look whether it can be reached. */
    Resource put(Caller.OfOperator who, String name, Fields fields, IfMatch ifMatch, boolean check) {
        return Rework.until(() -> {
            Resource seen = seen(name);
            Resource wanted = drafts.read(fields, name, seen);
            ifMatch.check(version(seen));
            if (check) {
                ResourceChecks.Fault fault = checks.fault(wanted.place());
                if (fault != null) {
                    throw Problem.invalid(fault.field(), fault.words());
                }
            }
            return audit.change(who, null, tx -> replace(tx, seen, wanted, ifMatch), saved -> saved.map(each ->
                            new Audit.Entry("resource.put", name, each.kind().wireName()))
                    .orElse(null));
        });
    }

    private @Nullable Resource seen(String name) {
        Resource seen = resources.find(name).orElse(null);
        if (seen != null && seen.source() == Resource.Source.SETTING) {
            throw Problem.conflict("The resource " + name + " is one of the settings: change it there.");
        }
        return seen;
    }

    private Optional<Resource> replace(Transaction tx, @Nullable Resource seen, Resource wanted, IfMatch ifMatch) {
        Resource now = resources.stored(tx, wanted.name());
        ifMatch.check(version(now));
        if (version(now) != version(seen)) {
            return Optional.empty(); // somebody else was quicker: the secrets that are kept may be others
        }
        if (now == null && resources.stored(tx) >= MOST) {
            throw Problem.conflict("There are " + MOST + " resources, which is as many as there may be.");
        } else if (now != null) {
            requireUnused(tx, now, wanted);
        }
        return Optional.of(resources.change(tx, wanted.name(), row -> wanted));
    }

    void delete(Caller.OfOperator who, String name, IfMatch ifMatch) {
        Resource seen = seen(name);
        if (seen == null) {
            throw Problem.notFound("resource " + name);
        }
        audit.change(
                who, null, new Audit.Entry("resource.delete", name, seen.kind().wireName()), tx -> {
                    Resource now = resources.stored(tx, name);
                    if (now == null) {
                        throw Problem.notFound("resource " + name);
                    }
                    ifMatch.check(now.version());
                    requireUnused(tx, now, null);
                    resources.remove(tx, name);
                });
    }

    /** @param wanted null if the resource is to go */
    private void requireUnused(Transaction tx, Resource now, @Nullable Resource wanted) {
        List<ResourceUse.Use> left = uses.stream()
                .flatMap(each -> each.of(tx, now.name()).stream())
                .filter(use -> wanted == null || wanted.kind() != now.kind() || !wanted.isOpenTo(use.tenantId()))
                .toList();
        if (!left.isEmpty()) {
            ResourceUse.Use first = left.get(0);
            String others = left.size() == 1 ? "" : " and " + (left.size() - 1) + " more";
            throw Problem.conflict(
                    "Connections use the resource " + now.name() + ": " + first.connectionId() + " of tenant "
                            + first.tenantId() + others + ". Delete them, or have them use another one, first.");
        }
    }

    private static long version(@Nullable Resource resource) {
        return resource == null ? 0 : resource.version();
    }
}
