package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.SampleAttempt;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.Basic;
import com.mobileapiconnect.bridge.destination.Signing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetProperties;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.thread.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Single attempts at deliveries of a connection, without its lane: each outcome can be looked at. */
final class Attempts {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    private final RunningBridge bridge;
    private final ErpSystem system;
    private final Target target;

    private Attempts(RunningBridge bridge, ErpSystem system, Target target) {
        this.bridge = bridge;
        this.system = system;
        this.target = target;
    }

    static Attempts of(RunningBridge bridge, String system, String url, String properties) {
        ErpSystem found = bridge.beans(ErpSystem.class).stream()
                .filter(each -> each.name().equals(system))
                .findFirst()
                .orElseThrow();
        return new Attempts(
                bridge,
                found,
                target(bridge, url, properties, HttpOptions.NONE, Duration.ofSeconds(60), "con_" + System.nanoTime()));
    }

    private static Target target(
            RunningBridge bridge, String url, String properties, HttpOptions http, Duration timeout, String id) {
        String tenant = bridge.bean(Tenants.class).all().iterator().next().id();
        Target made = SampleTarget.reached(
                tenant,
                new Target.Reach("test", url, new TargetProperties(json(properties), Map.of()), http, Signing.NONE),
                timeout);
        return new Target(
                new Target.Key(id, tenant, Target.Type.CONNECTION),
                made.name(),
                made.reach(),
                made.mirror(),
                made.form(),
                made.state(),
                made.redelivery(),
                made.pace(),
                made.stamps());
    }

    private Attempts with(HttpOptions http, Duration timeout) {
        return new Attempts(
                bridge,
                system,
                target(
                        bridge,
                        String.valueOf(target.url()),
                        target.properties().plain().toString(),
                        http,
                        timeout,
                        target.id()));
    }

    Attempts as(String user, String password) {
        return with(new HttpOptions(Map.of(), new Basic(user, new Redacted(password)), null), timeout());
    }

    Attempts with(HttpOptions.Auth auth) {
        return with(new HttpOptions(Map.of(), auth, null), timeout());
    }

    Attempts within(Duration timeout) {
        return with(target.http(), timeout);
    }

    private Duration timeout() {
        return target.redelivery().timeout();
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    ErpConnection connection() {
        return new ErpConnection(target, target.properties().plain(), Map.of());
    }

    ErpWrite write(String id, String fields, boolean mayBeThere) {
        return new ErpWrite(
                connection(),
                SampleAttempt.of(target, id),
                json(fields),
                "{\"text\":\"hi\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                name -> name.equals("deliveryId") ? id : "value of " + name,
                mayBeThere);
    }

    /** The first attempt at a delivery. */
    Outcome first(String id, String fields) {
        return end(system.send(write(id, fields, false)));
    }

    /** An attempt after one of which nobody knows what became. */
    Outcome again(String id, String fields) {
        return end(system.send(write(id, fields, true)));
    }

    List<Outcome> together(List<String> ids, List<String> fields) {
        List<ErpWrite> writes = new java.util.ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            writes.add(write(ids.get(i), fields.get(i), false));
        }
        return together(writes);
    }

    /** Deliveries together, of which nobody knows whether they were made. */
    List<Outcome> togetherAgain(List<String> ids, String fields) {
        return together(ids.stream().map(id -> write(id, fields, true)).toList());
    }

    /** Sends them as batches are sent: on a worker, which may wait. */
    private List<Outcome> together(List<ErpWrite> writes) {
        Workers workers = bridge.bean(Workers.class);
        return end(workers.callAside(() -> system.sendAll(writes))).stream()
                .map(Attempts::end)
                .toList();
    }

    CompletableFuture<Outcome> begin(String id, String fields) {
        return system.send(write(id, fields, false));
    }

    static <T> T end(CompletableFuture<T> call) {
        try {
            return call.get(180, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    ErpFindings test() {
        return system.test(
                connection(), System.nanoTime() + Duration.ofSeconds(60).toNanos());
    }
}
