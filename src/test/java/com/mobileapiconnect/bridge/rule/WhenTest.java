package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTest {

    private static final String CONTRACT_EXAMPLE = """
            {"all":[{"field":"text","op":"keyword","value":"balance"},
                    {"not":{"field":"from","op":"startsWith","value":"1900"}}]}""";

    static Stream<@Nullable JsonNode> nothing() {
        return Stream.of(null, NullNode.getInstance(), MissingNode.getInstance());
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void withoutAConditionEverythingMatches(@Nullable JsonNode json) {
        When when = PredicateParser.parse(json, "when", (path, message) -> {
                    throw new AssertionError(path);
                })
                .orElseThrow();
        assertThat(when).isEqualTo(When.EVERYTHING);
        assertThat(when.test(Sample.text(""))).isTrue();
        assertThat(when.explain(Sample.text(""))).hasToString("Explained[matched=true, predicates=[]]");
        assertThat(when.toJson().isNull()).isTrue();
    }

    @Test
    void theContractsExampleMatchesWhatItSays() throws Exception {
        When when = Sample.when(CONTRACT_EXAMPLE);
        assertThat(when.test(Sample.text("Balance, please"))).isTrue();
        assertThat(when.test(Sample.text("my balance"))).isFalse();
        assertThat(when.test(Sample.from("+1 900 555 0100"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONTRACT_EXAMPLE,
                "{'field':'text','op':'in','value':['b','a','B'],'caseSensitive':false}",
                "{'any':[{'not':{'value':' +91 ','op':'equals','field':'from'}}]}",
                "{'field':'to','op':'exists'}",
                "{'field':'sim','op':'equals','value':'01'}",
                "{'field':'receivedAt','op':'between','value':{'zone':'UTC','to':'01:00','from':'23:00'}}",
            })
    void theJsonComesOutAsItWentIn(String json) {
        When when = Sample.when(json);
        assertThat(when.toJson()).isEqualTo(Sample.json(json));
        assertThat(Sample.when(when.toString())).isEqualTo(when).hasSameHashCodeAs(when);
    }

    @Test
    void conditionsThatAreWrittenOtherwiseDiffer() {
        assertThat(Sample.when("{'field':'to','op':'exists'}"))
                .isNotEqualTo(Sample.when("{'field':'sim','op':'exists'}"))
                .isNotEqualTo(When.EVERYTHING);
    }

    @Test
    void nobodyChangesAConditionThroughItsJson() {
        ObjectNode source = (ObjectNode) Sample.json("{'field':'to','op':'exists'}");
        When when = PredicateParser.parse(source, "when", (path, message) -> {}).orElseThrow();
        source.put("field", "sim");
        ((ObjectNode) when.toJson()).put("field", "text");
        assertThat(when.toJson().path("field").asText()).isEqualTo("to");
    }

    @Test
    void anExplanationHasALineForEveryLeafWhetherItWasNeededOrNot() throws Exception {
        When when = Sample.when("""
                {'any':[{'field':'text','op':'keyword','value':'Balance'},
                        {'not':{'field':'from','op':'startsWith','value':'+91'}},
                        {'all':[{'field':'sim','op':'in','value':[1,2]},
                                {'field':'to','op':'exists'},
                                {'field':'device','op':'equals','value':'dev_2'}]},
                        {'field':'receivedAt','op':'between','value':{'from':'09:00','to':'18:00','zone':'UTC'}}]}
                """);
        assertThat(Sample.JSON.valueToTree(when.explain(Sample.to(null))).toPrettyString())
                .isEqualTo(Sample.json("""
                                {'matched':true,'predicates':[
                                 {'field':'text','op':'keyword','value':'Balance','actual':'balance','result':true},
                                 {'field':'from','op':'startsWith','value':'+91','actual':'919876543210','result':true},
                                 {'field':'sim','op':'in','value':[1,2],'actual':1,'result':true},
                                 {'field':'to','op':'exists','value':true,'actual':null,'result':false},
                                 {'field':'device','op':'equals','value':'dev_2','actual':'dev_1','result':false},
                                 {'field':'receivedAt','op':'between',
                                  'value':{'from':'09:00','to':'18:00','zone':'UTC'},
                                  'actual':'2026-06-12T14:32:00.000Z','result':true}]}
                                """).toPrettyString());
    }

    @Test
    void anExplanationShowsTheMessageAsThePhoneGaveIt() {
        InboundMessage message = Sample.from("+91 98765-43210");
        Explained explained = Sample.when("{'field':'from','op':'equals','value':'919876543210'}")
                .explain(message);
        assertThat(explained.predicates().get(0).actual().asText()).isEqualTo("+91 98765-43210");
        assertThat(explained.matched()).isTrue();
    }

    @Test
    void manyConditionsShareOneSubject() {
        Subject subject = Subject.of(Sample.text("Straße"));
        assertThat(Sample.when("{'field':'text','op':'equals','value':'STRASSE'}")
                        .test(subject))
                .isTrue();
        assertThat(subject.view(Subject.View.TEXT_FOLDED)).isSameAs(subject.view(Subject.View.TEXT_FOLDED));
    }
}
