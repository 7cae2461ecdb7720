package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition in a form is the condition of the API. */
class ConditionTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'field':'text','op':'keyword','value':'balance'}",
                "{'field':'text','op':'equals','value':'Yes, please','caseSensitive':true,'exact':true}",
                "{'field':'text','op':'in','value':['a, b','c']}",
                "{'field':'sim','op':'equals','value':2}",
                "{'field':'sim','op':'equals','value':'2'}",
                "{'field':'sim','op':'in','value':[1,2]}",
                "{'field':'to','op':'exists'}",
                "{'field':'to','op':'exists','value':false}",
                "{'field':'text','op':'in','value':['two\\nlines']}",
                "{'field':'receivedAt','op':'between','value':{'days':['SAT'],'from':'22:00','to':'06:00','zone':'UTC'}}",
                "{'field':'receivedAt','op':'between','value':{'from':'22:00','to':'06:00','zone':'Asia/Kolkata'}}",
                "{'not':{'field':'from','op':'startsWith','value':'1900'}}",
                "{'not':{'not':{'field':'from','op':'startsWith','value':'1900'}}}",
                "{'not':{'not':{'not':{'any':[{'field':'from','op':'regex','value':'^1'}]}}}}",
                "{'all':[{'field':'text','op':'contains','value':'x'}]}",
                "{'not':{'all':[{'field':'text','op':'contains','value':'x'}]}}",
                "{'any':[{'all':[{'field':'text','op':'contains','value':'x'},{'not':{'any':["
                        + "{'field':'from','op':'equals','value':'91'},{'field':'device','op':'in','value':['dev_1']}]}}]},"
                        + "{'field':'text','op':'endsWith','value':' '}]}",
                "{'field':'text','op':'contains','value':'x','caseSensitive':false}"
            })
    void whatIsReadAndNotChangedIsWrittenAsItWas(String text) {
        assertThat(Condition.of(json(text)).json()).isEqualTo(json(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add:n | {'all':[A,{'any':[B,C]},NEW]}",
                "group:n | {'all':[A,{'any':[B,C]},{'any':[NEW]}]}",
                "add:n.1 | {'all':[A,{'any':[B,C,NEW]}]}",
                "group:n.1 | {'all':[A,{'any':[B,C,{'all':[NEW]}]}]}",
                "drop:n.0 | {'all':[{'any':[B,C]}]}",
                "drop:n.1.0 | {'all':[A,{'any':[C]}]}",
                "drop:n.7 | {'all':[A,{'any':[B,C]}]}",
                "add:n.0 | {'all':[A,{'any':[B,C]}]}",
                "nonsense | {'all':[A,{'any':[B,C]}]}",
                "add:x | {'all':[A,{'any':[B,C]}]}"
            })
    void buttonsAddAndTakeAway(String order, String after) {
        Condition.Group before = Condition.of(json(leaves("{'all':[A,{'any':[B,C]}]}")));

        assertThat(ConditionForm.changed(before, order).json()).isEqualTo(json(leaves(after)));
    }

    private static String leaves(String text) {
        return text.replace("NEW", "{'field':'text','op':'keyword','value':''}")
                .replaceAll("\\b([ABC])\\b", "{'field':'text','op':'contains','value':'$1'}");
    }

    @Test
    void oneConditionStandsAloneAndASecondMakesAGroup() {
        Condition.Group one = ConditionForm.changed(Condition.Group.NOTHING, "add:n");
        assertThat(one.json()).isEqualTo(json(leaves("NEW")));
        assertThat(one.at("when", 0)).isEqualTo("when");

        Condition.Group two = ConditionForm.changed(one, "add:n");
        assertThat(two.json()).isEqualTo(json(leaves("{'all':[NEW,NEW]}")));
        assertThat(two.at("when", 1)).isEqualTo("when.all[1]");
    }

    @Test
    void aFormThatNestsWithoutEndIsCutOff() {
        StringBuilder form = new StringBuilder();
        String name = "n";
        for (int i = 0; i < 500; i++) {
            form.append(name).append(".kind=all&");
            name += ".0";
        }

        int depth = 0;
        JsonNode json = ConditionForm.of(Form.of(form.toString())).json();
        while (json.path("all").has(0)) {
            json = json.path("all").get(0);
            depth++;
        }
        assertThat(depth).isEqualTo(ConditionForm.DEEPEST + 1);
    }

    @Test
    void aFieldThatWasChosenAnewHasAComparisonOfItsOwn() {
        Condition.Group whole = ConditionForm.of(
                Form.of(
                        "n.kind=all&n.bare=yes&n.0.kind=leaf&n.0.field=receivedAt&n.0.op=keyword&n.0.value=x&zone=Asia/Kolkata"));

        assertThat(whole.json())
                .isEqualTo(
                        json(
                                "{'field':'receivedAt','op':'between','value':"
                                        + "{'days':['MON','TUE','WED','THU','FRI'],'from':'09:00','to':'18:00','zone':'Asia/Kolkata'}}"));
    }

    @Test
    void wordsSayWhatNests() {
        String words = ConditionWords.of(
                Texts.in(java.util.Locale.ENGLISH),
                json(
                        "{'all':[{'field':'text','op':'keyword','value':'balance'},{'not':{'any':["
                                + "{'field':'from','op':'startsWith','value':'1900'},{'field':'to','op':'exists','value':false}]}}]}"));

        assertThat(words)
                .isEqualTo(
                        "text has the keyword “balance” and not (sender starts with “1900” or recipient is not there)");
    }
}
