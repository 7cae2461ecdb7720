package com.mobileapiconnect.bridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A key may do what its scopes say, they change at once, and one that manages keys always stays. */
class KeyScopesTest extends SharedBridgeSuite {

    private final String id = bridge.operator()
            .post("/v1/tenants", "{\"name\":\"T\"}")
            .expect(201)
            .at("/id");

    private final Api.Reply first =
            bridge.operator().post("/v1/tenants/" + id + "/keys").expect(201);

    private final Api tenant = bridge.operator().as(first.at("/key"));

    private Api.Reply make(String fields) {
        return tenant.post("/v1/keys", fields.replace('\'', '"')).expect(201);
    }

    private Api with(Api.Reply key) {
        return tenant.as(key.at("/key"));
    }

    @Test
    void aKeyWithoutTheScopeIsToldWhichIsNeededAndWhichItHas() {
        Api erp = with(make("{'scopes':['send','rules']}"));

        Api.Reply refused = erp.get("/v1/messages").expect(403);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.at("/detail"))
                .isEqualTo("This needs an API key with the scope read or everything; this key has send, rules.");
        assertThat(erp.post("/v1/keys", "{\"scopes\":[\"send\"]}").expect(403).at("/detail"))
                .isEqualTo("This needs an API key with the scope everything; this key has send, rules.");
        erp.get("/v1/outgoing").expect(200);
        erp.get("/v1/rules").expect(200);
    }

    @Test
    void aHeadRequestIsOpenToWhomAGetIsOpen() {
        Api reader = with(make("{'scopes':['read']}"));
        Api sender = with(make("{'scopes':['send']}"));

        assertThat(head(reader)).isEqualTo(200);
        assertThat(head(sender)).isEqualTo(403);
    }

    private static int head(Api key) {
        return key.send(key.request("/v1/messages").method("HEAD", HttpRequest.BodyPublishers.noBody()))
                .status();
    }

    @Test
    void aTechniciansKeyMakesNoPhoneThatCouldRedirectMessages() {
        Api technician = with(make("{'scopes':['devices']}"));
        Api.Reply phone = technician
                .post("/v1/devices", "{\"name\":\"P\",\"manage\":false}")
                .expect(201);
        String path = "/v1/devices/" + phone.at("/id");

        assertThat(technician
                        .post("/v1/devices", "{\"name\":\"Q\",\"manage\":true}")
                        .expect(403)
                        .at("/detail"))
                .contains("everything");
        technician.patch(path, "{\"manage\":true}").expect(403);
        assertThat(technician.get("/v1/devices").json().findValuesAsText("manage"))
                .containsExactly("false");
        tenant.patch(path, "{\"manage\":true}").expect(200);
        technician.patch(path, "{\"name\":\"Front desk\",\"manage\":true}").expect(200);
    }

    /** The link would give the phone's token, and with it what the phone may do. */
    @Test
    void aTechniciansKeyMakesNoLinkToAPhoneThatCouldRedirectMessages() {
        Api technician = with(make("{'scopes':['devices']}"));
        String path = "/v1/devices/"
                + tenant.post("/v1/devices", "{\"name\":\"P\",\"manage\":true}")
                        .expect(201)
                        .at("/id");

        assertThat(technician.post(path + "/pairing").expect(403).at("/detail")).contains("manage", "everything");
        assertThat(tenant.get("/v1/audit?limit=1").at("/data/0/action")).isEqualTo("device.create");
        tenant.post(path + "/pairing").expect(201);
        technician.patch(path, "{\"manage\":false}").expect(200);
        technician.post(path + "/pairing").expect(201);
    }

    @Test
    void aChangeCountsAtOnceAndEachHasAVersion() {
        Api.Reply made = make("{'name':'ERP','scopes':['send']}");
        String path = "/v1/keys/" + made.at("/id");
        with(made).get("/v1/messages").expect(403);

        Api.Reply changed = tenant.send(tenant.request(path)
                        .header("If-Match", "\"1\"")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"scopes\":[\"read\"]}")))
                .expect(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.at("/name")).isEqualTo("ERP");
        with(made).get("/v1/messages").expect(200);
        with(made)
                .post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\"}")
                .expect(403);
        tenant.send(tenant.request(path)
                        .header("If-Match", "\"1\"")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\":\"late\"}")))
                .expect(412);
        tenant.send(tenant.request(path).header("If-Match", "\"1\"").DELETE()).expect(412);
        assertThat(tenant.patch(path, tenant.get(path).text()).expect(200).header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(tenant.get("/v1/audit?limit=1").at("/data/0/detail")).isEqualTo("ERP (send) → ERP (read)");
        assertThat(tenant.patch(path, "{\"hash\":\"x\"}").expect(422).at("/errors/0/field"))
                .isEqualTo("hash");
        tenant.send(tenant.request(path).header("If-Match", "\"2\"").DELETE()).expect(204);
        tenant.patch(path, "{\"name\":\"x\"}").expect(404);
    }

    @Test
    void theLastKeyThatManagesKeysStaysWhateverOthersThereAre() {
        String own = "/v1/keys/" + first.at("/id");
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        make("{'scopes':['read']}");
        Api.Reply ending = make("{'expiresAt':'" + tomorrow + "'}");

        assertThat(tenant.delete(own).expect(409).at("/detail")).contains("Create another one first");
        tenant.patch(own, "{\"scopes\":[\"read\",\"send\",\"devices\",\"rules\"]}")
                .expect(409);
        tenant.patch(own, "{\"expiresAt\":\"" + tomorrow + "\"}").expect(409);
        with(ending).delete(own).expect(409);
        tenant.patch(own, "{\"name\":\"Mine\"}").expect(200);
        String operators = "/v1/tenants/" + id + own.substring(3);
        bridge.operator().patch(operators, "{\"scopes\":[\"read\"]}").expect(200);
        tenant.post("/v1/keys").expect(403);
        bridge.operator().patch(operators, "{\"scopes\":[\"everything\"]}").expect(200);
        make("{}");
        tenant.delete(own).expect(204);
    }

    @Test
    void ofTwoWhoLimitTheLastTwoKeysOneIsRefused() throws Exception {
        for (int i = 0; i < 5; i++) {
            String other = bridge.operator()
                    .post("/v1/tenants", "{\"name\":\"T\"}")
                    .expect(201)
                    .at("/id");
            List<Supplier<Integer>> changes = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(2);
            for (int k = 0; k < 2; k++) {
                Api.Reply key =
                        bridge.operator().post("/v1/tenants/" + other + "/keys").expect(201);
                changes.add(() -> {
                    await(together);
                    return with(key)
                            .patch("/v1/keys/" + key.at("/id"), "{\"scopes\":[\"read\"]}")
                            .status();
                });
            }
            List<CompletableFuture<Integer>> answers =
                    changes.stream().map(CompletableFuture::supplyAsync).toList();
            assertThat(List.of(
                            answers.get(0).get(120, TimeUnit.SECONDS),
                            answers.get(1).get(120, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder(200, 409);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
