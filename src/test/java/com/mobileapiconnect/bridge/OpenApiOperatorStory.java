package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.support.Api;

/** Makes the calls of the operator: routes, resources, tenants, and what anybody may ask the bridge itself. */
final class OpenApiOperatorStory {

    private final OpenApiClient client;

    OpenApiOperatorStory(OpenApiClient client) {
        this.client = client;
    }

    void about() {
        client.call(client.nobody(), "GET", "/v1/openapi.json", "").expect(200);
        client.call(client.nobody(), "GET", "/v1/config/schema", "").expect(200);
        client.call(client.nobody(), "GET", "/actuator/health", "").expect(200);
        client.call(client.nobody(), "GET", "/actuator/health", "", "Accept", "application/json")
                .expect(200);
        client.call(client.nobody(), "GET", "/actuator/prometheus", "").expect(401);
        client.call(client.operator(), "GET", "/actuator/prometheus", "").expect(200);
        client.call(client.operator(), "GET", "/actuator/prometheus", "", "Accept", "application/openmetrics-text")
                .expect(200);
    }

    void routesLookedAt() {
        String sample = "{\"message\":{\"from\":\"919876543210\",\"text\":\"balance\"}}";
        client.call(client.operator(), "POST", "/v1/routes/deliver/try", sample).expect(200);
        client.call(client.operator(), "POST", "/v1/routes/deliver/try", "{}").expect(422);
        client.call(client.operator(), "POST", "/v1/routes/none/try", sample).expect(404);
        client.call(client.operator(), "GET", "/v1/routes/deliver/diagram", "").expect(200);
        client.call(client.operator(), "GET", "/v1/routes/deliver/diagram", "", "Accept", "text/plain")
                .expect(200);
    }

    void routesEdited() {
        Api operator = client.operator();
        String route = "/v1/routes/deliver";
        String text = client.call(operator, "GET", route, "").expect(200).text();
        String edited = "# Nothing has changed but this line.\n" + text;
        client.call(operator, "POST", route + "/validate", edited).expect(200);
        client.call(operator, "POST", route + "/completions", "- ro").expect(200);
        client.call(operator, "POST", route + "/validate", text.replace("outbox:send", "outbux:send"))
                .expect(422);
        client.call(operator, "PUT", route + "?reason=a+story", edited).expect(200);
        client.call(operator, "PUT", route, "- route: 1").expect(422);
        client.call(operator, "PUT", route, text, "If-Match", "\"77\"").expect(412);
        client.call(operator, "GET", "/v1/routes", "").expect(200);
        client.call(operator, "GET", route + "/versions", "").expect(200);
        client.call(operator, "GET", route + "/versions/1", "").expect(200);
        client.call(operator, "GET", route + "/versions/1/diff?since=0", "").expect(200);
        client.call(operator, "GET", route + "/versions/99", "").expect(404);
        client.call(operator, "POST", route + "/rollback", "{\"version\":0}").expect(200);
        client.call(operator, "POST", route + "/rollback", "{\"version\":99}").expect(404);
        client.call(operator, "DELETE", route, "").expect(204);
        client.call(operator, "DELETE", "/v1/routes/none", "").expect(404);
    }

    void resources() {
        Api operator = client.operator();
        String path = "/v1/resources/drop";
        String folder =
                "{\"kind\":\"folder\",\"path\":\"" + System.getProperty("java.io.tmpdir") + "\",\"tenants\":\"all\"}";
        client.call(operator, "PUT", path, folder).expect(200);
        client.call(operator, "PUT", path, folder, "If-Match", "\"77\"").expect(412);
        client.call(operator, "PUT", path + "?check=false", "{\"kind\":\"folder\"}")
                .expect(422);
        client.call(operator, "GET", path, "").expect(200);
        client.call(operator, "GET", "/v1/resources", "").expect(200);
        client.call(operator, "DELETE", path, "").expect(204);
        client.call(operator, "DELETE", path, "").expect(404);
        client.call(operator, "GET", path, "").expect(404);
    }

    Api tenantByOperator() {
        Api operator = client.operator();
        String id = client.call(operator, "POST", "/v1/tenants", "{\"name\":\"Acme Corp\"}")
                .expect(201)
                .at("/id");
        client.call(operator, "PATCH", "/v1/tenants/" + id, "{\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(200);
        client.call(operator, "GET", "/v1/tenants?limit=1", "").expect(200);
        client.call(operator, "POST", "/v1/tenants/" + id + "/suspend", "").expect(200);
        client.call(operator, "POST", "/v1/tenants/" + id + "/resume", "").expect(200);
        String key = client.call(operator, "POST", "/v1/tenants/" + id + "/keys", "")
                .expect(201)
                .at("/id");
        client.call(operator, "GET", "/v1/tenants/" + id + "/keys", "").expect(200);
        client.call(operator, "GET", "/v1/tenants/" + id + "/keys/" + key, "").expect(200);
        client.call(operator, "PATCH", "/v1/tenants/" + id + "/keys/" + key, "{\"scopes\":[\"send\",\"read\"]}")
                .expect(200);
        client.call(operator, "DELETE", "/v1/tenants/" + id + "/keys/" + key, "")
                .expect(204);
        client.call(operator, "GET", "/v1/operator/audit", "").expect(200);
        String gone = client.call(operator, "POST", "/v1/tenants", "{\"name\":\"Gone\"}")
                .expect(201)
                .at("/id");
        client.call(operator, "DELETE", "/v1/tenants/" + gone, "").expect(202);
        client.call(operator, "DELETE", "/v1/tenants/" + gone, "").expect(409);
        client.call(operator, "GET", "/v1/tenants", "").expect(200);
        client.call(operator, "POST", "/v1/backups", "").expect(202);
        client.call(operator, "GET", "/v1/backups", "").expect(200);
        client.call(operator, "GET", "/v1/plugins", "").expect(200);
        client.call(operator, "GET", "/v1/retention", "").expect(200);
        client.call(operator, "GET", "/v1/connectors/files", "").expect(200);
        return operator.as(client.call(operator, "POST", "/v1/tenants/" + id + "/keys", "")
                .expect(201)
                .at("/key"));
    }
}
