package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of a connector is what its JSON Schema says. */
class SchemaFieldTest {

    private static final JsonNode SCHEMA = json("""
            {'type':'object','required':['table'],'properties':{
             'table':{'title':'Table','description':'Its name.','type':'string'},
             'mode':{'type':'string','enum':['create','upsert'],'default':'create'},
             'level':{'type':'integer','enum':[1,2]},
             'size':{'type':'integer'},
             'batch':{'type':'boolean','default':true},
             'key':{'type':'string','format':'password'},
             'done':{'type':'array','items':{'type':'integer'}},
             'tags':{'type':'array','items':{'type':'string'}},
             'body':{'type':'string','format':'template'},
             'fields':{'type':'object','format':'mapping'},
             'proxy':{'type':'object','properties':{'host':{'type':'string','default':'localhost'},'port':{'type':'number'}}},
             'anything':{'type':'object'}}}""");

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Form form(Map<String, String> fields) {
        return Form.of(fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
    }

    private static ObjectNode put(JsonNode standing, Map<String, String> typed) {
        ObjectNode properties = standing.deepCopy();
        SchemaField.of(SCHEMA, standing).forEach(field -> field.put(form(typed), properties));
        return properties;
    }

    @Test
    void eachKindHasAFieldOfItsOwnWithItsDefault() {
        List<SchemaField> fields = SchemaField.of(SCHEMA, json("{'key':true,'proxy':{'port':1},'done':[409,410]}"));

        assertThat(fields)
                .extracting(field -> field.name() + " " + field.said().kind() + " "
                        + field.value().replace("\n", "/"))
                .containsExactly(
                        "table TEXT ",
                        "mode CHOICE create",
                        "level CHOICE ",
                        "size NUMBER ",
                        "batch FLAG true",
                        "key SECRET ",
                        "done LIST 409/410",
                        "tags LIST ",
                        "body TEMPLATE ",
                        "fields MAPPING ",
                        "proxy OBJECT {\n  \"port\" : 1\n}".replace("\n", "/"),
                        "anything JSON ");
        assertThat(fields.get(0).said().required()).isTrue();
        assertThat(fields.get(5).isSet()).isTrue();
        assertThat(fields.get(10).parts())
                .extracting(field -> field.name() + "=" + field.value())
                .containsExactly("proxy.host=localhost", "proxy.port=1");
    }

    @Test
    void whatWasTypedHasTheKindThatTheSchemaWants() {
        ObjectNode properties = put(
                json("{'key':true,'size':4}"),
                Map.ofEntries(
                        Map.entry("p.table", " sms "),
                        Map.entry("p.level", "2"),
                        Map.entry("p.size", ""),
                        Map.entry("p.done", "409\r\n\r\n410"),
                        Map.entry("p.tags", "a\nb, c"),
                        Map.entry("p.fields.0.field", "Number"),
                        Map.entry("p.fields.0.value", "{{from}}"),
                        Map.entry("p.fields.1.field", ""),
                        Map.entry("p.fields.1.value", "left out"),
                        Map.entry("p.proxy.port", "8.5"),
                        Map.entry("p.anything", "{\"x\":[1]}")));

        assertThat(properties.toString())
                .isEqualTo("{'key':true,'table':'sms','level':2,'batch':false,'done':[409,410],'tags':['a','b, c'],"
                                .replace('\'', '"')
                        + "'fields':{'Number':'{{from}}'},'proxy':{'port':8.5},'anything':{'x':[1]}}"
                                .replace('\'', '"'));
    }

    @Test
    void whatIsNoNumberStaysAsItWasTypedForTheApiToSaySo() {
        assertThat(put(json("{}"), Map.of("p.size", "many", "p.batch", "yes"))).isEqualTo(json("{'size':'many'}"));
    }

    @Test
    void anErrorWithinAPropertyIsSaidAtItsField() {
        SchemaField fields = SchemaField.of(SCHEMA, json("{}")).get(9);

        assertThat(fields.wrong(Map.of("properties.fields.Number", "has a name that no message has")))
                .isEqualTo("fields.Number has a name that no message has");
        assertThat(fields.wrong(Map.of("properties.fieldsets", "x"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':'{{from}}','b':''}",
                "{'a':{'value':'{{text}}','as':'integer','default':5}}",
                "{'a':{'value':'{{text}}','as':'boolean','default':false}}",
                "{'a':{'value':'{{text}}','as':'string','max':40,'default':'5'}}",
                "{'a':{'value':'{{receivedAt}}','as':'date','format':'yyyy-MM-dd','zone':'Asia/Kolkata'}}",
                "{'a':{'value':'{{text}}','match':'(\\\\d+)'}}",
                "{'a':{'value':'{{text}}'},'b':true,'c':[{'d':'{{from}}'}],'e':{'f':'{{to}}'},'g':null,'h':5}",
                "{'a':{'value':5,'as':'integer'}}",
                "{'a':{'value':'x','default':null}}"
            })
    void aMappingThatIsReadAndNotChangedIsWrittenAsItWas(String text) {
        assertThat(MappingRow.json(MappingRow.of(json(text)))).isEqualTo(json(text));
    }

    @Test
    void rowsOfAMappingAreAddedAndTakenAway() {
        List<MappingRow> rows = MappingRow.of(json("{'a':'1','b':'2'}"));

        assertThat(MappingRow.changed(rows, "p.fields", "more:p.fields")).hasSize(3);
        assertThat(MappingRow.changed(rows, "p.fields", "less:p.fields:0"))
                .extracting(MappingRow::field)
                .containsExactly("b");
        assertThat(MappingRow.changed(rows, "p.fields", "less:p.fields:9")).hasSize(2);
        assertThat(MappingRow.changed(rows, "p.fields", "more:p.others")).hasSize(2);
    }
}
