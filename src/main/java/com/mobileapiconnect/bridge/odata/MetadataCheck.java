package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.odata.Metadata.EntitySet;
import com.mobileapiconnect.bridge.odata.Metadata.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a connection's mapping with what its service says of itself. */
final class MetadataCheck {

    /** The length of the id of a delivery. */
    private static final int ID_LENGTH = 30;

    private static final int MOST_NAMED = 10;
    private static final Set<String> WHOLE_NUMBERS =
            Set.of("Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64");
    private static final Set<String> NUMBERS = Set.of("Edm.Decimal", "Edm.Double", "Edm.Single");

    private final Metadata metadata;
    private final ODataSettings settings;
    private final List<Fault> faults = new ArrayList<>();

    private MetadataCheck(Metadata metadata, ODataSettings settings) {
        this.metadata = metadata;
        this.settings = settings;
    }

    static List<Fault> faults(Metadata metadata, ODataSettings settings, JsonNode mapping) {
        MetadataCheck check = new MetadataCheck(metadata, settings);
        check.run(mapping);
        return check.faults;
    }

    private void run(JsonNode mapping) {
        if (!metadata.version().startsWith("4")) {
            faults.add(new Fault(
                    FaultKind.ANSWER,
                    "The service speaks OData " + metadata.version() + "; this connector needs OData 4"));
            return;
        }
        EntitySet set = metadata.sets().get(settings.entitySet());
        if (set == null) {
            faults.add(new Fault(
                    FaultKind.MISSING,
                    "The service has no entity set " + settings.entitySet() + "; it has "
                            + LikeNames.names(
                                    settings.entitySet(), metadata.sets().keySet())));
            return;
        }
        if (!set.insertable()) {
            faults.add(
                    new Fault(FaultKind.PERMISSION, "The service says that no records can be made in " + set.name()));
        }
        Map<String, Property> properties = metadata.properties(set.type());
        key(properties, metadata.keys(set.type()));
        fields(mapping, properties, "");
        required(mapping, properties);
    }

    private void key(Map<String, Property> properties, List<String> keys) {
        Property property = properties.get(settings.key());
        if (property == null) {
            faults.add(missing(settings.key(), properties));
            return;
        }
        if (!property.type().equals("Edm.String") || property.many()) {
            faults.add(new Fault(
                    FaultKind.TYPE,
                    "The field " + settings.key() + " is of the type " + property.type()
                            + "; the id of a delivery is a text"));
        } else if (property.maxLength() != null && property.maxLength() < ID_LENGTH) {
            faults.add(new Fault(
                    FaultKind.TYPE,
                    "The field " + settings.key() + " takes at most " + property.maxLength()
                            + " characters; the id of a delivery has " + ID_LENGTH));
        } else if (property.readOnly()) {
            faults.add(Fault.readOnly(settings.key(), settings.entitySet()));
        }
        boolean addressed = settings.mode() != ODataSettings.Mode.FIND_CREATE && !settings.alternateKey();
        if (settings.dialect() == Dialect.OPERATIONS) {
            keyOfCompany(keys);
        } else if (addressed && !keys.equals(List.of(settings.key()))) {
            faults.add(new Fault(
                    FaultKind.FIELD,
                    "The key of " + settings.entitySet() + " is " + String.join(", ", keys) + ", not " + settings.key()
                            + "; if that is an alternate key set alternateKey, else take the mode find-create"));
        }
    }

    private void keyOfCompany(List<String> keys) {
        boolean hasCompany = keys.contains(Dialect.COMPANY);
        if (hasCompany && settings.company() == null) {
            faults.add(new Fault(
                    FaultKind.FIELD,
                    "The records of " + settings.entitySet() + " belong to a company: set company to its dataAreaId"));
        }
        List<String> own =
                keys.stream().filter(key -> !key.equals(Dialect.COMPANY)).toList();
        if (!own.equals(List.of(settings.key()))) {
            faults.add(new Fault(
                    FaultKind.FIELD,
                    "The key of " + settings.entitySet() + " is " + String.join(", ", own) + ", not " + settings.key()
                            + ": nothing would keep a repeat from making a second record. Take an entity whose key is a"
                            + " text of your own, or have one made"));
        }
    }

    private void fields(JsonNode mapping, Map<String, Property> properties, String path) {
        mapping.properties().forEach(field -> {
            String name = path + field.getKey();
            Property property = properties.get(field.getKey());
            if (property == null) {
                faults.add(missing(name, properties));
            } else if (property.readOnly()) {
                faults.add(Fault.readOnly(name, settings.entitySet()));
            } else {
                field(field.getValue(), property, name);
            }
        });
    }

    private void field(JsonNode value, Property property, String name) {
        Map<String, Property> parts = metadata.properties(property.type());
        boolean nested = value.isObject() && !value.has("value");
        if (value.isArray()) {
            if (!property.many()) {
                faults.add(type(name, "one value", "a list"));
            }
            value.forEach(item -> {
                if (item.isObject() && !item.has("value")) {
                    fields(item, parts, name + ".");
                } else if (!parts.isEmpty()) {
                    faults.add(type(name, "a list of records", "a list of values"));
                }
            });
        } else if (property.many()) {
            faults.add(type(name, "a list", "one value"));
        } else if (nested) {
            if (parts.isEmpty()) {
                faults.add(type(name, property.type(), "an object"));
            } else {
                fields(value, parts, name + ".");
            }
        } else if (!parts.isEmpty()) {
            faults.add(type(name, "an object", "one value"));
        } else {
            plain(value, property, name);
        }
    }

    private void plain(JsonNode value, Property property, String name) {
        String kind = kind(value);
        if (kind.isEmpty() || fits(kind, value, property.type())) {
            return;
        }
        faults.add(new Fault(
                FaultKind.TYPE,
                "The field " + name + " is of the type " + property.type() + ", and is mapped as " + kind
                        + advice(property.type())));
    }

    private static String advice(String type) {
        if (WHOLE_NUMBERS.contains(type)) {
            return "; map it {\"value\":…,\"as\":\"integer\"}";
        } else if (NUMBERS.contains(type)) {
            return "; map it {\"value\":…,\"as\":\"number\"}";
        }
        return switch (type) {
            case "Edm.Boolean" -> "; map it {\"value\":…,\"as\":\"boolean\"}";
            case "Edm.Date" -> "; map it {\"value\":…,\"as\":\"date\"}";
            case "Edm.DateTimeOffset" -> "; map it {\"value\":…,\"as\":\"datetime\"}";
            default -> "";
        };
    }

    /** Returns what a value is mapped as; empty if that cannot be wrong. */
    private static String kind(JsonNode value) {
        if (value.isObject()) {
            return value.path("as").asText("string");
        } else if (value.isTextual()) {
            return "string";
        } else if (value.isIntegralNumber()) {
            return "integer";
        } else if (value.isNumber()) {
            return "number";
        }
        return value.isBoolean() ? "boolean" : "";
    }

    private static boolean fits(String kind, JsonNode value, String type) {
        if (WHOLE_NUMBERS.contains(type)) {
            return kind.equals("integer");
        } else if (NUMBERS.contains(type)) {
            return kind.equals("integer") || kind.equals("number");
        }
        return switch (type) {
            case "Edm.String" -> Set.of("string", "date", "datetime").contains(kind);
            case "Edm.Boolean" -> kind.equals("boolean");
            case "Edm.Date" -> kind.equals("date") || isConstant(value);
            case "Edm.DateTimeOffset" ->
                kind.equals("datetime") || value.asText().strip().equals("{{receivedAt}}") || isConstant(value);
            // types of the service, and those whose values are texts
            default -> !type.startsWith("Edm.") || kind.equals("string");
        };
    }

    private static boolean isConstant(JsonNode value) {
        String text = value.isObject() ? value.path("value").asText() : value.asText();
        return !text.contains("{{");
    }

    private void required(JsonNode mapping, Map<String, Property> properties) {
        String left = properties.values().stream()
                .filter(property -> !property.optional() && !property.readOnly())
                .map(Property::name)
                .filter(name -> !mapping.has(name) && !name.equals(settings.key()))
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        if (!left.isEmpty()) {
            faults.add(new Fault(FaultKind.FIELD, "The service wants to be given " + left + ", too"));
        }
    }

    private static Fault type(String name, String wanted, String given) {
        return new Fault(FaultKind.TYPE, "The field " + name + " has to be " + wanted + ", and is mapped as " + given);
    }

    private Fault missing(String name, Map<String, Property> properties) {
        return new Fault(
                FaultKind.FIELD,
                settings.entitySet() + " has no field " + name + "; it has "
                        + LikeNames.names(name, properties.keySet()));
    }
}
