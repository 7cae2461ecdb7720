package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads resources from requests. */
@Component
class ResourceDrafts {

    private final OwnDatabase own;
    private final Databases databases;
    private final Tenants tenants;
    private final Clock clock;

    ResourceDrafts(OwnDatabase own, Databases databases, Tenants tenants, Clock clock) {
        this.own = own;
        this.databases = databases;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Throws a 422 {@link Problem} that names each fault.
     *
     * @param seen the resource that is replaced; null for a new one
     */
    Resource read(Fields fields, String name, @Nullable Resource seen) {
        if (!name.matches(Resource.NAME)) {
            throw Problem.invalid("name", "must be " + Resource.NAME_FORM);
        }
        ResourceFields.From from = new ResourceFields.From(
                name, seen, Resource.Source.API, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Resource read = ResourceFields.read(fields, from, id -> tenants.find(id).isPresent());
        if (read != null) {
            String flaw = own.flaw(read.place()).orElse(null);
            if (flaw != null) {
                fields.wrong(read.kind() == ResourceKind.FOLDER ? "path" : "url", flaw);
            }
            if (read.kind() == ResourceKind.DATABASE && databases.isTaken(name)) {
                fields.wrong("name", "is taken by a part of the bridge: routes know databases by names like those");
            }
        }
        fields.orThrow();
        return Objects.requireNonNull(read, "a resource without faults");
    }
}
