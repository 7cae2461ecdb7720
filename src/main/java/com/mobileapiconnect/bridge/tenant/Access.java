package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From an {@code Authorization} header to a caller, within the tenant's rate. */
@Component
public class Access {

    private static final String SCHEME = "Bearer ";

    private final Credentials credentials;
    private final RequestRate rate;

    Access(Credentials credentials, RequestRate rate) {
        this.credentials = credentials;
        this.rate = rate;
    }

    /** Throws a 401 or 429 {@link Problem}. */
    public Caller caller(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.unauthorized("Give a key: Authorization: Bearer …");
        }
        Caller caller = credentials
                .find(authorization.substring(SCHEME.length()).strip())
                .orElseThrow(() -> Problem.unauthorized("This key is not known here."));
        if (caller instanceof Caller.OfTenant tenant) {
            rate.take(tenant.tenantId());
        } else if (caller instanceof Caller.OfDevice device) {
            rate.take(device.tenantId());
        }
        return caller;
    }
}
