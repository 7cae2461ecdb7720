package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markup in every field that comes from outside is shown as text, on every page that links lead to. */
class PortalEscapingTest {

    private static final String MARKUP = "</textarea></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    private static final List<String> BROKEN = List.of("<script>alert", "<img src=x", "\"'><");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#]*)\"");
    private static final int MOST_PAGES = 150;

    private static RunningBridge bridge;

    private final Browser browser = new Browser(bridge);
    private Api tenant;
    private String key;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.shared(Database.SQLITE);
    }

    @BeforeEach
    void tenant() {
        String id = bridge.newTenant("{\"name\":" + quoted(MARKUP) + ",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .id();
        Api.Reply made = bridge.operator()
                .post("/v1/tenants/" + id + "/keys", "{\"name\":" + quoted(MARKUP) + "}")
                .expect(201);
        key = made.at("/key");
        tenant = bridge.operator().as(key);
    }

    private static String quoted(String text) {
        return PortalSuite.quoted(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Puts markup into whatever a tenant, its phones, its customers and its receivers may say. */
    private void fill(Receiver receiver) {
        String markup = quoted(MARKUP);
        String metadata = ",\"metadata\":{" + quoted(MARKUP.substring(0, 30)) + ":" + markup + "}";
        Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":" + markup + metadata + "}")
                .expect(201)
                .at("/token"));
        tenant.post("/v1/rules", """
                        {"name":%1$s,"when":{"all":[{"field":"text","op":"contains","value":%1$s},
                           {"any":[{"field":"from","op":"equals","value":%1$s},{"field":"text","op":"exists"}]}]},
                         "then":[{"type":"reply","text":%1$s},{"type":"webhook","url":"%2$s"},
                           {"type":"email","to":["a@example.com"],"subject":%1$s,"text":%1$s}]}
                        """.formatted(markup, receiver.url("/rule"))).expect(201);
        tenant.post(
                        "/v1/connections",
                        "{\"name\":" + markup + metadata + ",\"outboundUrl\":\"" + receiver.url("/x")
                                + "\",\"redelivery\":{\"maxAttempts\":1}}")
                .expect(201);
        phone.post(
                        "/v1/inbound",
                        "{\"id\":" + markup + ",\"from\":" + quoted(MARKUP.substring(0, 60)) + ",\"text\":" + markup
                                + ",\"ref\":" + markup + ",\"to\":" + quoted(MARKUP.substring(0, 60)) + "}")
                .expect(202, 422);
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":" + markup + "}")
                .expect(202);
        String out = tenant.post(
                        "/v1/messages", "{\"to\":\"919876543210\",\"text\":" + markup + ",\"ref\":" + markup + "}")
                .expect(202)
                .at("/id");
        phone.get("/v1/outbox").expect(200);
        phone.post("/v1/outbox/" + out, "{\"status\":\"failed\",\"error\":" + markup + "}")
                .expect(200, 202, 204);
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=failed").json().get("data"))
                .isNotEmpty());
    }

    @Test
    void onEveryPageThatATenantCanReach() {
        try (Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(500, MARKUP))) {
            fill(receiver);
            browser.signIn(key);

            Set<String> seen = crawl("/");

            assertThat(seen).contains("/messages", "/rules", "/connections", "/phones", "/deliveries", "/account/log");
            assertThat(seen).anyMatch(path -> path.startsWith("/messages/msg_"));
            assertThat(seen).anyMatch(path -> path.startsWith("/connections/con_"));
        }
    }

    @Test
    void onEveryPageThatTheOperatorCanReach() {
        browser.signIn(RunningBridge.OPERATOR_KEY);

        assertThat(crawl("/")).contains("/tenants", "/settings/log", "/routes/deliver");
        String text = "# " + MARKUP + "\n- from:\n    uri: direct:x\n    steps:\n      - log: '"
                + MARKUP.replace("'", "''") + "'\n";
        for (String what : List.of("check", "try", "completions", "")) {
            browser.get("/routes/_new");
            isText(
                    what,
                    browser.submit(
                                    "/routes/_new/" + what,
                                    "name",
                                    MARKUP,
                                    "text",
                                    text,
                                    "before",
                                    "- " + MARKUP,
                                    "sample",
                                    MARKUP)
                            .text());
        }
    }

    /** Looks at a page and at all pages that it leads to, and returns their paths. */
    private Set<String> crawl(String from) {
        Set<String> seen = new LinkedHashSet<>(Set.of(from));
        Deque<String> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            String path = next.poll();
            Api.Reply page = browser.get(path);
            if (!page.header("Content-Type").startsWith("text/html")) {
                continue; // a file, which no browser takes for a page
            }
            isText(path, page.text());
            Matcher links = LINK.matcher(page.text());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                boolean isPage = !link.startsWith("/portal/") && !link.matches("/phone(?!s).*");
                if (isPage && seen.size() < MOST_PAGES && seen.add(link)) {
                    next.add(link);
                }
            }
        }
        return seen;
    }

    private static void isText(String path, String page) {
        assertThat(page).as(path).doesNotContain(BROKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages?q=",
                "/messages?status=",
                "/messages?rule=",
                "/messages?since=",
                "/messages?cursor=",
                "/messages/with?number=",
                "/deliveries?status=",
                "/deliveries?target=",
                "/connections?q=",
                "/account/log?action=",
                "/account/log?actor=",
                "/account/log?cursor=",
                "/?said=",
                "/none?to="
            })
    void inEveryParameterOfAQuery(String path) {
        assertThat(browser.get(path + encoded(MARKUP)).text()).as("signed out").doesNotContain(BROKEN);
        browser.signIn(key);

        assertThat(browser.get(path + encoded(MARKUP)).text()).doesNotContain(BROKEN);
    }
}
