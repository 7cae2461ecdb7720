package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Credential;
import com.mobileapiconnect.bridge.tenant.Credentials;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The links by which phones are paired: good once, and for ten minutes. The code stands behind the {@code #} of the link,
 * so that no server and no proxy on the way logs it; only the page itself sends it, in a body.
 */
@Component
class Pairings {

    static final String PAGE = "/phone#pair=";
    private static final String OLD = "select id from pairing where expires_at < ? and id > ? order by id limit ?";
    private static final String ASK = " Ask whoever manages the phones for a new one: POST /v1/devices/";

    private final Credentials credentials;
    private final Devices devices;
    private final PublicUrl publicUrl;
    private final Clock clock;
    private final Register<String, PairingLink> register;
    /** Device ids by the hash of the code: an unknown code costs no query. */
    private final Map<String, String> byHash = new ConcurrentHashMap<>();

    Pairings(Store store, Vault vault, Credentials credentials, Devices devices, PublicUrl publicUrl, Clock clock) {
        this.credentials = credentials;
        this.devices = devices;
        this.publicUrl = publicUrl;
        this.clock = clock;
        this.register = new Register<>(store, new PairingRows(vault));
        register.all().forEach(link -> byHash.put(link.hash(), link.deviceId()));
        register.watch(this::follow);
    }

    private void follow(@Nullable PairingLink before, @Nullable PairingLink now) {
        if (before != null) {
            byHash.remove(before.hash());
        }
        if (now != null) {
            byHash.put(now.hash(), now.deviceId());
        }
    }

    /** A link that is not stored yet, and how it is shown. */
    record Made(PairingLink link, NewLink shown) {}

    /** Makes a link to a token of the device. */
    Made make(Device device, Redacted token, Instant now) {
        String code = PairingLink.newCode();
        PairingLink link = PairingLink.of(device, code, token, now);
        String page = publicUrl.of(PAGE + code);
        String url = device.adapter() == null ? page : publicUrl.of(device.inboundPath(token.reveal()));
        return new Made(link, new NewLink(token, new NewLink.Pairing(url, page, link.expiresAt(), QrPicture.of(page))));
    }

    /** Stores a link in place of the one before, as a part of this unit. */
    void put(Transaction tx, PairingLink link) {
        register.change(tx, link.deviceId(), before -> link);
    }

    /**
     * Ends the link of a device that gets {@code manage} in this unit: it may be in the hands of somebody who was not to
     * have that.
     */
    void endIfRaised(Transaction tx, @Nullable Device before, Device now) {
        if (before != null && now.manage() && !before.manage()) {
            remove(tx, now.id());
        }
    }

    void remove(Transaction tx, String deviceId) {
        register.remove(tx, deviceId);
    }

    /**
     * The device that a code leads to, as far as is known without the store. Throws a 410 {@link Problem} for a link that
     * is good no more: nobody needs a key to ask, so it must not take the writer's time.
     */
    Optional<Device> known(String code) {
        String deviceId = byHash.get(PairingLink.hashOf(code));
        PairingLink link = deviceId == null ? null : register.find(deviceId);
        if (link == null) {
            return Optional.empty();
        }
        goodToken(link);
        return devices.find(link.deviceId());
    }

    private Redacted goodToken(PairingLink link) {
        Redacted token = link.token();
        if (token == null) {
            throw Problem.gone(
                    "This pairing link was used already, at " + shown(link.usedAt()) + "." + ask(link.deviceId()));
        } else if (link.expired(clock.instant())) {
            throw Problem.gone(
                    "This pairing link was good until " + shown(link.expiresAt()) + "." + ask(link.deviceId()));
        }
        return token;
    }

    /** A device that was paired by a link. */
    record Redeemed(Device device, Redacted token) {}

    /**
     * Uses a link as a part of this unit: of several callers one gets the token, and an earlier token of the device ends.
     * Throws a 410 {@link Problem} for a link that is good no more.
     */
    Redeemed redeem(Transaction tx, String deviceId, String code) {
        PairingLink link = register.find(tx, deviceId);
        DeviceEntry entry = devices.find(tx, deviceId);
        if (link == null || entry == null || !link.hash().equals(PairingLink.hashOf(code))) {
            throw Problem.gone("A newer pairing link has taken the place of this one.");
        }
        Redacted token = goodToken(link);
        Instant now = clock.instant();
        Device device = entry.device();
        if (credentials.find(token.reveal()).isEmpty()) {
            credentials.removeOfDevice(tx, deviceId);
            credentials.add(tx, credential(device, token, now));
        }
        register.change(tx, deviceId, before -> link.used(now));
        return new Redeemed(device, token);
    }

    private static Credential credential(Device device, Redacted token, Instant now) {
        return Credential.forDevice(device.tenantId(), device.id(), device.name(), now)
                .credential()
                .withKey(token.reveal());
    }

    private static String shown(@Nullable Instant time) {
        return time == null ? "an unknown time" : WireTime.format(WireTime.truncate(time));
    }

    private static String ask(String deviceId) {
        return ASK + deviceId + "/pairing.";
    }

    /** Links that nobody asks about any more. */
    static Found<String> old(JdbcClient sql, @Nullable String after, Instant before, int limit) {
        return Found.upToLast(sql.sql(OLD)
                .params(before.toEpochMilli(), after == null ? "" : after, limit)
                .query(String.class)
                .list());
    }

    int removeAll(Transaction tx, List<String> deviceIds) {
        return register.removeAll(tx, deviceIds).size();
    }
}
