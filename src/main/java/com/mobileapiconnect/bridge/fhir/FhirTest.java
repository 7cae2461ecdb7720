package com.mobileapiconnect.bridge.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The test of a connection: reads what the server says of itself, and compares. Writes nothing. */
final class FhirTest {

    /** Statements of whole hospitals have some megabytes. */
    static final int LARGEST_STATEMENT = 8 << 20;

    /** The elements of a Communication, in FHIR R4, R4B and R5. */
    private static final Set<String> ELEMENTS = Set.of(
            "id",
            "meta",
            "implicitRules",
            "language",
            "text",
            "contained",
            "extension",
            "modifierExtension",
            "identifier",
            "instantiatesCanonical",
            "instantiatesUri",
            "basedOn",
            "partOf",
            "inResponseTo",
            "status",
            "statusReason",
            "category",
            "priority",
            "medium",
            "subject",
            "topic",
            "about",
            "encounter",
            "sent",
            "received",
            "recipient",
            "sender",
            "reasonCode",
            "reasonReference",
            "reason",
            "payload",
            "note");

    private FhirTest() {}

    static ErpFindings of(Answered answer, FhirServer server, JsonNode fields) {
        if (!answer.isGood()) {
            return ErpFindings.wrong(Fault.ofStatus(answer.status(), "the server's metadata", server.place())
                    .orElseThrow());
        }
        JsonNode statement = AnswerJson.read(answer.body());
        if (!statement.path("resourceType").asText().equals("CapabilityStatement")) {
            return ErpFindings.wrong(
                    Fault.answer(
                            server.place(),
                            "with something that is no CapabilityStatement. Check whether outboundUrl is the base of a FHIR server."));
        }
        List<String> checked = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        checked.add("The server speaks FHIR " + statement.path("fhirVersion").asText("of an unknown version"));
        resource(statement, server, checked, faults);
        fields.fieldNames().forEachRemaining(name -> {
            if (!ELEMENTS.contains(name)) {
                faults.add(Fault.noField(name, "The resource Communication"));
            }
        });
        if (!fields.has("status")) {
            faults.add(Fault.unmapped("status", "the resource Communication"));
        }
        return new ErpFindings(checked, faults);
    }

    private static void resource(JsonNode statement, FhirServer server, List<String> checked, List<Fault> faults) {
        for (JsonNode each : statement.at("/rest/0/resource")) {
            if (each.path("type").asText().equals(FhirServer.TYPE)) {
                if (can(each, "create")) {
                    checked.add("It takes new Communications");
                } else {
                    faults.add(Fault.permission("making a Communication"));
                }
                checked.add(
                        each.path("conditionalCreate").asBoolean()
                                ? "It makes none twice by itself"
                                : "It knows no conditions, so it is asked before anything is repeated");
                return;
            }
        }
        faults.add(Fault.missing(
                "the resource Communication at " + server.place(), "Have it enabled, or take another server."));
    }

    private static boolean can(JsonNode resource, String interaction) {
        for (JsonNode each : resource.path("interaction")) {
            if (each.path("code").asText().equals(interaction)) {
                return true;
            }
        }
        return false;
    }
}
