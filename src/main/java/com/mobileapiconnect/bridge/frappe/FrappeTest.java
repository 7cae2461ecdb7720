package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.NoAnswerException;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;

/** The test of a connection: logs in, and compares the mapping with the fields that the DocType has. Writes nothing. */
final class FrappeTest {

    private FrappeTest() {}

    static ErpFindings of(FrappeCalls site, JsonNode fields) {
        List<String> checked = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        FrappeServer server = site.server();
        try {
            FrappeSaid user = site.call(server.user());
            if (!user.isGood() || !user.json().path("message").isTextual()) {
                throw site.refused(user, "the name of the login");
            }
            checked.add("The login works, as " + user.json().path("message").asText());
            permission(site, "create", "making documents of the DocType ", checked, faults);
            permission(site, "read", "reading documents of the DocType ", checked, faults);
            Meta meta = site.meta();
            if (meta.isKnown()) {
                compare(meta, server, fields, faults);
                if (faults.isEmpty()) {
                    checked.add("All mapped fields are there and can be written, and none is missing");
                }
            } else {
                checked.add("The site does not say which fields there are, so they were not compared; " + server.key()
                        + " has to be one, and unique");
            }
        } catch (NoAnswerException e) {
            faults.add(e.fault());
        }
        return new ErpFindings(checked, faults);
    }

    private static void permission(
            FrappeCalls site, String right, String what, List<String> checked, List<Fault> faults)
            throws NoAnswerException {
        FrappeSaid said = site.call(site.server().permission(right));
        if (!said.isGood()) {
            throw site.refused(said, "the DocType " + site.server().docType());
        } else if (said.json().at("/message/has_permission").asBoolean()) {
            checked.add("It may " + right + " documents of " + site.server().docType());
        } else {
            faults.add(Fault.permission(what + site.server().docType()));
        }
    }

    private static void compare(Meta meta, FrappeServer server, JsonNode mapping, List<Fault> faults) {
        String of = "the DocType " + server.docType();
        String keyFault = meta.keyFault(server);
        if (keyFault != null) {
            faults.add(new Fault(FaultKind.FIELD, keyFault));
        }
        mapping.fieldNames().forEachRemaining(name -> {
            Meta.Field field = meta.fields().get(name);
            if (field == null) {
                faults.add(Fault.noField(name, "The DocType " + server.docType()));
            } else if (field.readOnly()) {
                faults.add(Fault.readOnly(name, of));
            }
        });
        meta.fields().forEach((name, field) -> {
            boolean isLeft = field.required() && field.standard().isEmpty() && !field.readOnly();
            if (isLeft && !mapping.has(name) && !name.equals(server.key())) {
                faults.add(Fault.unmapped(name, of));
            }
        });
    }
}
