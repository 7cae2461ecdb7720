package com.mobileapiconnect.bridge.netsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.util.ArrayList;
import java.util.List;

/**
 * The test of a connection: reads the schema of the record's type (docs.oracle.com, "Working with JSON Schema Metadata"), and
 * looks for a record that is not there, as a repeat would. Writes nothing.
 */
final class NetSuiteTest {

    private static final int LARGEST = 4 << 20;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String NO_RECORD = "erp-bridge-test";

    private final NetSuiteLogin login;
    private final ErpConnection connection;
    private final NetSuiteAccount account;
    private final long deadlineNanos;
    private final List<String> checked = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    NetSuiteTest(NetSuiteLogin login, ErpConnection connection, long deadlineNanos) {
        this.login = login;
        this.connection = connection;
        this.account = NetSuiteAccount.of(connection);
        this.deadlineNanos = deadlineNanos;
    }

    private String of() {
        return "the record type " + account.type();
    }

    private HttpResult get(HttpRequest request) {
        return login.call(connection, request, new TargetCalls.Bounds(deadlineNanos, LARGEST));
    }

    ErpFindings run() {
        HttpResult schema = get(account.schema());
        if (schema instanceof Failed failed) {
            return OverHttp.findings(failed, account.place());
        }
        Answered answer = (Answered) schema;
        if (!answer.isGood()) {
            return ErpFindings.wrong(refused(answer, "the metadata of " + account.type()));
        }
        JsonNode properties = AnswerJson.read(answer.body()).path("properties");
        if (!properties.isObject()) {
            return ErpFindings.wrong(Fault.answer(
                    account.place(),
                    "with something that is no metadata. Check whether outboundUrl is the SuiteTalk address of the account,"
                            + " such as https://1234567.suitetalk.api.netsuite.com."));
        }
        checked.add("The login works");
        checked.add("The record type " + account.type() + " is there");
        connection
                .properties()
                .path("fields")
                .properties()
                .forEach(field -> field(field.getKey(), field.getValue(), properties));
        if (faults.isEmpty()) {
            checked.add("All mapped fields are there");
        }
        readable();
        return new ErpFindings(checked, faults);
    }

    private Fault refused(Answered answer, String asked) {
        Fault fault = Fault.ofStatus(answer.status(), asked, account.place()).orElseThrow();
        String words = NetSuiteError.words(answer);
        String clock = answer.status() == UNAUTHORIZED
                ? " The Login Audit Trail of NetSuite says why; a clock that goes wrong is a reason, too."
                : "";
        return new Fault(fault.kind(), fault.words() + clock + (words == null ? "" : " NetSuite says: " + words));
    }

    private void field(String name, JsonNode value, JsonNode properties) {
        JsonNode known = properties.path(name);
        String type = known.path("type").asText("");
        boolean whole = value.isObject() && !value.has("value");
        if (known.isMissingNode()) {
            faults.add(Fault.noField(name, "The record type " + account.type()));
        } else if (known.path("readOnly").asBoolean()) {
            faults.add(Fault.readOnly(name, of()));
        } else if (type.equals("object") != whole && !type.isEmpty()) {
            faults.add(Fault.type(name, of(), type.equals("object") ? "object, such as {\"id\":\"5\"}" : type));
        } else if (!fits(value, type)) {
            faults.add(Fault.type(name, of(), type));
        }
    }

    private static boolean fits(JsonNode value, String type) {
        String kind = value.isObject() ? value.path("as").asText("string") : value.isTextual() ? "string" : "";
        return switch (type) {
            case "integer" -> kind.isEmpty() ? value.isIntegralNumber() : kind.equals("integer");
            case "number" -> kind.isEmpty() ? value.isNumber() : kind.equals("integer") || kind.equals("number");
            case "boolean" -> kind.isEmpty() ? value.isBoolean() : kind.equals("boolean");
            default -> true;
        };
    }

    /** Looks whether the role may read records, which a repeat has to. */
    private void readable() {
        HttpResult search = get(account.search(NO_RECORD));
        if (search instanceof Failed failed) {
            faults.addAll(OverHttp.findings(failed, account.place()).faults());
            return;
        }
        Answered answer = (Answered) search;
        if (answer.isGood() || NetSuiteError.isAbsent(answer)) {
            checked.add("Its records can be looked for by their external ids");
        } else if (answer.status() == FORBIDDEN) {
            faults.add(Fault.permission("reading records of " + account.type() + ", which a repeat has to"));
        } else {
            faults.add(refused(answer, "a record by its external id"));
        }
        checked.add(
                "NetSuite does not tell before the first record whether the role may make it, and which fields a form"
                        + " of the account wants");
    }
}
