package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.secret.Vault;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Options of a target's calls as they are stored: one box of the vault, because nearly all of them are secrets. */
final class HttpOptionsBox {

    private HttpOptionsBox() {}

    /** Returns null when there are no options. */
    static byte @Nullable [] seal(HttpOptions options, Vault vault, String place) {
        return options.none() ? null : vault.seal(revealed(options).toString(), place);
    }

    static HttpOptions open(byte @Nullable [] box, Vault vault, String place) {
        return box == null
                ? HttpOptions.NONE
                : HttpOptionsFields.stored(
                        Fields.of(StoredJson.read(vault.open(box, place)), "http.", new ArrayList<>()));
    }

    private static ObjectNode revealed(HttpOptions options) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode headers = json.putObject("headers");
        options.headers().forEach((name, value) -> headers.put(name, value.reveal()));
        json.set("auth", revealed(options.auth()));
        json.set("tls", revealed(options.tls()));
        return json;
    }

    private static @Nullable ObjectNode revealed(HttpOptions.@Nullable Auth auth) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (auth instanceof HttpOptions.Auth.Basic basic) {
            return json.put("type", "basic")
                    .put("username", basic.username())
                    .put("password", basic.password().reveal());
        }
        if (auth instanceof HttpOptions.Auth.Bearer bearer) {
            return json.put("type", "bearer").put("token", bearer.token().reveal());
        }
        if (auth instanceof HttpOptions.Auth.OAuth2 oauth) {
            return json.put("type", "oauth2")
                    .put("tokenUrl", oauth.tokenUrl())
                    .put("clientId", oauth.clientId())
                    .put("clientSecret", oauth.clientSecret().reveal())
                    .put("scope", oauth.scope())
                    .put("audience", oauth.audience())
                    .put("inBody", oauth.inBody())
                    .put("sharesTls", oauth.sharesTls());
        }
        return null;
    }

    private static @Nullable ObjectNode revealed(HttpOptions.@Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        Redacted key = tls.clientKey();
        return JsonNodeFactory.instance
                .objectNode()
                .put("clientCertificate", tls.clientCertificate())
                .put("clientKey", key == null ? null : key.reveal())
                .put("ca", tls.ca());
    }
}
