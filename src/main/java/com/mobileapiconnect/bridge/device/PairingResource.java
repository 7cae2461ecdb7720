package com.mobileapiconnect.bridge.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.tenant.Access;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Credential;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes pairing links, and gives the token to whoever has one. */
@RestController
class PairingResource {

    private static final int LONGEST_CODE = 64;
    /** The adapters whose signing keys are credentials of an account, which no phone needs. */
    private static final Set<String> PROVIDERS = Set.of("twilio", "kannel", "vonage");

    private final Pairings pairings;
    private final Devices devices;
    private final Access access;
    private final Audit audit;
    private final PublicUrl publicUrl;
    private final Clock clock;

    PairingResource(Pairings pairings, Devices devices, Access access, Audit audit, PublicUrl publicUrl, Clock clock) {
        this.pairings = pairings;
        this.devices = devices;
        this.access = access;
        this.audit = audit;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Makes a new link, to a new token. The phone that has the old token keeps it until the link is used. */
    @PostMapping("/v1/devices/{id}/pairing")
    @ResponseStatus(HttpStatus.CREATED)
    @OpenTo(Scope.DEVICES)
    NewLink.Pairing again(Caller.OfTenant caller, @PathVariable String id) {
        Device seen = devices.ofTenant(caller.tenantId(), id)
                .orElseThrow(() -> DeviceResource.notFound(id))
                .device();
        Instant now = clock.instant();
        Redacted token =
                Credential.forDevice(seen.tenantId(), id, seen.name(), now).key();
        Pairings.Made made = pairings.make(seen, token, now);
        audit.change(caller, caller.tenantId(), new Audit.Entry("device.pairing", id, seen.name()), tx -> {
            checkMayPair(caller, devices.find(tx, id), id);
            pairings.put(tx, made.link());
        });
        return made.shown().pairing();
    }

    /** A link gives all that the phone may do, so one to a phone with manage is as much as giving manage. */
    private static void checkMayPair(Caller.OfTenant caller, @Nullable DeviceEntry entry, String id) {
        if (entry == null) {
            throw DeviceResource.notFound(id);
        } else if (entry.device().manage() && !caller.grant().everything()) {
            throw Problem.forbidden(
                    "This phone has manage, so who pairs it can have every message sent elsewhere: a new"
                            + " link needs an API key with the scope everything.");
        }
    }

    /**
     * The things that a phone needs to know.
     *
     * @param url        where it hands over
     * @param fetches    whether it may fetch SMS to send
     * @param manage     whether it may set the Forward URL
     * @param signingKey the app is to sign with it; null if it need not
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Paired(
            String deviceId,
            String name,
            @Nullable String number,
            @Nullable String adapter,
            String token,
            String url,
            boolean fetches,
            boolean manage,
            @Nullable String signingKey) {}

    /** Needs no key but the code of a link. */
    @PostMapping("/v1/pairing")
    Paired redeem(HttpServletRequest request, JsonBody body) {
        Fields fields = Fields.of(body).allow("code");
        String code = fields.text("code", LONGEST_CODE);
        if (code == null) {
            fields.wrong("code", "must be the text behind #pair= in the pairing link");
        }
        fields.orThrow();
        String given = String.valueOf(code);
        Device device = pairings.known(given)
                .orElseThrow(() -> access.wrongCode(
                        request,
                        "This pairing link is not known: a newer one has taken its place, the phone was deleted, or it may"
                                + " manage now what it might not when the link was made."
                                + " Ask whoever manages the phones for a new one."));
        Caller phone = new Caller.OfDevice(device.tenantId(), device.id(), request.getRemoteAddr());
        Pairings.Redeemed redeemed = audit.change(
                phone,
                device.tenantId(),
                tx -> pairings.redeem(tx, device.id(), given),
                done -> new Audit.Entry("device.pair", device.id(), device.name()));
        return paired(redeemed);
    }

    private Paired paired(Pairings.Redeemed redeemed) {
        Device device = redeemed.device();
        String token = redeemed.token().reveal();
        Redacted key = device.adapter() != null && PROVIDERS.contains(device.adapter())
                ? null
                : devices.signingKey(device.id());
        return new Paired(
                device.id(),
                device.name(),
                device.number(),
                device.adapter(),
                token,
                publicUrl.of(device.inboundPath(token)),
                device.fetches(),
                device.manage(),
                key == null ? null : key.reveal());
    }
}
