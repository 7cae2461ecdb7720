package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published verifiers for Node, of Standard Webhooks and of Svix, take what the bridge sends. */
class VerifiersIT {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final Path VERIFIERS = Path.of("src/test/verifiers");

    @TempDir
    Path work;

    @Test
    void bothTakeWhatIsSentBeforeAndDuringARotationAndNothingThatWasChanged() throws Exception {
        Assumptions.assumeTrue(run("npm", "--version") == 0, "Skipped: install npm to run this test");
        for (String file : List.of("verify.mjs", "package.json", "package-lock.json")) {
            Files.copy(VERIFIERS.resolve(file), work.resolve(file));
        }
        assertThat(run("npm", "ci", "--no-audit", "--no-fund")).as(log()).isZero();
        // Not before: what is signed is good for five minutes.
        Files.writeString(work.resolve("calls"), String.join("\n", calls()) + "\n");
        int verdict = run("node", "verify.mjs");
        assertThat(verdict).as(log()).isZero();
        assertThat(log())
                .contains("standardwebhooks: accepted", "svix: accepted", "standardwebhooks: refused", "svix: refused");
    }

    private List<String> calls() throws IOException {
        Receiver receiver = new Receiver();
        try (RunningBridge bridge = RunningBridge.start(work.resolve("data"))) {
            String id = bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"secret\":\"%s\"}"
                                    .formatted(receiver.url("/"), SECRET))
                    .expect(201)
                    .at("/id");
            String sms = "{\"from\":\"1\",\"text\":" + TextNode.valueOf(Texts.UGLY) + "}";
            bridge.phone().post("/v1/inbound", sms).expect(202);
            eventually(() -> assertThat(receiver.requests()).hasSize(1));
            String fresh = bridge.tenant()
                    .post("/v1/connections/" + id + "/rotate-secret")
                    .expect(200)
                    .at("/secret");
            bridge.phone().post("/v1/inbound", sms).expect(202);
            eventually(() -> assertThat(receiver.requests()).hasSize(2));
            Got before = receiver.requests().get(0);
            Got during = receiver.requests().get(1);
            List<String> calls = new ArrayList<>();
            calls.add(call(SECRET, before, before.text(), true));
            calls.add(call(SECRET, during, during.text(), true));
            calls.add(call(fresh, during, during.text(), true));
            calls.add(call(fresh, before, before.text(), false));
            calls.add(call(SECRET, before, before.text() + " ", false));
            return calls;
        } finally {
            receiver.close();
        }
    }

    private static String call(String secret, Got got, String body, boolean good) throws IOException {
        return new JsonMapper()
                .writeValueAsString(Map.of("secret", secret, "headers", got.headers(), "body", body, "good", good));
    }

    private int run(String... command) throws InterruptedException {
        try {
            Path calls = work.resolve("calls");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(work.resolve("log").toFile()));
            if (Files.exists(calls)) {
                builder.redirectInput(calls.toFile());
            }
            Process process = builder.start();
            assertThat(process.waitFor(600, TimeUnit.SECONDS)).as(log()).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    private String log() {
        try {
            return Files.readString(work.resolve("log"));
        } catch (IOException e) {
            return "";
        }
    }
}
