package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Answers how much a tenant may have, and refuses what is beyond. */
@Component
@EnableConfigurationProperties(TenantSettings.class)
public class Limits {

    private final Tenants tenants;
    private final Map<Limit, Integer> defaults = new EnumMap<>(Limit.class);

    Limits(Tenants tenants, TenantSettings settings) {
        this.tenants = tenants;
        for (Limit limit : Limit.values()) {
            defaults.put(limit, limit.in(settings.limits()));
        }
    }

    public int of(String tenantId, Limit limit) {
        Integer own =
                tenants.find(tenantId).map(tenant -> tenant.limits().get(limit)).orElse(null);
        return own == null ? standard(limit) : own;
    }

    /** Returns all limits of a tenant. */
    Map<String, Integer> all(Tenant tenant) {
        Map<String, Integer> all = new LinkedHashMap<>();
        Arrays.stream(Limit.values())
                .forEach(limit -> all.put(limit.wireName(), tenant.limits().getOrDefault(limit, standard(limit))));
        return all;
    }

    private int standard(Limit limit) {
        return defaults.getOrDefault(limit, 1);
    }

    /**
     * Throws a 422 {@link Problem} if a change would leave more than the limit. A tenant that is above it already keeps
     * what it has, but gets no more. To be called in the unit that makes the change, with the number that this unit
     * sees: two callers at once cannot pass the limit together.
     *
     * @param field of the request
     */
    public void check(String tenantId, Limit limit, String field, long had, long wanted) {
        int most = of(tenantId, limit);
        if (wanted > most && wanted > had) {
            throw Problem.invalid(field, refusal(limit, most));
        }
    }

    /** Returns what a caller is told who wants more than the limit. */
    public static String refusal(Limit limit, int most) {
        return "goes beyond this tenant's limit " + limit.wireName() + " (" + most
                + "); the operator can raise it: PATCH /v1/tenants/{id} {\"limits\":{\"" + limit.wireName()
                + "\":…}}";
    }
}
