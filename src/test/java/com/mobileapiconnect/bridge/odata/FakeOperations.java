package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers as documents and public reports say that Finance and Operations does: errors as HTTP 400 with the infolog in
 * innererror, and the metadata service. No real environment was at hand.
 */
final class FakeOperations implements Function<Got, Answer> {

    private static final Pattern SEARCH = Pattern.compile(
            "/data/SmsMessages\\?cross-company=true&\\$filter=dataAreaId%20eq%20'([^']*)'%20and%20MessageId%20eq%20'([^']*)'"
                    + "&\\$top=1&\\$select=MessageId");

    /** By company and key. */
    final Map<String, ObjectNode> records = new LinkedHashMap<>(); // guarded by this

    final Queue<Answer> lost = new ConcurrentLinkedQueue<>();
    final Queue<Answer> refused = new ConcurrentLinkedQueue<>();
    volatile boolean wantsToken;

    static Answer error(int status, String inner) {
        return FakeService.json(
                status,
                "{\"error\":{\"code\":\"\",\"message\":\"An error has occurred.\",\"innererror\":{\"message\":\""
                        + inner
                        + "\",\"type\":\"Microsoft.Dynamics.Ax.Xpp.ErrorException\",\"stacktrace\":\"   at Microsoft.Dynamics.Platform…\"}}}");
    }

    static Answer duplicate() {
        return error(
                400,
                "Write failed for table row of type 'SmsMessageEntity'. Infolog: Error: Cannot create a record in SMS messages"
                        + " (SmsMessageTable). The record already exists..");
    }

    @Override
    public synchronized Answer apply(Got got) {
        if (got.path().equals("/tenant/oauth2/v2.0/token")) {
            return FakeService.json(
                    200, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"token-of-entra-2\"}");
        } else if (wantsToken && !got.header("Authorization").equals("Bearer token-of-entra-2")) {
            return Answer.of(401);
        }
        Matcher search = SEARCH.matcher(got.path());
        if (search.matches()) {
            ObjectNode found = records.get(search.group(1) + "/" + search.group(2));
            return FakeService.json(
                    200,
                    "{\"@odata.context\":\"x\",\"value\":["
                            + (found == null
                                    ? ""
                                    : "{\"@odata.etag\":\"W/\\\"J\\\"\",\"MessageId\":\""
                                            + found.path("MessageId").asText() + "\"}")
                            + "]}");
        } else if (got.method().equals("POST") && got.path().equals("/data/SmsMessages?cross-company=true")) {
            return write(got);
        } else if (got.path().startsWith("/metadata/PublicEntities?$filter=EntitySetName%20eq%20'")) {
            return FakeService.json(200, got.path().contains("'SmsMessages'") ? ENTITY : "{\"value\":[]}");
        }
        return Answer.of(404);
    }

    private Answer write(Got got) {
        Answer no = refused.poll();
        if (no != null) {
            return no;
        }
        ObjectNode record = Attempts.json(got.text());
        String key = record.path("dataAreaId").asText() + "/"
                + record.path("MessageId").asText();
        if (records.putIfAbsent(key, record) != null) {
            return duplicate();
        }
        Answer instead = lost.poll();
        return instead != null
                ? instead
                : new Answer(
                        201,
                        Map.of(
                                "Location",
                                "http://" + got.header("Host") + "/data/SmsMessages(dataAreaId='"
                                        + record.path("dataAreaId").asText() + "',MessageId='"
                                        + record.path("MessageId").asText() + "')"),
                        got.body());
    }

    private static final String ENTITY = """
            {"@odata.context":"https://x/metadata/$metadata#PublicEntities","value":[
             {"Name":"SmsMessage","EntitySetName":"SmsMessages","LabelId":"@X","IsReadOnly":false,"ConfigurationEnabled":true,
              "Properties":[
               {"Name":"dataAreaId","TypeName":"Edm.String","DataType":"String","IsKey":true,"IsMandatory":true,"AllowEdit":false,"AllowEditOnCreate":true},
               {"Name":"MessageId","TypeName":"Edm.String","DataType":"String","IsKey":true,"IsMandatory":true,"AllowEdit":false,"AllowEditOnCreate":true},
               {"Name":"Body","TypeName":"Edm.String","DataType":"String","IsKey":false,"IsMandatory":false,"AllowEdit":true,"AllowEditOnCreate":true},
               {"Name":"Sender","TypeName":"Edm.String","DataType":"String","IsKey":false,"IsMandatory":true,"AllowEdit":true,"AllowEditOnCreate":true},
               {"Name":"Urgent","TypeName":"Microsoft.Dynamics.DataEntities.NoYes","DataType":"Enum","IsKey":false,"IsMandatory":false,"AllowEdit":true,"AllowEditOnCreate":true},
               {"Name":"Amount","TypeName":"Edm.Decimal","DataType":"Real","IsKey":false,"IsMandatory":false,"AllowEdit":true,"AllowEditOnCreate":true},
               {"Name":"MadeBy","TypeName":"Edm.String","DataType":"String","IsKey":false,"IsMandatory":false,"AllowEdit":false,"AllowEditOnCreate":false}]}]}
            """;
}
