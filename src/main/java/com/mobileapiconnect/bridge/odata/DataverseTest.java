package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.odata.Metadata.EntitySet;
import com.mobileapiconnect.bridge.odata.Metadata.Property;
import com.mobileapiconnect.bridge.odata.Metadata.Type;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The test of a connection to Dataverse: reads the definition of the table, whether its alternate key is ready, and what
 * the login may do (learn.microsoft.com, "Query table definitions using the Web API" and
 * "RetrieveUserSetOfPrivilegesByNames Function"). Writes nothing.
 */
final class DataverseTest {

    private static final int LARGEST = 8 << 20;
    private static final String TYPE = "table";
    private static final String COLUMNS = "LogicalName,AttributeType,IsValidForCreate,RequiredLevel";
    /** Values of these are rows of other tables, which the API takes as addresses alone. */
    private static final Set<String> LINKS = Set.of("Lookup", "Customer", "Owner", "PartyList");

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");
    private static final Pattern PRIVILEGE = Pattern.compile("[A-Za-z0-9_]{1,128}");

    private final ODataSettings settings;
    private final ODataSystem.Line line;
    private final List<String> checked = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    DataverseTest(ODataSettings settings, ODataSystem.Line line) {
        this.settings = settings;
        this.line = line;
    }

    /** An answer that there is nothing to read in, in words. */
    private static final class NothingToReadException extends Exception {

        private final transient ErpFindings findings;

        NothingToReadException(ErpFindings findings) {
            super("Nothing to read", null, false, false);
            this.findings = findings;
        }
    }

    ErpFindings run(JsonNode mapping) {
        try {
            String user = get("WhoAmI").path("UserId").asText();
            checked.add("The login works");
            JsonNode table = table();
            if (table == null) {
                faults.add(Fault.missing(
                        "the entity set " + settings.entitySet() + " at " + place(),
                        "Take the name of the table's set in the Web API, such as leads; it is in small letters."));
                return new ErpFindings(checked, faults);
            }
            faults.addAll(MetadataCheck.faults(metadata(table), settings, mapping));
            if (faults.isEmpty()) {
                checked.add("The table " + settings.entitySet() + " is there, with all mapped columns");
            }
            key(table);
            wanted(table, mapping);
            permission(table, user);
            return new ErpFindings(checked, faults);
        } catch (NothingToReadException e) {
            return e.findings;
        }
    }

    private String place() {
        return settings.service().place();
    }

    private JsonNode get(String path) throws NothingToReadException {
        return get(path, "");
    }

    private JsonNode get(String path, String options) throws NothingToReadException {
        HttpResult result = line.get(
                options.isEmpty()
                        ? settings.service().at(path)
                        : settings.service().at(path, options),
                settings.headers(),
                LARGEST);
        if (result instanceof Failed failed) {
            throw new NothingToReadException(OverHttp.findings(failed, place()));
        }
        Answered answer = (Answered) result;
        if (!answer.isGood()) {
            throw new NothingToReadException(ODataTest.refused(path, place(), answer));
        }
        JsonNode json = Json.read(answer.body());
        if (!json.isObject()) {
            throw new NothingToReadException(ErpFindings.wrong(Fault.answer(
                    place(),
                    "with something that is no Web API. Check whether outboundUrl is an environment of Dataverse.")));
        }
        return json;
    }

    private @Nullable JsonNode table() throws NothingToReadException {
        String expand = "Attributes($select=" + COLUMNS + "),Keys($select=KeyAttributes,EntityKeyIndexStatus),"
                + "ManyToOneRelationships($select=ReferencingEntityNavigationPropertyName)";
        JsonNode all = get(
                "EntityDefinitions",
                "$filter=EntitySetName%20eq%20'" + ServiceUrl.encoded(settings.entitySet()) + "'"
                        + "&$select=LogicalName,EntitySetName,PrimaryIdAttribute,Privileges&$expand=" + expand);
        for (JsonNode each : all.path("value")) {
            if (each.path("EntitySetName").asText().equals(settings.entitySet())) {
                return each;
            }
        }
        return null;
    }

    Metadata metadata(JsonNode table) {
        Map<String, Property> properties = new LinkedHashMap<>();
        for (JsonNode each : table.path("Attributes")) {
            String kind = each.path("AttributeType").asText();
            if (!LINKS.contains(kind)) {
                String name = each.path("LogicalName").asText();
                boolean readOnly = !each.path("IsValidForCreate").asBoolean(true);
                properties.put(name, new Property(name, type(kind), false, false, true, readOnly, null));
            }
        }
        for (JsonNode each : table.path("ManyToOneRelationships")) {
            String name = each.path("ReferencingEntityNavigationPropertyName").asText() + LinkRules.BIND;
            properties.put(name, new Property(name, "Edm.String", false, false, true, false, null));
        }
        return new Metadata(
                "4.0",
                Map.of(settings.entitySet(), new EntitySet(settings.entitySet(), TYPE, true)),
                Map.of(
                        TYPE,
                        new Type(
                                TYPE,
                                null,
                                List.of(table.path("PrimaryIdAttribute").asText()),
                                properties)));
    }

    /** Returns the type of OData that a column's values have; another name where more than one can fit. */
    private static String type(String kind) {
        return switch (kind) {
            case "String", "Memo" -> "Edm.String";
            case "Integer", "Picklist", "State", "Status" -> "Edm.Int32";
            case "BigInt" -> "Edm.Int64";
            case "Decimal", "Money" -> "Edm.Decimal";
            case "Double" -> "Edm.Double";
            case "Boolean" -> "Edm.Boolean";
            default -> kind;
        };
    }

    private void key(JsonNode table) {
        for (JsonNode each : table.path("Keys")) {
            JsonNode columns = each.path("KeyAttributes");
            if (columns.size() == 1 && columns.path(0).asText().equals(settings.key())) {
                String status = each.path("EntityKeyIndexStatus").asText("Active");
                if (status.equals("Active")) {
                    checked.add("The alternate key " + settings.key() + " is ready");
                } else {
                    faults.add(new Fault(
                            FaultKind.MISSING,
                            "The index of the alternate key " + settings.key() + " is not ready: " + status
                                    + ". Wait until it is Active, or have it built again."));
                }
                return;
            }
        }
        faults.add(Fault.missing(
                "an alternate key of " + settings.entitySet() + " made of " + settings.key() + " alone",
                "Add one to the table in Power Apps (Keys), with a text column of 30 characters or more."));
    }

    /** Names columns that forms ask for and the API does not. */
    private void wanted(JsonNode table, JsonNode mapping) {
        String left = StreamSupport.stream(table.path("Attributes").spliterator(), false)
                .filter(each -> each.at("/RequiredLevel/Value").asText().equals("ApplicationRequired"))
                .map(each -> each.path("LogicalName").asText())
                .filter(name -> !mapping.has(name) && !name.equals(settings.key()))
                .limit(10)
                .collect(Collectors.joining(", "));
        if (!left.isEmpty()) {
            checked.add("Not mapped, though forms of the table ask people for it: " + left);
        }
    }

    private void permission(JsonNode table, String user) throws NothingToReadException {
        for (JsonNode each : table.path("Privileges")) {
            String name = each.path("Name").asText();
            if (each.path("PrivilegeType").asText().equals("Create")
                    && PRIVILEGE.matcher(name).matches()
                    && ID.matcher(user).matches()) {
                JsonNode held = get(
                        "systemusers(" + user
                                + ")/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p)",
                        "@p=" + ServiceUrl.encoded("[\"" + name + "\"]"));
                if (held.path("RolePrivileges").isEmpty()) {
                    faults.add(Fault.permission("making rows of " + settings.entitySet() + " (" + name + ")"));
                } else {
                    checked.add("It may make rows of " + settings.entitySet());
                }
            }
        }
    }
}
