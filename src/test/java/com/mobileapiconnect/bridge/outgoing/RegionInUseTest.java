package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The region that a number is read in is the one of the phone, or else of its tenant, and may change. */
class RegionInUseTest extends NumbersSuite {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IN | null |",
                "IN | \"GB\" |",
                "null | \"IN\" |",
                "GB | \"IN\" |",
                "IN | null | IN",
                "null | \"US\" | IN",
            })
    void noChangeOfARegionLosesAStop(String before, String after, @Nullable String ofTenant) {
        if (ofTenant != null) {
            bridge.operator()
                    .patch("/v1/tenants/" + tenantId, "{\"region\":\"" + ofTenant + "\"}")
                    .expect(200);
        }
        Phone phone = phoneIn(before.equals("null") ? null : before);
        phone.receives("09876543210", "STOP");
        phone.receives("+919812345678", "STOP");
        send(phone, "09876543210", "r").expect(409);

        tenant.patch("/v1/devices/" + phone.id(), "{\"region\":" + after + "}").expect(200);
        bridge.operator().patch("/v1/tenants/" + tenantId, "{\"region\":null}").expect(200);

        send(phone, "09876543210", "r").expect(409);
        send(phone, "+919812345678", "r").expect(409);
        if (before.equals("IN") || "IN".equals(ofTenant)) {
            send(phone, "919876543210", "r").expect(409);
            send(phone, "9876543210", "r").expect(409);
            send(phone, "09812345678", "r").expect(409);
        }
        // What is erased is not lost either.
        tenant.post("/v1/erase", "{\"number\":\"09876543210\"}").expect(200);
        assertThat(tenant.get("/v1/opt-outs").json().get("data")).hasSize(1);
        send(phone, "09876543210", "r").expect(409);
    }

    @Test
    void theDeviceThatReceivesOrSendsDecides() {
        Phone india = phoneIn("IN");
        Phone britain = phoneIn("GB");
        send(india, "07911123456", "INDIA").expect(202);

        assertThat(story(britain.receives("+447911123456", "a")).get("ref").isNull())
                .isTrue();
        assertThat(story(britain.receives("07911123456", "b")).get("ref").isNull())
                .isTrue();
        assertThat(story(britain.receives("+917911123456", "c")).get("ref").asText())
                .isEqualTo("INDIA");
        assertThat(story(india.receives("7911123456", "d")).get("ref").asText()).isEqualTo("INDIA");
        send(britain, "07911123456", "BRITAIN").expect(202);
        assertThat(story(india.receives("+447911123456", "e")).get("ref").asText())
                .isEqualTo("BRITAIN");
        assertThat(story(india.receives("07911123456", "f")).get("ref").asText())
                .isEqualTo("INDIA");
        // By the international number everything is found, and nothing of the other.
        assertThat(found("/v1/messages?from=", "+917911123456")).isEqualTo(3);
        assertThat(found("/v1/messages?from=", "+447911123456")).isEqualTo(3);
        assertThat(found("/v1/outgoing?to=", "+447911123456")).isEqualTo(1);
        assertThat(tenant.post("/v1/erase", "{\"number\":\"+447911123456\"}")
                        .expect(200)
                        .at("/messages"))
                .isEqualTo("3");
        assertThat(found("/v1/messages?from=", "+917911123456")).isEqualTo(3);
    }

    @Test
    void aRegionIsLearntAndShownAndTheDevicesComesBeforeTheTenants() {
        assertThat(inUse(phone(",\"number\":\"+911234500000\""))).isEqualTo("IN");
        assertThat(inUse(phone(",\"number\":\"911234500000\""))).isEqualTo("IN");
        assertThat(inUse(phone(",\"sims\":{\"1\":\"+911234500000\",\"2\":\"+911234500001\"}")))
                .isEqualTo("IN");
        assertThat(inUse(phone(",\"sims\":{\"1\":\"+911234500000\",\"2\":\"+447911123456\"}")))
                .isEmpty();
        assertThat(inUse(phone(",\"number\":\"01234500000\""))).isEmpty();
        assertThat(inUse(phone(",\"number\":\"+911234500000\",\"region\":\"gb\"")))
                .isEqualTo("GB");
        Phone plain = phoneIn(null);
        assertThat(inUse(plain)).isEmpty();
        bridge.operator()
                .patch("/v1/tenants/" + tenantId, "{\"region\":\"de\"}")
                .expect(200);
        assertThat(inUse(plain)).isEqualTo("DE");
        assertThat(bridge.operator().get("/v1/tenants").json().get("data")).anySatisfy(each -> {
            assertThat(each.get("id").asText()).isEqualTo(tenantId);
            assertThat(each.get("region").asText()).isEqualTo("DE");
        });
        tenant.patch("/v1/devices/" + plain.id(), "{\"region\":\"UK\"}").expect(422);
        tenant.patch("/v1/devices/" + plain.id(), "{\"region\":\"IND\"}").expect(422);
        tenant.patch("/v1/devices/" + plain.id(), "{\"region\":7}").expect(422);
        assertThat(bridge.operator()
                        .patch("/v1/tenants/" + tenantId, "{\"region\":\"ZZ\"}")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("region");
    }

    private String inUse(Phone phone) {
        JsonNode region = tenant.get("/v1/devices/" + phone.id()).json().get("regionInUse");
        return region.isNull() ? "" : region.asText();
    }
}
