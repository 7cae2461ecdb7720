package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/**
 * A method of a model, and what it is given.
 *
 * @param arguments named, in the order in which JSON-RPC gives them
 */
record Method(String model, String name, ObjectNode arguments) {

    private static final String REGISTRY = "ir.model.data";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Makes a record of the model, or writes to the one that has its external id already. */
    static Method load(String model, Row row) {
        ObjectNode arguments = NODES.objectNode();
        ArrayNode fields = arguments.putArray("fields");
        row.columns().forEach(fields::add);
        ArrayNode data = arguments.putArray("data").addArray();
        row.values().forEach(data::add);
        return new Method(model, "load", arguments);
    }

    /** Asks which record has the external id. */
    static Method reference(String key) {
        return new Method(
                REGISTRY,
                "check_object_reference",
                NODES.objectNode().put("module", Row.MODULE).put("xml_id", key));
    }

    /** Asks what the model says of its fields; of all, if none is named. */
    static Method fields(String model, Collection<String> names) {
        ObjectNode arguments = NODES.objectNode();
        ArrayNode wanted = arguments.putArray("allfields");
        names.forEach(wanted::add);
        arguments
                .putArray("attributes")
                .add("type")
                .add("required")
                .add("readonly")
                .add("depends");
        return new Method(model, "fields_get", arguments);
    }

    /** Asks what fields get that are not given. */
    static Method defaults(String model, Collection<String> names) {
        ObjectNode arguments = NODES.objectNode();
        ArrayNode wanted = arguments.putArray("fields_list");
        names.forEach(wanted::add);
        return new Method(model, "default_get", arguments);
    }

    /** Asks whether the login may make records. */
    static Method mayCreate(String model) {
        return new Method(model, "has_access", NODES.objectNode().put("operation", "create"));
    }

    /** Asks the same of Odoo before 18. */
    static Method mightCreate(String model) {
        return new Method(
                model,
                "check_access_rights",
                NODES.objectNode().put("operation", "create").put("raise_exception", false));
    }
}
