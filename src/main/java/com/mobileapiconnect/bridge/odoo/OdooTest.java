package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.NoAnswerException;
import com.mobileapiconnect.bridge.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The test of a connection: logs in, and compares the mapping with the fields that the model has. Writes nothing. */
final class OdooTest {

    private static final int MOST_NAMED = 20;

    private OdooTest() {}

    /** Returns the fields that the mapping gives, without the paths that an import can have behind them. */
    static Set<String> mapped(ErpConnection connection) {
        Set<String> names = new LinkedHashSet<>();
        connection.properties().path("fields").fieldNames().forEachRemaining(name -> names.add(name.split("/", 2)[0]));
        return names;
    }

    static ErpFindings of(OdooCalls odoo, ErpConnection connection) {
        List<String> checked = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        try {
            Greeting greeting = odoo.greet(Set.of(), OdooCalls.LARGEST_MODEL);
            checked.add("The login works, over "
                    + (greeting.api() == Api.JSON_2 ? "JSON-2 (Odoo 19 or later)" : "JSON-RPC (Odoo before 19)"));
            permission(odoo, greeting, checked, faults);
            Set<String> mapped = mapped(connection);
            mapped.forEach(name -> field(name, greeting.fields(), odoo.server().model(), faults));
            required(odoo, greeting, mapped, faults);
            if (faults.isEmpty()) {
                checked.add("All mapped fields are there and can be written, and none is missing");
            }
        } catch (NoAnswerException e) {
            faults.add(e.fault());
        }
        return new ErpFindings(checked, faults);
    }

    private static void permission(OdooCalls odoo, Greeting greeting, List<String> checked, List<Fault> faults)
            throws NoAnswerException {
        String model = odoo.server().model();
        boolean isNew = greeting.api() == Api.JSON_2;
        Said said = odoo.call(greeting, isNew ? Method.mayCreate(model) : Method.mightCreate(model));
        if (!isNew && "builtins.AttributeError".equals(said.error())) {
            said = odoo.call(greeting, Method.mayCreate(model)); // it has been renamed
        }
        if (!said.isGood()) {
            throw odoo.refused(said);
        } else if (said.result().asBoolean()) {
            checked.add("It may make records of " + model);
        } else {
            faults.add(Fault.permission("making records of " + model));
        }
    }

    private static void field(String name, JsonNode fields, String model, List<Fault> faults) {
        if (!fields.has(name)) {
            faults.add(Fault.noField(name, "The model " + model));
        } else if (fields.path(name).path("readonly").asBoolean()) {
            faults.add(Fault.readOnly(name, "the model " + model));
        }
    }

    /** A field that must be filled may have a default, or be computed. */
    private static void required(OdooCalls odoo, Greeting greeting, Set<String> mapped, List<Fault> faults)
            throws NoAnswerException {
        List<String> left = new ArrayList<>();
        greeting.fields().properties().forEach(field -> {
            JsonNode of = field.getValue();
            boolean isLeft =
                    of.path("required").asBoolean() && of.path("depends").isEmpty();
            if (isLeft && !of.path("readonly").asBoolean() && !mapped.contains(field.getKey())) {
                left.add(field.getKey());
            }
        });
        if (left.isEmpty()) {
            return;
        }
        Said said = odoo.call(greeting, Method.defaults(odoo.server().model(), left));
        if (said.isGood()) {
            left.stream()
                    .filter(name -> !said.result().has(name))
                    .limit(MOST_NAMED)
                    .forEach(name -> faults.add(
                            Fault.unmapped(name, "the model " + odoo.server().model())));
        }
    }
}
