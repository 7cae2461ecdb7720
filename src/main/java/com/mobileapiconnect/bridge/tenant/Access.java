package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Finds the caller of a request by its key, within the tenant's rate and the key's limits. */
@Component
public class Access {

    private static final String SCHEME = "Bearer ";

    private final Credentials credentials;
    private final Tenants tenants;
    private final RequestRate rate;
    private final WrongKeys wrongKeys;
    private final KeyUses uses;
    private final PhoneCalls phoneCalls;
    private final Clock clock;

    Access(
            Credentials credentials,
            Tenants tenants,
            RequestRate rate,
            WrongKeys wrongKeys,
            KeyUses uses,
            PhoneCalls phoneCalls,
            Clock clock) {
        this.credentials = credentials;
        this.tenants = tenants;
        this.rate = rate;
        this.wrongKeys = wrongKeys;
        this.uses = uses;
        this.phoneCalls = phoneCalls;
        this.clock = clock;
    }

    /**
     * The caller, if its key is of this kind, and a tenant's API key has the scope {@code everything}; throws a 401, 403
     * or 429 {@link Problem}.
     */
    public <T extends Caller> T caller(HttpServletRequest request, Class<T> kind) {
        return caller(request, kind, Set::of);
    }

    /**
     * The caller, if its key is of this kind; throws a 401, 403 or 429 {@link Problem}.
     *
     * @param enough scopes of which a tenant's API key needs one, if it has not {@code everything}
     */
    <T extends Caller> T caller(HttpServletRequest request, Class<T> kind, Supplier<Set<Scope>> enough) {
        SignedIn signedIn = SignedIn.of(request);
        Caller known = signedIn == null
                ? known(request, key(request.getHeader(HttpHeaders.AUTHORIZATION)))
                : again(request, signedIn);
        T caller = ofKind(known, kind);
        if (caller instanceof Caller.OfTenant tenant) {
            tenant.grant().requireOneOf(enough.get());
        }
        return caller;
    }

    /**
     * The holder of a key that was not in an {@code Authorization} header, if the key is of this kind; throws a 401,
     * 403 or 429 {@link Problem}.
     */
    public <T extends Caller> T holder(HttpServletRequest request, String key, Class<T> kind) {
        return ofKind(known(request, key), kind);
    }

    /** Signs somebody in by a key; throws a 401, 403 or 429 {@link Problem} if it is no key of a person. */
    public SignedIn signIn(HttpServletRequest request, String key) {
        Caller caller = known(request, key);
        if (caller instanceof Caller.OfDevice) {
            throw Problem.forbidden("This is a phone's token. Sign in with a tenant's API key (sk_live_…), or with the"
                    + " operator's (sk_operator_…).");
        }
        return new SignedIn(Credential.hashOf(key), caller);
    }

    /** Returns the answer to a request whose signature is wrong: 401, or 429 if its address brings many. */
    public Problem wrongSignature(HttpServletRequest request, String detail) {
        return wrongKeys.refuse(WrongKeys.What.SIGNATURE, request.getRemoteAddr(), detail);
    }

    /** Returns the answer to a pairing code that nobody made: 401, or 429 if its address brings many. */
    public Problem wrongCode(HttpServletRequest request, String detail) {
        return wrongKeys.refuse(WrongKeys.What.KEY, request.getRemoteAddr(), detail);
    }

    private static String key(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.unauthorized("Send your API key: Authorization: Bearer …");
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    /**
     * Admits what a route of the bridge brings for a phone of this tenant, as if the phone had called; throws a 401 or 429
     * {@link Problem}.
     */
    public void admitForDevice(String tenantId) {
        tenants.notDeleted(tenantId);
        rate.take(tenantId);
    }

    private Caller known(HttpServletRequest request, String key) {
        return admitted(
                request,
                credentials
                        .find(key)
                        .orElseThrow(() ->
                                wrongKeys.refuse(WrongKeys.What.KEY, request.getRemoteAddr(), "Unknown API key.")));
    }

    /** A key that was right when it was given is no guess, so it costs its address nothing. */
    private Caller again(HttpServletRequest request, SignedIn signedIn) {
        return admitted(
                request,
                credentials
                        .find(signedIn.hash())
                        .orElseThrow(() -> Problem.unauthorized("The key that you signed in with was deleted.")));
    }

    private Caller admitted(HttpServletRequest request, Credential credential) {
        String address = request.getRemoteAddr();
        Caller caller = credential.caller();
        if (caller instanceof Caller.OfTenant tenant) {
            Instant end = tenant.grant().expiresAt();
            if (end != null && tenant.grant().expired(clock.instant())) {
                throw wrongKeys.expired(address, tenant.keyId(), end);
            }
            tenants.requireServed(tenant.tenantId());
            rate.take(tenant.tenantId());
            uses.used(tenant.keyId());
        } else if (caller instanceof Caller.OfDevice device) {
            tenants.notDeleted(device.tenantId());
            rate.take(device.tenantId());
            phoneCalls.called(device.deviceId());
        }
        return caller.at(address);
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
}
