package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers as Microsoft's documents say that Dataverse does: upserts by an alternate key with If-None-Match and
 * return=representation, and definitions of tables. No real environment was at hand.
 */
final class FakeDataverse implements Function<Got, Answer> {

    static final String KEY = "new_deliveryid";
    private static final String API = "/api/data/v9.2/";
    private static final Pattern ROW = Pattern.compile("leads\\(" + KEY + "='([^']*)'\\)\\?\\$select=" + KEY);

    /** The rows by their alternate key. */
    final Map<String, ObjectNode> rows = new LinkedHashMap<>(); // guarded by this
    /** What is answered to the next writes in place of their own answers; the rows are made before. */
    final Queue<Answer> lost = new ConcurrentLinkedQueue<>();
    /** What is answered to the next writes, of which nothing comes. */
    final Queue<Answer> refused = new ConcurrentLinkedQueue<>();

    final Queue<String> tokens = new ArrayDeque<>();
    volatile String keyStatus = "Active";
    volatile String privileges = "[{\"Depth\":\"Global\",\"PrivilegeName\":\"prvCreateLead\"}]";
    volatile boolean wantsToken;

    static Answer error(int status, String code, String message) {
        return FakeService.json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }

    @Override
    public synchronized Answer apply(Got got) {
        if (got.path().equals("/tenant/oauth2/v2.0/token")) {
            return FakeService.json(
                    200, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"token-of-entra-1\"}");
        } else if (wantsToken && !got.header("Authorization").equals("Bearer token-of-entra-1")) {
            return Answer.of(401, Map.of("WWW-Authenticate", "Bearer authorization_uri=https://login.example.com"));
        } else if (!got.path().startsWith(API)) {
            return Answer.of(404);
        }
        String path = got.path().substring(API.length());
        Matcher row = ROW.matcher(path);
        if (row.matches()) {
            return got.method().equals("GET") ? read(row.group(1)) : write(got, row.group(1));
        }
        return defined(path);
    }

    private Answer read(String key) {
        ObjectNode row = rows.get(key);
        return row == null
                ? error(404, "0x80060891", "A record with the specified key values does not exist in lead entity")
                : FakeService.json(200, told(row));
    }

    private static String told(ObjectNode row) {
        return "{\"@odata.context\":\"https://x/$metadata#leads(" + KEY
                + ")/$entity\",\"@odata.etag\":\"W/\\\"71004878\\\"\",\"" + KEY + "\":\""
                + row.path(KEY).asText() + "\",\"leadid\":\""
                + row.path("leadid").asText() + "\"}";
    }

    private Answer write(Got got, String key) {
        Answer no = refused.poll();
        if (no != null) {
            return no;
        } else if (!got.method().equals("PATCH") || !got.header("OData-Version").equals("4.0")) {
            return Answer.of(405);
        }
        ObjectNode row = rows.get(key);
        if (row != null && got.header("If-None-Match").equals("*")) {
            return error(412, "0x80040237", "A record with matching key values already exists.");
        }
        boolean made = row == null;
        if (made) {
            row = Attempts.json("{\"leadid\":\"" + UUID.randomUUID() + "\"}").put(KEY, key);
            rows.put(key, row);
        }
        row.setAll(Attempts.json(got.text()));
        Answer instead = lost.poll();
        if (instead != null) {
            return instead;
        }
        return got.header("Prefer").equals("return=representation")
                ? FakeService.json(made ? 201 : 200, told(row))
                : Answer.of(204, Map.of("OData-EntityId", "https://x" + API + "leads(" + KEY + "='" + key + "')"));
    }

    private Answer defined(String path) {
        if (path.equals("WhoAmI")) {
            return FakeService.json(200, "{\"UserId\":\"5b8e1c4c-2b4e-4d0e-9f38-0e5a1f6d9d11\"}");
        } else if (path.startsWith("systemusers(5b8e1c4c-2b4e-4d0e-9f38-0e5a1f6d9d11)/Microsoft.Dynamics.CRM."
                + "RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p)?@p=%5B%22prvCreateLead%22%5D")) {
            return FakeService.json(200, "{\"RolePrivileges\":" + privileges + "}");
        } else if (path.startsWith("EntityDefinitions?$filter=EntitySetName%20eq%20'leads'&")) {
            return FakeService.json(200, table());
        } else if (path.startsWith("EntityDefinitions?")) {
            return FakeService.json(200, "{\"value\":[]}");
        }
        return error(
                404, "0x80060888", "Resource not found for the segment '" + path.replaceFirst("[(?].*", "") + "'.");
    }

    private String table() {
        return """
                {"value":[{"LogicalName":"lead","EntitySetName":"leads","PrimaryIdAttribute":"leadid",
                  "Privileges":[{"CanBeBasic":true,"Name":"prvReadLead","PrivilegeType":"Read"},
                                {"CanBeBasic":true,"Name":"prvCreateLead","PrivilegeType":"Create"}],
                  "Attributes":[
                    {"LogicalName":"leadid","AttributeType":"Uniqueidentifier","IsValidForCreate":true,"RequiredLevel":{"Value":"SystemRequired"}},
                    {"LogicalName":"new_deliveryid","AttributeType":"String","IsValidForCreate":true,"RequiredLevel":{"Value":"None"}},
                    {"LogicalName":"subject","AttributeType":"String","IsValidForCreate":true,"RequiredLevel":{"Value":"ApplicationRequired"}},
                    {"LogicalName":"lastname","AttributeType":"String","IsValidForCreate":true,"RequiredLevel":{"Value":"ApplicationRequired"}},
                    {"LogicalName":"mobilephone","AttributeType":"String","IsValidForCreate":true,"RequiredLevel":{"Value":"None"}},
                    {"LogicalName":"description","AttributeType":"Memo","IsValidForCreate":true,"RequiredLevel":{"Value":"None"}},
                    {"LogicalName":"numberofemployees","AttributeType":"Integer","IsValidForCreate":true,"RequiredLevel":{"Value":"None"}},
                    {"LogicalName":"new_when","AttributeType":"DateTime","IsValidForCreate":true,"RequiredLevel":{"Value":"None"}},
                    {"LogicalName":"createdon","AttributeType":"DateTime","IsValidForCreate":false,"RequiredLevel":{"Value":"None"}},
                    {"LogicalName":"parentaccountid","AttributeType":"Lookup","IsValidForCreate":true,"RequiredLevel":{"Value":"None"}}],
                  "Keys":[{"KeyAttributes":["emailaddress1"],"EntityKeyIndexStatus":"Active"},
                          {"KeyAttributes":["new_deliveryid"],"EntityKeyIndexStatus":"%s"}],
                  "ManyToOneRelationships":[{"ReferencingEntityNavigationPropertyName":"parentaccountid"}]}]}
                """.formatted(keyStatus);
    }
}
