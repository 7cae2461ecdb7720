package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the caller of an {@code Authorization} header, within the tenant's rate. */
@Component
public class Access {

    private static final String SCHEME = "Bearer ";

    private final Credentials credentials;
    private final RequestRate rate;

    Access(Credentials credentials, RequestRate rate) {
        this.credentials = credentials;
        this.rate = rate;
    }

    /** The caller, if its key is of this kind; throws a 401, 403 or 429 {@link Problem}. */
    public <T extends Caller> T caller(@Nullable String authorization, Class<T> kind) {
        return ofKind(caller(authorization), kind);
    }

    /**
     * The holder of a key that was not in an {@code Authorization} header, if the key is of this kind; throws a 401,
     * 403 or 429 {@link Problem}.
     */
    public <T extends Caller> T holder(String key, Class<T> kind) {
        return ofKind(known(key), kind);
    }

    private static <T extends Caller> T ofKind(Caller caller, Class<T> kind) {
        if (!kind.isInstance(caller)) {
            throw Problem.forbidden("This key is of the wrong kind; this path takes " + wanted(kind) + ".");
        }
        return kind.cast(caller);
    }

    private static String wanted(Class<? extends Caller> kind) {
        if (kind == Caller.OfTenant.class) {
            return "a tenant's API key (sk_live_…)";
        }
        return kind == Caller.OfDevice.class ? "a device token (dvt_…)" : "the operator's key (sk_operator_…)";
    }

    /** Throws a 401 or 429 {@link Problem}. */
    public Caller caller(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.unauthorized("Send your API key: Authorization: Bearer …");
        }
        return known(authorization.substring(SCHEME.length()).strip());
    }

    private Caller known(String key) {
        Caller caller = credentials.find(key).orElseThrow(() -> Problem.unauthorized("Unknown API key."));
        if (caller instanceof Caller.OfTenant tenant) {
            rate.take(tenant.tenantId());
        } else if (caller instanceof Caller.OfDevice device) {
            rate.take(device.tenantId());
        }
        return caller;
    }
}
