package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.odata.Metadata.EntitySet;
import com.mobileapiconnect.bridge.odata.Metadata.Property;
import com.mobileapiconnect.bridge.odata.Metadata.Type;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The test of a connection to Finance and Operations. Its {@code $metadata} has tens of megabytes, so the one entity is
 * asked of the metadata service, which learn.microsoft.com lists among the service endpoints.
 */
final class OperationsTest {

    private static final int LARGEST = 4 << 20;
    private static final String TYPE = "entity";

    private OperationsTest() {}

    static ErpFindings run(ODataSettings settings, ODataSystem.Line line, JsonNode mapping) {
        ServiceUrl service = settings.service();
        URI address = URI.create(service.base().replaceFirst("/data$", "") + "/metadata/PublicEntities?$filter="
                + "EntitySetName%20eq%20'" + ServiceUrl.encoded(settings.entitySet()) + "'");
        HttpResult result = line.get(address, Map.of("Accept", "application/json"), LARGEST);
        if (result instanceof Failed failed) {
            return OverHttp.findings(failed, service.place());
        }
        Answered answer = (Answered) result;
        if (!answer.isGood()) {
            return ODataTest.refused("the metadata of its entities", service.place(), answer);
        }
        JsonNode entities = Json.read(answer.body()).path("value");
        if (!entities.isArray()) {
            return ErpFindings.wrong(Fault.answer(
                    service.place(),
                    "with something that is no list of entities. Check whether outboundUrl is an environment of"
                            + " Finance and Operations."));
        }
        for (JsonNode entity : entities) {
            if (entity.path("EntitySetName").asText().equals(settings.entitySet())) {
                return said(settings, entity, mapping);
            }
        }
        return new ErpFindings(
                List.of("The login works"),
                List.of(Fault.missing(
                        "the entity set " + settings.entitySet() + " at " + service.place(),
                        "Take the name of the public collection, such as CustomersV3; the case counts.")));
    }

    private static ErpFindings said(ODataSettings settings, JsonNode entity, JsonNode mapping) {
        List<String> checked = new ArrayList<>(List.of("The login works"));
        List<Fault> faults = MetadataCheck.faults(metadata(settings, entity), settings, mapping);
        if (faults.isEmpty()) {
            checked.add("The entity set " + settings.entitySet() + " is there");
            checked.add("All mapped fields are there and can be written");
        }
        checked.add("Whether the login may make records shows with the first one: the system does not tell before");
        return new ErpFindings(checked, faults);
    }

    static Metadata metadata(ODataSettings settings, JsonNode entity) {
        Map<String, Property> properties = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        for (JsonNode each : entity.path("Properties")) {
            String name = each.path("Name").asText();
            boolean key = each.path("IsKey").asBoolean();
            if (key) {
                keys.add(name);
            }
            boolean writable = key || each.path("AllowEditOnCreate").asBoolean(true);
            properties.put(
                    name,
                    new Property(
                            name,
                            each.path("TypeName").asText(),
                            false,
                            false,
                            // the system numbers other parts of the key by itself
                            key || !each.path("IsMandatory").asBoolean(),
                            !writable,
                            null));
        }
        boolean insertable = !entity.path("IsReadOnly").asBoolean();
        return new Metadata(
                "4.0",
                Map.of(settings.entitySet(), new EntitySet(settings.entitySet(), TYPE, insertable)),
                Map.of(TYPE, new Type(TYPE, null, keys, properties)));
    }
}
