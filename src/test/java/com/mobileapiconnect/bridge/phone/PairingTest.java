package com.mobileapiconnect.bridge.phone;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A phone is paired by a link: once, within its time, and by nothing else. */
class PairingTest extends PhoneSuite {

    private static String codeOf(String link) {
        return link.substring(link.indexOf("#pair=") + "#pair=".length());
    }

    private static Api.Reply use(String code) {
        return bridge.nobody().post("/v1/pairing", "{\"code\":\"" + code + "\"}");
    }

    @Test
    void aLinkGivesTheTokenOfTheDeviceOnceAndNeedsNothingElse() {
        Api.Reply paired = pair(",'number':'911234500000','manage':true");
        String link = paired.at("/pairing/link");
        assertThat(link).startsWith("http://localhost:" + bridge.port() + "/phone#pair=");
        assertThat(paired.at("/pairing/url")).isEqualTo(link);
        assertThat(Instant.parse(paired.at("/pairing/expiresAt")))
                .isEqualTo(CLOCK.instant().plus(Duration.ofMinutes(10)));

        Api.Reply used = use(codeOf(link)).expect(200);
        assertThat(used.at("/token")).isEqualTo(paired.at("/token"));
        assertThat(used.at("/deviceId")).isEqualTo(paired.at("/id"));
        assertThat(used.at("/url")).endsWith("/v1/inbound");
        assertThat(used.at("/manage")).isEqualTo("true");
        inbound(tenant().as(used.at("/token")));

        Api.Reply again = use(codeOf(link)).expect(410);
        assertThat(again.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(again.at("/detail"))
                .contains("used already", "new one", "/v1/devices/" + paired.at("/id") + "/pairing");
        assertThat(tenant().get("/v1/audit?limit=1").at("/data/0/action")).isEqualTo("device.pair");
    }

    /** It needs no key to be asked about. */
    @Test
    void aLinkThatIsGoodNoMoreTakesNoTimeOfTheWriter() {
        String code = codeOf(pair("").at("/pairing/link"));
        use(code).expect(200);
        DistributionSummary groups =
                bridge.bean(MeterRegistry.class).get("bridge.store.group").summary();
        // On a busy machine others may commit more often meanwhile.
        eventually(() -> {
            long before = groups.count();
            for (int i = 0; i < 40; i++) {
                use(code).expect(410);
            }
            assertThat(groups.count() - before).as("commits, also of others").isLessThan(20);
        });
    }

    @Test
    void aLinkIsGoodForTenMinutesAndThenSaysSo() {
        Api.Reply early = pair("");
        Api.Reply late = pair("");
        CLOCK.advance(Duration.ofMinutes(10).minusMillis(1));
        use(codeOf(early.at("/pairing/link"))).expect(200);
        CLOCK.advance(Duration.ofMillis(1));

        assertThat(use(codeOf(late.at("/pairing/link"))).expect(410).at("/detail"))
                .contains("was good until", "new one");
        inbound(tenant().as(late.at("/token")));
    }

    @Test
    void aNewLinkEndsTheOneBeforeAndTheTokenBeforeOnceItIsUsed() {
        Api.Reply paired = pair("");
        Api old = tenant().as(paired.at("/token"));
        Api.Reply link =
                tenant().post("/v1/devices/" + paired.at("/id") + "/pairing").expect(201);

        use(codeOf(paired.at("/pairing/link"))).expect(401);
        inbound(old);
        String token = use(codeOf(link.at("/link"))).expect(200).at("/token");
        assertThat(token).isNotEqualTo(paired.at("/token"));
        old.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(401);
        inbound(tenant().as(token));
        bridge.newTenant()
                .api()
                .post("/v1/devices/" + paired.at("/id") + "/pairing")
                .expect(404);
    }

    @Test
    void ofTwoWhoUseALinkAtOnceOneIsPaired() {
        for (int round = 0; round < 5; round++) {
            String code = codeOf(pair("").at("/pairing/link"));
            CyclicBarrier together = new CyclicBarrier(2);
            List<CompletableFuture<Integer>> both = new ArrayList<>();
            for (int caller = 0; caller < 2; caller++) {
                both.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        together.await(60, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return use(code).status();
                }));
            }
            assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 410);
        }
    }

    @Test
    void anAppsPageIsGivenItsOwnUrlAndKeyAndAProvidersNoKey() {
        Api.Reply app = pair(",'adapter':'android-sms-gateway','signingKey':'k1234567'");
        assertThat(app.at("/pairing/url")).endsWith("/v1/inbound/android-sms-gateway/" + app.at("/token"));
        Api.Reply used = use(codeOf(app.at("/pairing/link"))).expect(200);
        assertThat(used.at("/url")).isEqualTo(app.at("/pairing/url"));
        assertThat(used.at("/signingKey")).isEqualTo("k1234567");

        Api.Reply provider = pair(",'adapter':'twilio','signingKey':'the-token-of-the-account'");
        assertThat(use(codeOf(provider.at("/pairing/link"))).expect(200).text())
                .doesNotContain("the-token-of-the-account");
    }

    @Test
    void theStoreHasNeitherCodesNorTokensInTheClearAndALinkSurvivesARestart() {
        Api.Reply paired = pair("");
        String code = codeOf(paired.at("/pairing/link"));
        List<String> rows = bridge.bean(Store.class)
                .read(sql -> sql.sql("select code_hash, token from pairing where token is not null")
                        .query((row, n) -> row.getString(1) + new String(row.getBytes(2), StandardCharsets.ISO_8859_1))
                        .list());
        assertThat(rows).isNotEmpty();
        assertThat(String.join("\n", rows)).doesNotContain(code, paired.at("/token"));

        restart();
        use(code).expect(200);
        restart();
        assertThat(use(code).expect(410).at("/detail")).contains("used already");
    }

    /** Somebody whose key may not give it may have the link already. */
    @Test
    void aLinkEndsWhenThePhoneIsGivenManage() {
        Api.Reply paired = pair("");
        String path = "/v1/devices/" + paired.at("/id");
        String first = codeOf(tenant().post(path + "/pairing").expect(201).at("/link"));
        tenant().patch(path, "{\"name\":\"Reception\"}").expect(200);
        tenant().patch(path, "{\"manage\":true}").expect(200);
        assertThat(use(first).expect(401).at("/detail")).contains("manage", "new one");

        String second = codeOf(tenant().post(path + "/pairing").expect(201).at("/link"));
        tenant().patch(path, "{\"manage\":true,\"name\":\"Front desk\"}").expect(200);
        assertThat(use(second).expect(200).at("/manage")).isEqualTo("true");

        tenant().patch(path, "{\"manage\":false}").expect(200);
        String third = codeOf(tenant().post(path + "/pairing").expect(201).at("/link"));
        String file = "{\"version\":1,\"devices\":[{\"id\":\"%s\",\"name\":\"Front desk\",\"manage\":true}]}";
        tenant().put("/v1/config", file.formatted(paired.at("/id"))).expect(200);
        use(third).expect(401);
    }

    @Test
    void aWrongCodeIs401AndADeletedDevicesLinkToo() {
        Api.Reply paired = pair("");
        use("kq4Q0Vw1m6hC2mJ6m2uC7g").expect(401);
        use("").expect(401);
        bridge.nobody().post("/v1/pairing", "{}").expect(422);
        bridge.nobody().post("/v1/pairing", "{\"code\":1}").expect(422);
        tenant().delete("/v1/devices/" + paired.at("/id")).expect(204);
        use(codeOf(paired.at("/pairing/link"))).expect(401);
    }

    @Test
    void linksOfYesterdayAgeOut() {
        pair("");
        for (int day = 0; day < 2; day++) {
            CLOCK.advance(Duration.ofDays(1)); // more at once would be taken for a clock that is wrong
            bridge.runScheduled();
        }
        assertThat(oldLinks()).isZero();
    }

    private static long oldLinks() {
        return bridge.bean(Store.class).read(sql -> sql.sql("select count(*) from pairing where expires_at < ?")
                .param(CLOCK.instant().minus(Duration.ofDays(1)).toEpochMilli())
                .query(Long.class)
                .single());
    }
}
