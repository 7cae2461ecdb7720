package com.mobileapiconnect.bridge.email;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.MailServers;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** E-mail goes encrypted to a server whose authority the bridge's Java trusts, as an operator sets it up. */
class MailOverTlsIT {

    private static final String PASSWORD = "password";
    private static final String RULE = """
            {"name":"mail","then":[{"type":"email","to":["ops@acme.example"],"subject":"SMS","text":"{{text}}"}]}""";

    @TempDir
    Path directory;

    private final Certificates certificates = new Certificates();
    private Path trusted;

    @BeforeEach
    void writeKeyStores() throws Exception {
        KeyStore authority = empty();
        authority.setCertificateEntry("ca", certificates.authority().certificate());
        trusted = write(authority, "trusted.p12");
    }

    @Test
    void fromTheFirstByte() throws Exception {
        Certificates.Issued issued = certificates.server();
        KeyStore keys = empty();
        keys.setKeyEntry("server", issued.key(), PASSWORD.toCharArray(), new X509Certificate[] {issued.certificate()});
        System.setProperty(
                "greenmail.tls.keystore.file", write(keys, "server.p12").toString());
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        GreenMail server = MailServers.start(0, ServerSetup.PROTOCOL_SMTPS);
        server.setUser("bridge@acme.example", "bridge", "p@ss");
        try {
            sendBy("smtps://bridge:p%40ss@localhost:" + server.getSmtps().getPort());
            assertThat(server.getReceivedMessages()).isNotEmpty(); // twice, when the first time took too long
            assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("SMS");
        } finally {
            server.stop();
        }
    }

    @Test
    void fromStartTlsOnWithNothingButTheGreetingBefore() throws Exception {
        try (ScriptedSmtp server =
                new ScriptedSmtp(MailOverTlsIT::answer, certificates.context(certificates.server()))) {
            sendBy("smtp://bridge:p%40ss@localhost:" + server.port() + "?starttls=required");
            assertThat(server.mails()).isNotEmpty().allSatisfy(mail -> assertThat(mail)
                    .contains("Subject: SMS"));
            assertThat(server.inTheClear())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));
        }
    }

    private static String answer(String command) {
        return command.startsWith("EHLO")
                ? "250-scripted\r\n250-STARTTLS\r\n250 AUTH PLAIN"
                : command.startsWith("AUTH PLAIN") ? "235 welcome" : null;
    }

    private void sendBy(String smtpUrl) {
        Map<String, String> environment = Map.of(
                "BRIDGE_BOOTSTRAP_API_KEY",
                RunningBridge.TENANT_KEY,
                "BRIDGE_SMTP_URL",
                smtpUrl,
                "BRIDGE_MAIL_FROM",
                "bridge@acme.example",
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + trusted + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        Path java = Path.of(System.getProperty("java.home"));
        try (BridgeProcess bridge = BridgeProcess.launch(java, directory.resolve("data"), environment)
                .awaitReady()) {
            Api tenant = bridge.tenant();
            tenant.post("/v1/rules", RULE).expect(201);
            Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"d\"}").at("/token"));
            String id = phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"hi\"}")
                    .expect(202)
                    .at("/messages/0/id");
            eventually(() -> assertThat(tenant.get("/v1/messages/" + id).at("/deliveries/0/status"))
                    .isEqualTo("delivered"));
        }
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Path write(KeyStore store, String name) throws Exception {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
