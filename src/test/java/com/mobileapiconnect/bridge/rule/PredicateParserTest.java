package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredicateParserTest {

    private static final String LEAF = "{'field':'to','op':'exists'}";

    @ParameterizedTest(name = "{0} → {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1                                                     | when               | must be one of {\"field\"",
                "'balance'                                             | when               | must be one of {\"field\"",
                "[]                                                    | when               | must be one of {\"field\"",
                "{}                                                    | when               | must be one of {\"field\"",
                "{'all':[L],'any':[L]}                                 | when               | must be one of {\"field\"",
                "{'value':'x'}                                         | when               | must be one of {\"field\"",
                "{'all':[L],'name':'x'}                                | when.name          | allowed are all",
                "{'all':L}                                             | when.all           | must be a list",
                "{'all':null}                                          | when.all           | must be a list",
                "{'any':[]}                                            | when.any           | at least one predicate",
                "{'any':[L,null]}                                      | when.any[1]        | must be one of {\"field\"",
                "{'not':[L]}                                           | when.not           | must be one of {\"field\"",
                "{'not':{'any':[L,{'field':'x','op':'exists'}]}}       | when.not.any[1].field | text, from, to, device, sim, receivedAt",
                "{'op':'equals','value':'x'}                           | when.field         | must be one of text",
                "{'field':['text'],'op':'equals','value':'x'}          | when.field         | must be one of text",
                "{'field':'Text','op':'equals','value':'x'}            | when.field         | must be one of text",
                "{'field':'text','value':'x'}                          | when.op            | equals, contains, startsWith, endsWith, keyword, regex, in, exists for text",
                "{'field':'text','op':'matches','value':'x'}           | when.op            | for text",
                "{'field':'text','op':{},'value':'x'}                  | when.op            | for text",
                "{'field':'text','op':'between','value':{}}            | when.op            | for text",
                "{'field':'from','op':'keyword','value':'x'}           | when.op            | for from",
                "{'field':'device','op':'contains','value':'x'}        | when.op            | equals, in, exists for device",
                "{'field':'sim','op':'between','value':[1,2]}          | when.op            | equals, in, exists for sim",
                "{'field':'receivedAt','op':'equals','value':'x'}      | when.op            | between, exists for receivedAt",
                "{'field':'text','op':'equals','value':'x','not':L}    | when.not           | allowed are field, op, value, caseSensitive and exact",
                "{'field':'text','op':'equals','value':'x','x.y':1}    | when.x.y           | is unknown; allowed",
                "{'field':'text','op':'equals'}                        | when.value         | must be a string",
                "{'field':'text','op':'equals','value':null}           | when.value         | must be a string",
                "{'field':'text','op':'equals','value':5}              | when.value         | must be a string",
                "{'field':'text','op':'equals','value':['x']}          | when.value         | must be a string",
                "{'field':'text','op':'contains','value':''}           | when.value         | must not be empty",
                "{'field':'text','op':'startsWith','value':''}         | when.value         | must not be empty",
                "{'field':'text','op':'endsWith','value':''}           | when.value         | must not be empty",
                "{'field':'text','op':'regex','value':''}              | when.value         | must not be empty",
                "{'field':'text','op':'keyword','value':'?!'}          | when.value         | must be a single word",
                "{'field':'text','op':'keyword','value':'my balance'}  | when.value         | must be a single word",
                "{'field':'text','op':'regex','value':'('}             | when.value         | RE2 syntax: error parsing regexp: missing closing ): `(`",
                "{'field':'text','op':'regex','value':'(?=x)'}         | when.value         | RE2 syntax",
                "{'field':'text','op':'regex','value':'(a)\\\\1'}      | when.value         | RE2 syntax",
                "{'field':'text','op':'in','value':'x'}                | when.value         | must be a list of 1 to 1000",
                "{'field':'text','op':'in','value':[]}                 | when.value         | must be a list of 1 to 1000",
                "{'field':'text','op':'in','value':['x',1]}            | when.value[1]      | must be a string",
                "{'field':'text','op':'exists','value':'true'}         | when.value         | must be true or false",
                "{'field':'text','op':'equals','value':'x','caseSensitive':'true'} | when.caseSensitive | must be true or false",
                "{'field':'text','op':'equals','value':'x','caseSensitive':null}   | when.caseSensitive | must be true or false",
                "{'field':'from','op':'equals','value':'1','caseSensitive':true}   | when.caseSensitive | must be omitted",
                "{'field':'text','op':'exists','caseSensitive':true}   | when.caseSensitive | must be omitted",
                "{'field':'from','op':'startsWith','value':'+'}        | when.value         | must contain the digits",
                "{'field':'to','op':'equals','value':''}               | when.value         | must contain the digits",
                "{'field':'to','op':'in','value':['1','-']}            | when.value[1]      | must contain the digits",
                "{'field':'sim','op':'equals','value':1.5}             | when.value         | the number of a SIM slot",
                "{'field':'sim','op':'equals','value':'one'}           | when.value         | the number of a SIM slot",
                "{'field':'sim','op':'equals','value':99999999999}     | when.value         | the number of a SIM slot",
                "{'field':'sim','op':'in','value':[1,true]}            | when.value[1]      | the number of a SIM slot",
            })
    void whatIsWrongIsNamedWithWhatToWrite(String json, String path, String message) {
        assertThat(errors(Sample.json(json.replace("L", LEAF))))
                .singleElement()
                .satisfies(error -> assertThat(error).startsWith(path + " ").contains(message));
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'09:00'                                                      |           | must be like {\"days\"",
                "['09:00','18:00']                                            |           | must be like {\"days\"",
                "{'to':'18:00','zone':'UTC'}                                  | .from     | a time of day like",
                "{'from':'9:00','to':'18:00','zone':'UTC'}                    | .from     | a time of day like",
                "{'from':900,'to':'18:00','zone':'UTC'}                       | .from     | a time of day like",
                "{'from':'09:00','to':'24:00','zone':'UTC'}                   | .to       | from 00:00 to 23:59",
                "{'from':'09:00','to':'18:00:00','zone':'UTC'}                | .to       | a time of day like",
                "{'from':'09:00','to':'18:00'}                                | .zone     | a time zone like",
                "{'from':'09:00','to':'18:00','zone':'Mars/Olympus'}          | .zone     | a time zone like",
                "{'from':'09:00','to':'18:00','zone':''}                      | .zone     | a time zone like",
                "{'from':'09:00','to':'18:00','zone':5}                       | .zone     | a time zone like",
                "{'days':[],'from':'09:00','to':'18:00','zone':'UTC'}         | .days     | must be a list of days",
                "{'days':'MON','from':'09:00','to':'18:00','zone':'UTC'}      | .days     | must be a list of days",
                "{'days':['MON','mon'],'from':'09:00','to':'18:00','zone':'UTC'} | .days[1] | must be one of MON, TUE",
                "{'days':[1],'from':'09:00','to':'18:00','zone':'UTC'}        | .days[0]  | must be one of MON, TUE",
                "{'from':'09:00','to':'18:00','zone':'UTC','tz':'UTC'}        | .tz       | allowed are days, from, to and zone",
            })
    void whatIsWrongWithAWindowIsNamed(String value, String path, String message) {
        String json = "{'field':'receivedAt','op':'between','value':" + value + "}";
        assertThat(errors(Sample.json(json))).singleElement().satisfies(error -> assertThat(error)
                .startsWith("when.value" + (path == null ? "" : path) + " ")
                .contains(message));
    }

    @Test
    void everyBadFieldIsNamedAtOnce() {
        JsonNode json = Sample.json("""
                {'all':[{'field':'text','op':'equals','value':1},
                        {'any':[{'field':'tekst','op':'equals'},{'not':{}}]},
                        {'field':'sim','op':'exists','value':0}]}""");
        assertThat(errors(json))
                .extracting(error -> error.split(" ", 2)[0])
                .containsExactly(
                        "when.all[0].value", "when.all[1].any[0].field", "when.all[1].any[1].not", "when.all[2].value");
    }

    @Test
    void pathsBeginWithTheCallersOwn() {
        List<String> paths = new ArrayList<>();
        PredicateParser.parse(Sample.json("{'not':1}"), "rules[3].when", (path, message) -> paths.add(path));
        assertThat(paths).containsExactly("rules[3].when.not");
    }

    @Test
    void sixteenLevelsAreReadAndSeventeenAreNot() {
        assertThat(errors(nested(PredicateParser.MAX_DEPTH))).isEmpty();
        assertThat(errors(nested(PredicateParser.MAX_DEPTH + 1)))
                .containsExactly("when" + ".not".repeat(16) + " must not be nested more than 16 levels deep");
        assertThat(errors(nested(900))).hasSize(1);
    }

    @Test
    void twoHundredPredicatesAreReadAndOneMoreIsNot() {
        assertThat(errors(wide(PredicateParser.MAX_NODES - 1))).isEmpty();
        assertThat(errors(wide(PredicateParser.MAX_NODES)))
                .containsExactly("when must have at most 200 predicates, counting all, any and not");
        assertThat(errors(wide(5_000))).hasSize(1);
    }

    @ParameterizedTest(name = "{0} takes {1} characters")
    @CsvSource({"equals, 1000", "contains, 1000", "keyword, 1000", "regex, 500"})
    void aValueIsBounded(String op, int max) {
        assertThat(errors(leaf(op, "x".repeat(max)))).isEmpty();
        assertThat(errors(leaf(op, "x".repeat(max + 1))))
                .containsExactly("when.value must have at most %d characters; it has %d".formatted(max, max + 1));
    }

    @Test
    void aListIsBoundedAndSoAreItsValues() {
        assertThat(errors(in(Collections.nCopies(1_000, "x".repeat(1_000))))).isEmpty();
        assertThat(errors(in(Collections.nCopies(1_001, "x"))))
                .containsExactly("when.value must be a list of 1 to 1000 values");
        assertThat(errors(in(List.of("x", "x".repeat(1_001)))))
                .containsExactly("when.value[1] must have at most 1000 characters; it has 1001");
    }

    @Test
    void anAnswerNamesFiftyErrorsAtMostAndNoEndlessNames() {
        assertThat(errors(in(Collections.nCopies(1_000, "x".repeat(1_001))))).hasSize(50);
        JsonNode json = Sample.JSON
                .createObjectNode()
                .put("field", "to")
                .put("op", "exists")
                .put("y".repeat(9_999), 1);
        assertThat(errors(json)).singleElement().satisfies(error -> assertThat(error)
                .hasSizeLessThan(200));
    }

    private static List<String> errors(JsonNode json) {
        List<String> errors = new ArrayList<>();
        Optional<When> when = PredicateParser.parse(json, "when", (path, message) -> errors.add(path + " " + message));
        assertThat(when.isEmpty()).isEqualTo(!errors.isEmpty());
        return errors;
    }

    private static JsonNode nested(int depth) {
        JsonNode json = Sample.json(LEAF);
        for (int i = 1; i < depth; i++) {
            json = JsonNodeFactory.instance.objectNode().set("not", json);
        }
        return json;
    }

    private static JsonNode wide(int leaves) {
        return Sample.json("{'any':[" + String.join(",", Collections.nCopies(leaves, LEAF)) + "]}");
    }

    private static JsonNode leaf(String op, String value) {
        return Sample.JSON.createObjectNode().put("field", "text").put("op", op).put("value", value);
    }

    private static JsonNode in(List<String> values) {
        return Sample.JSON
                .createObjectNode()
                .put("field", "text")
                .put("op", "in")
                .set("value", Sample.JSON.valueToTree(values));
    }
}
