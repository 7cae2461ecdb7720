package com.mobileapiconnect.bridge.netsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Answers as Oracle's documents say that NetSuite does: upserts by external ids, errors in o:errorDetails, and logins that
 * are checked, signatures included. No real account was at hand.
 */
final class FakeNetSuite implements Function<Got, Answer> {

    static final String CONSUMER_KEY = "consumer-key-0123456789";
    static final String CONSUMER_SECRET = "consumer/secret+0123456789";
    static final String TOKEN_ID = "token-id-0123456789";
    static final String TOKEN_SECRET = "token secret&0123456789";
    static final String ACCESS = "access-token-1";

    private static final String RECORDS = "/services/rest/record/v1/";
    private static final Pattern RECORD = Pattern.compile(RECORDS + "([A-Za-z_]+)/eid:([A-Za-z0-9_-]+)");
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    final Map<String, ObjectNode> records = new LinkedHashMap<>(); // by external id; guarded by this
    final Queue<Answer> lost = new ConcurrentLinkedQueue<>();
    final Queue<Answer> refused = new ConcurrentLinkedQueue<>();
    private final Set<String> nonces = new HashSet<>();
    private final int port;
    volatile PublicKey certificate;
    volatile String assertion = "";
    private int ids = 646;

    FakeNetSuite(int port) {
        this.port = port;
    }

    static Answer error(int status, String code, String detail) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/vnd.oracle.resource+json; type=error; charset=UTF-8"),
                ("{\"type\":\"https://www.rfc-editor.org/rfc/rfc9110.html\",\"title\":\"Some\",\"status\":" + status
                                + ",\"o:errorDetails\":[{\"detail\":\"" + detail + "\",\"o:errorCode\":\"" + code
                                + "\",\"o:errorPath\":\"message\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Answer apply(Got got) {
        if (got.path().equals("/services/rest/auth/oauth2/v1/token")) {
            return token(got);
        } else if (!isLoggedIn(got)) {
            return error(401, "INVALID_LOGIN", "Invalid login attempt. For more details, see the Login Audit Trail.");
        }
        Matcher record = RECORD.matcher(got.path());
        if (record.matches()) {
            return record.group(1).equals("phonecall")
                    ? got.method().equals("PUT") ? upsert(got, record.group(2)) : read(record.group(2))
                    : error(404, "NONEXISTENT_ID", "Record type '" + record.group(1) + "' does not exist.");
        } else if (got.path().equals(RECORDS + "metadata-catalog/phonecall")) {
            return got.header("Accept").equals("application/schema+json") ? json(200, SCHEMA) : Answer.of(406);
        }
        return error(404, "NONEXISTENT_ID", "Record type does not exist.");
    }

    private Answer read(String key) {
        ObjectNode record = records.get(key);
        return record == null
                ? error(
                        404,
                        "NONEXISTENT_ID",
                        "The record instance does not exist. Provide a valid record instance ID.")
                : json(200, record.toString());
    }

    private Answer upsert(Got got, String key) {
        Answer no = refused.poll();
        if (no != null) {
            return no;
        }
        ObjectNode record = records.computeIfAbsent(key, any -> ((ObjectNode) AnswerJson.read("{\"links\":[]}"))
                .put("externalId", any)
                .put("id", String.valueOf(++ids)));
        record.setAll((ObjectNode) AnswerJson.read(got.text()));
        Answer instead = lost.poll();
        return instead != null
                ? instead
                : Answer.of(
                        204,
                        Map.of(
                                "Location",
                                "http://127.0.0.1:" + port + RECORDS + "phonecall/"
                                        + record.path("id").asText()));
    }

    private boolean isLoggedIn(Got got) {
        String header = got.header("Authorization");
        return header.startsWith("OAuth ") ? isSigned(got, header) : header.equals("Bearer " + ACCESS);
    }

    /** Works a signature out once more, with the parameters in a map and the address as it was called. */
    private boolean isSigned(Got got, String header) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher each = PARAMETER.matcher(header);
        while (each.find()) {
            parameters.put(each.group(1), URLDecoder.decode(each.group(2), StandardCharsets.UTF_8));
        }
        String realm = parameters.remove("realm");
        String signature = parameters.remove("oauth_signature");
        StringBuilder all = new StringBuilder();
        parameters.forEach((name, value) -> all.append(all.isEmpty() ? "" : "%26")
                .append(name)
                .append("%3D")
                .append(value));
        String base = got.method() + "&http%3A%2F%2F127.0.0.1%3A" + port
                + got.path().replace("/", "%2F").replace(":", "%3A") + "&" + all;
        boolean isFresh = nonces.add(parameters.get("oauth_nonce"));
        return isFresh
                && "1234567_SB1".equals(realm)
                && CONSUMER_KEY.equals(parameters.get("oauth_consumer_key"))
                && TOKEN_ID.equals(parameters.get("oauth_token"))
                && "HMAC-SHA256".equals(parameters.get("oauth_signature_method"))
                && hmac(base).equals(signature);
    }

    private static String hmac(String base) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            String key = "consumer%2Fsecret%2B0123456789&token%20secret%260123456789";
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer token(Got got) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : got.text().split("&")) {
            String[] both = pair.split("=", 2);
            form.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        assertion = form.getOrDefault("client_assertion", "");
        boolean isRight = "client_credentials".equals(form.get("grant_type"))
                && "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"))
                && isRight(assertion);
        return isRight
                ? json(200, "{\"access_token\":\"" + ACCESS + "\",\"expires_in\":\"3600\",\"token_type\":\"Bearer\"}")
                : json(400, "{\"error\":\"invalid_grant\"}");
    }

    private boolean isRight(String jwt) {
        String[] parts = jwt.split("[.]");
        JsonNode header = part(parts[0]);
        JsonNode claims = part(parts[1]);
        return header.path("kid").asText().equals("custcertificate1")
                && claims.path("iss").asText().equals("client0123456789abcdef")
                && claims.path("scope").path(0).asText().equals("rest_webservices")
                && claims.path("aud").asText().endsWith("/services/rest/auth/oauth2/v1/token")
                && claims.path("exp").asLong() - claims.path("iat").asLong() < 3600
                && isSigned(header.path("alg").asText(), parts);
    }

    static JsonNode part(String encoded) {
        return AnswerJson.read(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    private boolean isSigned(String algorithm, String[] parts) {
        try {
            Signature signature;
            if (algorithm.equals("PS256")) {
                signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            } else {
                signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            }
            signature.initVerify(certificate);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static final String SCHEMA = """
            {"type":"object","properties":{
              "title":{"title":"Subject","type":"string","nullable":true},
              "message":{"title":"Message","type":"string","nullable":true},
              "phone":{"title":"Phone Number","type":"string","nullable":true},
              "timedEvent":{"title":"Reserve Time","type":"boolean"},
              "custevent_level":{"title":"Level","type":"integer","format":"int64","nullable":true,"x-ns-custom-field":true},
              "company":{"type":"object","properties":{"id":{"title":"Internal identifier","type":"string"}}},
              "createdDate":{"title":"Date Created","type":"string","format":"date-time","readOnly":true},
              "externalId":{"title":"External ID","type":"string"}},
             "$schema":"http://json-schema.org/draft-06/hyper-schema#"}
            """;
}
