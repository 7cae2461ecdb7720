package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's own file, as a start applies it. */
class ConfigFileTest extends SharedBridgeSuite {

    private static final String SECRET = "whsec_of-the-file-system-0123456789";

    @TempDir
    Path folder;

    private RunningBridge.NewTenant tenant;

    @BeforeEach
    void aTenant() {
        tenant = bridge.newTenant();
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Difference.Entry> apply(String text) {
        return bridge.bean(ConfigFile.class).apply(write("config.yaml", text), tenant.id());
    }

    private static String audit(Api api) {
        return api.get("/v1/audit?limit=500").expect(200).text();
    }

    @Test
    void theSameFileAgainChangesNothingAndWritesNothing() {
        write("secret", SECRET + "\n");
        String file = """
                webhook: {url: 'https://all.example.com/', secret: '${file:secret}'}
                guards: {quietHours: {from: '21:00', to: '08:00', zone: UTC}, optOutWords: [raus]}
                devices: [{name: Front desk, signingKey: '${file:secret}', adapter: android-sms-gateway}]
                keys: [{name: CI}]
                connections:
                  - name: SAP
                    outboundUrl: https://erp.example.com/
                    http: {headers: {X-Key: '${file:secret}'}, auth: {type: bearer, token: '${file:secret}'}}
                rules:
                  - {name: R, then: [{type: connection, id: SAP}, {type: webhook, url: 'https://a.example.com/', secret: '${file:secret}'}]}
                """;
        List<Difference.Entry> made = apply(file);
        assertThat(made).extracting(Difference.Entry::name).containsExactly("Front desk", "CI");
        assertThat(made.get(0).token()).startsWith("dvt_");
        assertThat(made.get(1).key()).startsWith("sk_live_");
        Api api = tenant.api();
        String exported = api.get("/v1/config").text();
        String tag = api.get("/v1/config").header("ETag");
        String audit = audit(api);
        assertThat(audit)
                .contains("BRIDGE_CONFIG_FILE: webhook +1", "\"actor\":\"operator\"")
                .doesNotContain(SECRET);

        for (int start = 0; start < 3; start++) {
            assertThat(apply(file)).isEmpty();
        }

        assertThat(api.get("/v1/config").header("ETag")).isEqualTo(tag);
        assertThat(api.get("/v1/config").text()).isEqualTo(exported).doesNotContain(SECRET);
        assertThat(audit(api)).isEqualTo(audit);
        assertThat(api.get("/v1/rules").at("/data/0/version")).isEqualTo("1");
        assertThat(api.get("/v1/connections").at("/data/0/version")).isEqualTo("1");
        assertThat(api.get("/v1/connections").at("/data/0/status")).isEqualTo("active");
    }

    @Test
    void valuesComeFromTheEnvironmentAndFromFilesBesideIt() {
        write("url", "https://erp.example.com/\r\n");
        apply("""
                connections:
                  - {name: '${env:PATH}', outboundUrl: '${file:url}', metadata: {home: '[${env:HOME}|$${env:HOME}]'}}
                """.replace("${env:PATH}", "C ${env:HOME}"));

        Api api = tenant.api();
        String home = System.getenv("HOME");
        assertThat(api.get("/v1/connections").at("/data/0/name")).isEqualTo("C " + home);
        assertThat(api.get("/v1/connections").at("/data/0/outboundUrl")).isEqualTo("https://erp.example.com/");
        assertThat(api.get("/v1/connections").at("/data/0/metadata/home")).isEqualTo("[" + home + "|${env:HOME}]");
    }

    @Test
    void aSecretThatChangedOnTheMachineIsTakenAtTheNextStart() {
        String file = "connections: [{name: C, outboundUrl: 'https://a.example.com/', secret: '${file:secret}'}]";
        write("secret", SECRET);
        apply(file);
        write("secret", SECRET + "2");
        apply(file);

        assertThat(tenant.api().get("/v1/connections").at("/data/0/version")).isEqualTo("2");
    }

    @Test
    void whatTheFileOfAnotherTenantLacksIsHeldAndTheStartGoesOn() {
        apply("connections: [{name: C, outboundUrl: 'https://a.example.com/', secret: true}]");

        assertThat(tenant.api().get("/v1/connections").at("/data/0/status")).isEqualTo("disabled");
        assertThat(apply("connections: [{name: C, outboundUrl: 'https://a.example.com/', secret: true}]"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "'rulez: []' -> 'line 1: rulez is unknown'",
                "'version: 1\nrulez: []' -> 'line 2: rulez is unknown'",
                "'version: 2' -> 'line 1: version must be'",
                "'webhook:\n  enabled: 1' -> 'line 2: webhook.enabled must be true or false'",
                "'webhook:\n  enabled: true' -> 'line 1: webhook.url must be given'",
                "'webhook:\n  url: ${env:NO_SUCH_THING}' -> 'line 2: webhook.url has no value: the environment has no'",
                "'webhook:\n  secret: ${file:nowhere}' -> 'line 2: webhook.secret has no value: the file nowhere cannot be'",
                "'webhook:\n  secret: ${file:.}' -> 'line 2: webhook.secret has no value'",
                "'operations: 3' -> 'line 1: operations must be a mapping'",
                "'guards:\n  help:\n    text: 1\n    word: x' -> 'line 4: guards.help.word is unknown'",
                "'guards:\n  languages:\n    - de\n    - xx' -> 'line 4: guards.languages[1] must be one of'",
                "'devices:\n  - name: A\n  - number: \"1\"' -> 'line 3: devices[1].name must be given'",
                "'devices:\n  - name: A\n    token: x' -> 'line 3: devices[0].token is unknown'",
                "'keys:\n\n\n  - key: A' -> 'line 4: keys[0].key is unknown'",
                "'connections: [{name: A}]' -> 'line 1: connections[0].outboundUrl must be given'",
                "'# a\n# b\nconnections:\n- name: A\n  outboundUrl: ftp://a' -> 'line 5: connections[0].outboundUrl '",
                "'connections:\n- name: A\n  outboundUrl: http://10.0.0.1/' -> 'line 3: connections[0].outboundUrl '",
                "'rules:\n- name: A\n  then:\n  - type: reply\n    text: \"{{who}}\"' -> 'line 5: rules[0].then[0].text '",
                "'rules:\n- name: A\n  then:\n  - type: connection\n    id: B' -> 'line 5: rules[0].then[0].id '",
                "'rules:\n- name: A\n  when:\n    field: text' -> 'line 3: rules[0].when'",
                "'a: [' -> 'cannot be applied: The body is not YAML that can be read'",
                "'' -> 'cannot be applied: The body must be a YAML mapping'",
            })
    void aBrokenFileIsRefusedInOneLineThatNamesTheLineAndTheField(String text, String line) {
        String before = tenant.api().get("/v1/config").text();
        assertThatThrownBy(() -> apply(text))
                .isInstanceOf(BadSettingException.class)
                .message()
                .startsWith("BRIDGE_CONFIG_FILE=" + folder.resolve("config.yaml"))
                .contains(line)
                .doesNotContain("\n");
        assertThat(tenant.api().get("/v1/config").text()).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoneIsRefused() {
        ConfigFile file = bridge.bean(ConfigFile.class);
        assertThatThrownBy(() -> file.apply(folder.resolve("none").toString(), tenant.id()))
                .hasMessageContaining("/none is no file");
        assertThatThrownBy(() -> file.apply(folder.toString(), tenant.id())).hasMessageContaining("is no file");
        assertThatThrownBy(() -> apply("#".repeat((1 << 20) + 1))).hasMessageContaining("is over 1 MiB");
    }
}
