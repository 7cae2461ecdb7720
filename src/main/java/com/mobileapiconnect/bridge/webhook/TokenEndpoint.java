package com.mobileapiconnect.bridge.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import com.mobileapiconnect.bridge.http.BasicCredentials;
import com.mobileapiconnect.bridge.http.Form;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Asks a token endpoint for an access token by client credentials (RFC 6749, 4.4), through the same client and guard. */
@Component
class TokenEndpoint {

    static final int LONGEST_ANSWER = 64 << 10;
    private static final int LONGEST_TOKEN = 16 << 10;
    private static final Duration UNSAID_LIFE = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    /** The codes (RFC 6749, 5.2) after which asking again with the same credentials does no better. */
    private static final Set<String> REFUSALS = Set.of("invalid_client", "unauthorized_client", "invalid_grant");

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpCalls http;
    private final Clock clock;

    TokenEndpoint(HttpCalls http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** @param until time to fetch another token: somewhat before it expires */
    record Token(Redacted value, Instant at, Instant until) {}

    /** Returns a future of the token, which fails with a {@link NoTokenException}. */
    CompletableFuture<Token> ask(OAuth2 auth, HttpCall call) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (!auth.inBody()) {
            headers.put(
                    "Authorization",
                    BasicCredentials.header(
                            Form.encode(auth.clientId()),
                            Form.encode(auth.clientSecret().reveal())));
        }
        Instant asked = clock.instant();
        byte[] form;
        try {
            form = form(auth, asked).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            return CompletableFuture.failedFuture(NoTokenException.ofRefusal(
                    "The private key cannot be used: it must be one of RSA or P-256, in PEM"));
        }
        return http.make(call, URI.create(auth.tokenUrl()), headers, form, "POST", Form.CONTENT_TYPE)
                .handle((value, failure) -> {
                    HttpCall.Answer answer = call.answer();
                    if (failure == null && answer != null) {
                        return read(answer, asked);
                    }
                    throw new CompletionException(new NoTokenException(
                            "The token endpoint could not be asked: "
                                    + (call.timedOut() || failure == null
                                            ? "no answer within the timeout"
                                            : AnswerVerdict.describe(failure)),
                            failure));
                });
    }

    private static String form(OAuth2 auth, Instant now) throws GeneralSecurityException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        if (auth.keyId() != null) {
            fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            fields.put("client_assertion", Assertion.of(auth, now));
            return Form.encode(fields); // its scope is among what is signed
        }
        if (auth.scope() != null) {
            fields.put("scope", auth.scope());
        }
        if (auth.audience() != null) {
            fields.put("audience", auth.audience());
        }
        if (auth.inBody()) {
            fields.put("client_id", auth.clientId());
            fields.put("client_secret", auth.clientSecret().reveal());
        }
        return Form.encode(fields);
    }

    /** Reads the answer. Only its error code is ever shown, because the rest may contain a token. */
    private static Token read(HttpCall.Answer answer, Instant asked) {
        JsonNode json = parse(answer.body());
        if (answer.status() != 200) {
            String code = json.path("error").asText("");
            String said = "The token endpoint answered HTTP " + answer.status()
                    + (code.matches("[a-z_]{1,64}") ? ": " + code : "");
            throw new CompletionException(
                    answer.status() == 401 || REFUSALS.contains(code)
                            ? NoTokenException.ofRefusal(said)
                            : new NoTokenException(said));
        }
        String token = json.path("access_token").asText("");
        if (token.isEmpty() || token.length() > LONGEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new CompletionException(
                    new NoTokenException("The token endpoint's answer has no usable access_token"));
        }
        String type = json.path("token_type").asText("bearer");
        if (!type.equalsIgnoreCase("bearer")) {
            throw new CompletionException(
                    new NoTokenException("The token endpoint gives tokens of another type than bearer"));
        }
        return new Token(new Redacted(token), asked, asked.plus(life(json)));
    }

    /** Returns the life of a token, less a fifth, at most 30 s, for clocks that differ and calls under way. */
    private static Duration life(JsonNode json) {
        long seconds = json.path("expires_in").asLong(0); // some write it as a string
        Duration said = seconds <= 0 ? UNSAID_LIFE : Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE.toSeconds()));
        Duration margin = said.dividedBy(5);
        return said.minus(margin.compareTo(Duration.ofSeconds(30)) > 0 ? Duration.ofSeconds(30) : margin);
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
