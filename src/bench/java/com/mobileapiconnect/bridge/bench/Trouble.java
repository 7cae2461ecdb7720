package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import java.util.List;

/**
 * A target in trouble beside healthy ones.
 *
 * @param hangs      whether it takes connections and says nothing; then it has a backlog, too
 * @param connection as JSON
 */
record Trouble(String name, boolean hangs, String connection) {

    /** The text of a backlog's messages, which go to what hangs alone. */
    static final String BACKLOG = "backlog";

    private static final String NO_BACKLOG =
            "\"when\":{\"not\":{\"field\":\"text\",\"op\":\"equals\",\"value\":\"" + BACKLOG + "\"}}";

    /** Names a database and a broker that hang. */
    static void putResources(Api operator, int hanging) {
        operator.put(
                        "/v1/resources/hung-database?check=false",
                        "{\"kind\":\"database\",\"url\":\"jdbc:postgresql://127.0.0.1:%d/erp\",\"tenants\":\"all\"}"
                                .formatted(hanging))
                .expect(200, 201);
        operator.put(
                        "/v1/resources/hung-broker?check=false",
                        "{\"kind\":\"kafka\",\"bootstrapServers\":\"127.0.0.1:%d\",\"tenants\":\"all\"}"
                                .formatted(hanging))
                .expect(200, 201);
    }

    static List<Trouble> thatHang(int hanging) {
        String webhook = "\"outboundUrl\":\"http://127.0.0.1:%d/\"".formatted(hanging);
        return List.of(
                new Trouble("hung database", true, """
                        {"name":"hung database","connector":"sql-insert","properties":
                         {"database":"hung-database","table":"sms","key":"id","fields":{"body":"{{text}}"}}}"""),
                new Trouble("hung broker", true, """
                        {"name":"hung broker","connector":"kafka-topic","properties":
                         {"broker":"hung-broker","topic":"sms"}}"""),
                odata("odata4-entity", hanging),
                odata("olingo4-entity", hanging),
                new Trouble("hung webhook", true, "{\"name\":\"hung webhook\"," + webhook + "}"));
    }

    private static Trouble odata(String connector, int hanging) {
        return new Trouble("hung " + connector, true, """
                {"name":"hung %1$s","connector":"%1$s","outboundUrl":"http://127.0.0.1:%2$d/odata","properties":
                 {"entitySet":"Sms","key":"ID","fields":{"body":"{{text}}"}}}""".formatted(connector, hanging));
    }

    /** One that refuses connections, one at a call a second, and one that is busy for a fifth of its calls. */
    static List<Trouble> others(int refusing, String receivers) {
        return List.of(
                new Trouble("refuses", false, webhook("refuses", "http://127.0.0.1:" + refusing + "/", "")),
                new Trouble("slow", false, webhook("slow", receivers + "/slow", ",\"ratePerSecond\":1")),
                new Trouble("busy", false, webhook("busy", receivers + "/busy", "")));
    }

    /**
     * Returns a connection to a webhook that gets no backlog, as JSON.
     *
     * @param more further fields as JSON, with a comma before them
     */
    static String webhook(String name, String url, String more) {
        return "{\"name\":\"%s\",\"outboundUrl\":\"%s\",\"secret\":\"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\",%s%s}"
                .formatted(name, url, NO_BACKLOG, more);
    }
}
