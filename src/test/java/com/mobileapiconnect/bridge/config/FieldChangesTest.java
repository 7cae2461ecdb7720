package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes inside an entry is said value by value. */
class FieldChangesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static List<String> said(FieldChanges changes, JsonNode before, JsonNode after, JsonNode given) {
        return changes.of(new Section.Change("rules[0]", before, after), given).stream()
                .map(each -> each.field() + " " + each.before() + " " + each.after())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}              | {'a':1}                     |",
                "{'a':1}              | {'a':2}                     | a 1 2",
                "{'a':1,'id':'x'}     | {'a':1,'id':'y'}            |",
                "{'a':1}              | {}                          | a 1 null",
                "{}                   | {'a':'b'}                   | a null \"b\"",
                "{'a':null}           | {}                          |",
                "{'a':{}}             | {'a':null}                  |",
                "{'a':{'b':1,'c':2}}  | {'a':{'b':1,'c':3}}         | a.c 2 3",
                "{'a':null}           | {'a':{'b':[1,2]}}           | a.b[0] null 1; a.b[1] null 2",
                "{'a':[1,2,3]}        | {'a':[1,3]}                 | a[1] 2 3; a[2] 3 null",
                "{'a':[{'b':1}]}      | {'a':[{'b':2}]}             | a[0].b 1 2",
                "{'a':'x'}            | {'a':{'b':1}}               | a \"x\" {\"b\":1}",
                "{'a':{'b':1}}        | {'a':[1]}                   | a {\"b\":1} [1]",
                "{'a':true}           | {'a':false}                 | a true false"
            })
    void eachValueByItsPath(String before, String after, String said) throws Exception {
        assertThat(String.join("; ", said(new FieldChanges(), json(before), json(after), json("{}"))))
                .isEqualTo(said == null ? "" : said);
    }

    @Test
    void aSecretThatTheFileGivesIsSaidWithoutItsValue() throws Exception {
        JsonNode masked = json("{'secret':true,'on':true,'http':{'auth':{'token':true}}}");

        assertThat(said(
                        new FieldChanges(),
                        masked,
                        masked,
                        json("{'secret':'s3cr3t','on':true,'http':{'auth':{'token':'t'}}}")))
                .containsExactly("secret true true", "http.auth.token true true");
        assertThat(said(new FieldChanges(), json("{}"), json("{'secret':true}"), json("{'secret':'s3cr3t'}")))
                .containsExactly("secret null true");
    }

    @Test
    void theirNumberAndTheirLengthAreBounded() throws Exception {
        List<Integer> numbers =
                IntStream.range(0, FieldChanges.MOST + 7).boxed().toList();
        FieldChanges changes = new FieldChanges();
        assertThat(said(changes, json("[]"), JSON.valueToTree(numbers), json("[]")))
                .hasSize(FieldChanges.MOST);
        assertThat(changes.leftOut()).isEqualTo(7);

        List<String> texts = new ArrayList<>(List.of("x".repeat(FieldChanges.LONGEST), "x".repeat(999) + "😀" + "x"));
        List<FieldChange> said =
                new FieldChanges().of(new Section.Change("", json("[]"), JSON.valueToTree(texts)), json("[]"));
        assertThat(said.get(0).after().textValue()).isEqualTo(texts.get(0));
        assertThat(said.get(1).after().textValue()).isEqualTo("x".repeat(999) + "…");
    }
}
