package com.mobileapiconnect.bridge.netsuite;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Calls with the login of a connection: signed by its token, or with an access token of OAuth 2.0 that a certificate gets
 * (docs.oracle.com, "POST Request to the Token Endpoint and the Access Token Response"). NetSuite knows no client secrets
 * there.
 */
@Component
@Lazy
class NetSuiteLogin {

    private static final String SCOPE = "rest_webservices";
    private static final int NONCE_BYTES = 16;

    private final TargetCalls calls;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    NetSuiteLogin(TargetCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    HttpResult call(ErpConnection connection, HttpRequest request, TargetCalls.Bounds bounds) {
        OAuth2 certificate = certificate(connection);
        if (certificate != null) {
            return calls.call(connection.target(), request, bounds, certificate);
        }
        TokenSignature token = TokenSignature.of(connection);
        if (token == null) {
            return new Failed(
                    new Outcome.Retry(
                            Evidence.failure(
                                    ErrorClass.LOGIN,
                                    "The connection has no login: give consumerKey, consumerSecret, tokenId and"
                                            + " tokenSecret, or clientId, certificateId and privateKey"),
                            null),
                    true);
        }
        return calls.call(
                connection.target(),
                request,
                bounds,
                () -> token.header(request, clock.instant().getEpochSecond(), nonce()));
    }

    private static @Nullable OAuth2 certificate(ErpConnection connection) {
        String client = connection.text("clientId");
        String certificate = connection.text("certificateId");
        Redacted key = connection.secret("privateKey");
        return client == null || certificate == null || key == null
                ? null
                : OAuth2.byKey(NetSuiteAccount.of(connection).tokenUrl(), client, certificate, key, SCOPE);
    }

    /** Returns the header as a preview shows it. */
    static String shown(ErpConnection connection) {
        return certificate(connection) == null ? "OAuth " : "Bearer ";
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
