package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that are kept up to date over a stream of events. */
class LiveTest {

    private RunningBridge bridge;
    private Live live;
    private Api tenant;
    private Api phone;
    private String key;
    private Streams streams;

    @BeforeEach
    void open() {
        bridge = RunningBridge.shared(Database.SQLITE);
        live = bridge.bean(Live.class);
        tenant = bridge.newTenant().api();
        phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token"));
        key = tenant.post("/v1/keys", "{}").expect(201).at("/key");
        streams = new Streams(bridge);
    }

    @AfterEach
    void close() throws Exception {
        streams.close();
        live.cut();
        eventually(() -> assertThat(live.count()).isZero()); // the container tells of each end a moment later
        bridge.close();
    }

    private Browser signedIn() {
        Browser browser = new Browser(bridge);
        browser.signIn(key).expect(303);
        return browser;
    }

    @Test
    void twentyPortalsSeeWhatArrivesAndThePageIsDrawnOnceForAllOfThem() {
        List<Streams.One> open = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            open.add(streams.open(signedIn(), "/"));
        }
        assertThat(open).allSatisfy(one -> {
            assertThat(one.status()).isEqualTo(200);
            assertThat(one.header("Content-Type")).startsWith("text/event-stream");
            assertThat(one.header("Cache-Control")).isEqualTo("no-store");
        });
        eventually(() -> assertThat(open)
                .allSatisfy(one -> assertThat(one.seen()).contains("retry: 2000", "event: part", "No SMS yet.")));
        assertThat(live.pages()).isEqualTo(1);

        PortalSuite.sms(phone, "919876543210", "here I am <b>");

        eventually(() ->
                assertThat(open).allSatisfy(one -> assertThat(one.seen()).contains("919876543210", "here I am &lt;b")));
    }

    @Test
    void whatIsSentHoldsNobodysToken() {
        Browser browser = signedIn();
        tenant.get("/v1/devices").json().get("data").forEach(device -> tenant.delete(
                        "/v1/devices/" + device.get("id").asText())
                .expect(204));
        Streams.One one = streams.open(browser, "/");

        eventually(() -> assertThat(one.seen()).contains("name=\"formToken\""));
        assertThat(browser.formToken).isNotEmpty();
        assertThat(one.seen()).doesNotContain(browser.formToken);
    }

    @Test
    void aStreamThatWasCutBeginsAnewWithWhatIsNew() {
        Browser browser = signedIn();
        Streams.One first = streams.open(browser, "/messages");
        eventually(() -> assertThat(first.seen()).contains("event: part"));

        live.cut();
        eventually(() -> assertThat(first.hasEnded()).isTrue());
        PortalSuite.sms(phone, "919876543210", "meanwhile");

        Streams.One second = streams.open(browser, "/messages");
        eventually(() -> assertThat(second.seen()).contains("meanwhile"));
    }

    @Test
    void aBrowserHasAFewWindowsAndTheOneThatWasOpenedFirstGivesWay() {
        Browser browser = signedIn();
        List<Streams.One> open = new ArrayList<>();
        for (int i = 0; i < Live.OF_A_SESSION; i++) {
            open.add(streams.open(browser, "/"));
        }
        Streams.One others = streams.open(signedIn(), "/");
        open.add(streams.open(browser, "/"));

        eventually(() -> assertThat(open.get(0).hasEnded()).isTrue());
        assertThat(open.get(0).seen()).contains("event: full");
        assertThat(open.subList(1, open.size())).noneMatch(Streams.One::hasEnded);
        assertThat(others.hasEnded()).isFalse();
    }

    @Test
    void aTenantHasItsShareAndTakesNothingFromOthers() {
        int share = 50;
        for (int i = 0; i < share / Live.OF_A_SESSION + 1; i++) {
            Browser browser = signedIn();
            for (int n = 0; n < Live.OF_A_SESSION && i * Live.OF_A_SESSION + n < share; n++) {
                assertThat(streams.open(browser, "/").status()).isEqualTo(200);
            }
        }
        Streams.One refused = streams.open(signedIn(), "/");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        signedIn().get("/").expect(200);

        Browser other = new Browser(bridge);
        other.signIn(bridge.newTenant().api().post("/v1/keys", "{}").at("/key")).expect(303);
        assertThat(streams.open(other, "/").status()).isEqualTo(200);

        live.cut();
        eventually(() -> assertThat(live.count()).isZero());
        assertThat(streams.open(signedIn(), "/").status())
                .as("places are given back")
                .isEqualTo(200);
    }

    @Test
    void signingOutEndsTheStreams() {
        Browser browser = signedIn();
        Streams.One one = streams.open(browser, "/");
        Streams.One others = streams.open(signedIn(), "/");
        browser.submit("/sign-out").expect(303);

        eventually(() -> assertThat(one.hasEnded()).isTrue());
        assertThat(one.seen()).contains("event: over");
        assertThat(others.hasEnded()).isFalse();
    }

    @Test
    void aSessionThatNobodyUsedForTooLongEndsItsStreamsAlthoughItsPageWasKeptUpAndThePageSaysSo() {
        Browser browser = signedIn();
        Streams.One one = streams.open(browser, "/messages?q=tea");
        Streams.One others = streams.open(signedIn(), "/messages");
        eventually(() -> assertThat(one.seen()).contains("event: part"));
        Session session = bridge.bean(Sessions.class)
                .find(browser.cookie.substring(browser.cookie.indexOf('=') + 1))
                .orElseThrow();
        Instant idle = session.lastUsed().minus(Duration.ofHours(2));
        session.used(idle);

        eventually(() -> assertThat(one.hasEnded()).isTrue());
        assertThat(one.seen()).contains("event: over");
        assertThat(session.lastUsed()).isEqualTo(idle);
        assertThat(others.hasEnded()).isFalse();
        assertThat(streams.open(browser, "/messages").status()).isEqualTo(401);
        assertThat(browser.get("/messages?q=tea&said=over").expect(401).text())
                .contains("Your session has ended.", "name=\"to\" value=\"/messages?q=tea\"");
        assertThat(browser.submit("/rules/order", "move", "rule_1:0").text()).contains("Your session has ended.");
    }

    @Test
    void whoeverWasNeverSignedInIsToldOfNoSessionAndAnEndInAnotherWindowIsSaidWithoutItsCookie() {
        assertThat(new Browser(bridge).get("/messages").expect(401).text()).doesNotContain("session has ended");
        assertThat(new Browser(bridge).get("/?said=over").expect(200).text())
                .contains("Your session has ended.", "name=\"to\" value=\"/\"");
        Browser browser = signedIn();
        browser.submit("/sign-out").expect(303);
        assertThat(browser.get("/sign-in").text()).doesNotContain("session has ended");
    }

    @Test
    void aKeyThatIsDeletedSeesNothingMore() {
        Api.Reply second = tenant.post("/v1/keys", "{\"name\":\"second\"}").expect(201);
        Browser browser = new Browser(bridge);
        browser.signIn(second.at("/key")).expect(303);
        Streams.One one = streams.open(browser, "/");
        tenant.delete("/v1/keys/" + second.at("/id")).expect(204);

        eventually(() -> assertThat(one.hasEnded()).isTrue());
        assertThat(one.seen()).contains("event: over");
    }

    @Test
    void onlyWhoMaySeeAPageMayWatchItAndOnlyPagesThatChange() {
        assertThat(streams.open(new Browser(bridge), "/").status()).isEqualTo(401);
        Browser browser = signedIn();
        assertThat(streams.open(browser, "/webhooks").status()).isEqualTo(406);
        assertThat(streams.open(browser, "/messages/msg_nobody").status()).isEqualTo(404);
        Browser reader = new Browser(bridge);
        reader.signIn(tenant.post("/v1/keys", "{\"scopes\":[\"send\"]}").at("/key"))
                .expect(303);
        assertThat(streams.open(reader, "/").status()).isEqualTo(403);
        assertThat(live.count()).isZero();
    }

    @Test
    void aStopWaitsForNoStream() {
        Streams.One one = streams.open(signedIn(), "/");
        try {
            live.stop();
            eventually(() -> assertThat(one.hasEnded()).isTrue());
            assertThat(streams.open(signedIn(), "/").status()).isEqualTo(503);
        } finally {
            live.start();
        }
    }
}
