package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The text that a person reads at the first start. Its commands run as they are printed, in any terminal. */
final class Welcome {

    private static final String FIRST = """

            == ERP Bridge is ready: %1$s ======================================

              API key       %2$s
              Operator key  %3$s%8$s

            In a browser: open %1$s and sign in with the API key.

            Try it. %6$s

            KEY=%5$s
            API=%1$s
            TOKEN=$(curl -s $API/v1/devices -H "Authorization: Bearer $KEY" -d '{"name":"Front desk","number":"911234500000"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
            curl -s -X PUT $API/v1/webhooks -H "Authorization: Bearer $KEY" -d '{"url":"%7$s/all","secret":"%4$s"}'
            curl -s $API/v1/connections -H "Authorization: Bearer $KEY" -d '{"name":"My ERP","outboundUrl":"%7$s/erp","secret":"%4$s"}'
            curl -s $API/v1/inbound -H "Authorization: Bearer $TOKEN" -d '{"from":"919876543210","text":"balance"}'

            To see what became of it:

            curl -s $API/v1/messages -H "Authorization: Bearer $KEY"
            """;

    private static final String WITH_RECEIVER = """
            Terminal 2, a receiver that checks signatures (or any other on port 9000):

            SECRET=%s python3 examples/receivers/python/receiver.py

            Terminal 3, pair a phone, say where messages go, and send one:""";
    private static final String WITHOUT_RECEIVER = """
            Pair a phone, say where messages go (put your own URL for the example's), and send one.
            A receiver on this machine or in a private network has to be allowed, with the operator's key:
            PATCH /v1/tenants/{id} {"allowedNetworks":["127.0.0.0/8"]}, with the id that GET /v1/tenants shows.""";

    /** A key that was given is not repeated here; a terminal without it says so in place of running on. */
    private static final String GIVEN_KEY = "${BRIDGE_BOOTSTRAP_API_KEY:?is not set in this terminal}";

    private Welcome() {}

    /** @param loopback whether a receiver on this machine may be called */
    static String first(int port, @Nullable Redacted apiKey, @Nullable Redacted operatorKey, boolean loopback) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(random);
        return FIRST.formatted(
                address(port),
                apiKey == null ? "as given by BRIDGE_BOOTSTRAP_API_KEY" : apiKey.reveal(),
                operatorKey == null ? "as given by BRIDGE_OPERATOR_KEY" : operatorKey.reveal(),
                secret,
                apiKey == null ? GIVEN_KEY : apiKey.reveal(),
                loopback ? WITH_RECEIVER.formatted(secret) : WITHOUT_RECEIVER,
                loopback ? "http://127.0.0.1:9000" : "https://erp.example.com",
                apiKey == null && operatorKey == null ? "" : "\n  Shown this once; keep them.");
    }

    static String again(int port, @Nullable Redacted operatorKey) {
        String line = "ERP Bridge is ready: " + address(port);
        return operatorKey == null ? line : line + "\n  New operator key, shown this once: " + operatorKey.reveal();
    }

    private static String address(int port) {
        return "http://localhost:" + port;
    }
}
