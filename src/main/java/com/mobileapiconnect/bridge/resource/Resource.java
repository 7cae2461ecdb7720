package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.message.WireName;
import java.time.Instant;

/**
 * A database, brokers or a folder that the operator has named. Tenants choose among the names.
 *
 * @param version counted up with each change
 */
public record Resource(
        String name,
        Place place,
        TenantList tenants,
        Source source,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The name as URLs and beans have it. */
    static final String NAME = "[a-z][a-z0-9-]{0,63}";

    static final String NAME_FORM = "a lower case letter, then at most 63 lower case letters, digits and hyphens";

    /** The place where a resource was set. */
    enum Source implements WireName {
        API("api"),
        SETTING("setting");

        private final String wireName;

        Source(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    public ResourceKind kind() {
        return place.kind();
    }

    boolean isOpenTo(String tenantId) {
        return tenants.includes(tenantId);
    }

    Resource stored(long newVersion) {
        return new Resource(name, place, tenants, source, newVersion, createdAt, updatedAt);
    }

    @Override
    public String toString() {
        return kind().wireName() + " " + name;
    }
}
