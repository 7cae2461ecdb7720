package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers are success, as a target says it. */
class AnswersFieldsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest(name = "{0}: {1} is a success: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|200|true",
                "{}|204|true",
                "{}|299|true",
                "{}|300|false",
                "{}|302|false",
                "{}|410|false",
                "{}|500|false",
                "{\"success\":null}|201|true",
                "{\"success\":[\"2xx\"]}|226|true",
                "{\"success\":[\"2xx\",302]}|302|true",
                "{\"success\":[\"2xx\",302]}|200|true",
                "{\"success\":[\"2xx\",302]}|301|false",
                "{\"success\":[302]}|302|true",
                "{\"success\":[302]}|200|false",
                "{\"success\":[200,201,204]}|202|false",
                "{\"success\":[\"3xx\"]}|399|true",
                "{\"success\":[\"3xx\"]}|400|false",
                "{\"success\":[\"2xx\",409]}|409|true",
                "{\"success\":[\"2xx\",410]}|410|true",
                "{\"success\":[\"5xx\"]}|503|true",
                "{\"success\":[\"4xx\"]}|399|false",
                "{\"success\":[599]}|599|true",
                "{\"success\":[\"2xx\",\"2xx\",200]}|200|true",
            })
    void isSaidByStatuses(String target, int status, boolean success) {
        assertThat(read(target).succeedsBy(status)).isEqualTo(success);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"success\":[]}|success",
                "{\"success\":\"2xx\"}|success",
                "{\"success\":200}|success",
                "{\"success\":{}}|success",
                "{\"success\":[\"2XX\"]}|success[0]",
                "{\"success\":[\"1xx\"]}|success[0]",
                "{\"success\":[\"6xx\"]}|success[0]",
                "{\"success\":[\"20x\"]}|success[0]",
                "{\"success\":[\"200\"]}|success[0]",
                "{\"success\":[199]}|success[0]",
                "{\"success\":[600]}|success[0]",
                "{\"success\":[-200]}|success[0]",
                "{\"success\":[200.5]}|success[0]",
                "{\"success\":[99999999999]}|success[0]",
                "{\"success\":[null]}|success[0]",
                "{\"success\":[\"2xx\",true]}|success[1]",
                "{\"failureWhen\":\"error\"}|failureWhen",
                "{\"failureWhen\":{}}|failureWhen.pointer",
                "{\"failureWhen\":{\"exists\":true}}|failureWhen.pointer",
                "{\"failureWhen\":{\"pointer\":\"\"}}|failureWhen.pointer",
                "{\"failureWhen\":{\"pointer\":\"error\"}}|failureWhen.pointer",
                "{\"failureWhen\":{\"pointer\":7}}|failureWhen.pointer",
                "{\"failureWhen\":{\"pointer\":\"/e\",\"exists\":\"yes\"}}|failureWhen.exists",
                "{\"failureWhen\":{\"pointer\":\"/e\",\"equals\":{}}}|failureWhen.equals",
                "{\"failureWhen\":{\"pointer\":\"/e\",\"equals\":[1]}}|failureWhen.equals",
                "{\"failureWhen\":{\"pointer\":\"/e\",\"equals\":1e999}}|failureWhen.equals",
                "{\"failureWhen\":{\"pointer\":\"/e\",\"equals\":1,\"exists\":true}}|failureWhen.equals",
                "{\"failureWhen\":{\"contains\":\"\"}}|failureWhen.contains",
                "{\"failureWhen\":{\"contains\":1}}|failureWhen.contains",
                "{\"failureWhen\":{\"contains\":\"x\",\"pointer\":\"/e\"}}|failureWhen.contains",
                "{\"failureWhen\":{\"contains\":\"x\",\"in\":\"y\"}}|failureWhen.in",
            })
    void whatCannotBeMeantIsRefusedAndNamed(String target, String field) throws Exception {
        List<FieldError> errors = new ArrayList<>();
        AnswersFields.read(Fields.of(JSON.readTree(target), "", errors));

        assertThat(errors).extracting(FieldError::field).contains(field);
    }

    @Test
    void moreThanAPageOfTextIsRefused() throws Exception {
        List<FieldError> errors = new ArrayList<>();
        String long201 = "x".repeat(201);
        AnswersFields.read(
                Fields.of(JSON.readTree("{\"failureWhen\":{\"contains\":\"" + long201 + "\"}}"), "", errors));
        AnswersFields.read(
                Fields.of(JSON.readTree("{\"failureWhen\":{\"pointer\":\"/" + long201 + "\"}}"), "", errors));
        AnswersFields.read(Fields.of(JSON.readTree("{\"success\":[" + "200,".repeat(20) + "200]}"), "", errors));

        assertThat(errors)
                .extracting(FieldError::field)
                .containsExactly("failureWhen.contains", "failureWhen.pointer", "success");
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            emptyValue = "",
            value = {
                "{'pointer':'/error'}|{'error':'quota'}|the answer's /error is \"quota\"",
                "{'pointer':'/error','exists':true}|{'error':'quota'}|the answer's /error is \"quota\"",
                "{'pointer':'/error','exists':true}|{'error':false}|the answer's /error is false",
                "{'pointer':'/error','exists':true}|{'error':{'code':1}}|the answer's /error is there",
                "{'pointer':'/error','exists':true}|{'error':[]}|the answer's /error is there",
                "{'pointer':'/errors/0','exists':true}|{'errors':[]}|-",
                "{'pointer':'/errors/0','exists':true}|{'errors':['a','b']}|the answer's /errors/0 is \"a\"",
                "{'pointer':'/errors/1','exists':true}|{'errors':[[1,[2]],'b']}|the answer's /errors/1 is \"b\"",
                "{'pointer':'/error','exists':true}|{'error':null}|-",
                "{'pointer':'/error','exists':true}|{'ok':true}|-",
                "{'pointer':'/error','exists':true}|{'data':{'error':1}}|-",
                "{'pointer':'/data/error','exists':true}|{'x':{'error':0},'data':{'error':1}}|the answer's /data/error is 1",
                "{'pointer':'/a~1b','exists':true}|{'a/b':1}|the answer's /a~1b is 1",
                "{'pointer':'/0','exists':true}|{'0':1}|the answer's /0 is 1",
                "{'pointer':'/error','exists':true}|not json|-",
                "{'pointer':'/error','exists':true}|<error>x</error>|-",
                "{'pointer':'/error','exists':true}|''|-",
                "{'pointer':'/error','exists':true}|{'ok':1,'error':'cu|-",
                "{'pointer':'/error','exists':true}|{'error':'all','rest':'cu|the answer's /error is \"all\"",
                "{'pointer':'/error/x','exists':true}|{'error':'text'}|-",
                "{'pointer':'/id','exists':false}|{'id':7}|-",
                "{'pointer':'/id','exists':false}|{'id':null}|the answer has no /id",
                "{'pointer':'/id','exists':false}|{}|the answer has no /id",
                "{'pointer':'/id','exists':false}|OK|the answer has no /id",
                "{'pointer':'/status','equals':'error'}|{'status':'error'}|the answer's /status is \"error\"",
                "{'pointer':'/status','equals':'error'}|{'status':'Error'}|-",
                "{'pointer':'/status','equals':'1'}|{'status':1}|-",
                "{'pointer':'/code','equals':1}|{'code':1}|the answer's /code is 1",
                "{'pointer':'/code','equals':1}|{'code':1.0}|the answer's /code is 1.0",
                "{'pointer':'/code','equals':1.5}|{'code':15e-1}|the answer's /code is 1.5",
                "{'pointer':'/code','equals':1}|{'code':'1'}|-",
                "{'pointer':'/code','equals':1}|{'code':1e999999999}|-",
                "{'pointer':'/ok','equals':false}|{'ok':false}|the answer's /ok is false",
                "{'pointer':'/ok','equals':false}|{'ok':true}|-",
                "{'pointer':'/ok','equals':false}|{}|-",
                "{'contains':'ERROR'}|<b>ERROR 7</b>|the answer contains \"ERROR\"",
                "{'contains':'ERROR'}|error|-",
                "{'contains':'{'}|{}|the answer contains \"{\"",
                "{'contains':'süß'}|zu süß|the answer contains \"süß\"",
            })
    void anAnswerIsAFailureByWhatItSays(String failureWhen, String answer, String reason) {
        FailureWhen read = read("{'failureWhen':" + failureWhen + "}").failureWhen();

        assertThat(read).isNotNull();
        assertThat(read.reason(answer.replace('\'', '"'))).isEqualTo(reason);
    }

    @Test
    void aByteOrderMarkAndANestWithoutBottomAreReadToTheirEnd() {
        FailureWhen error = read("{'failureWhen':{'pointer':'/error'}}").failureWhen();

        assertThat(error.reason("\uFEFF{\"error\":1}")).isEqualTo("the answer's /error is 1");
        assertThat(error.reason("{\"x\":" + "[".repeat(8_000))).isNull();
        assertThat(error.reason("[".repeat(16_000))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'success':['2xx']}",
                "{'success':['2xx',302]}",
                "{'success':[201,'4xx']}",
                "{'success':['2xx'],'failureWhen':{'pointer':'/error','exists':true}}",
                "{'success':['2xx'],'failureWhen':{'pointer':'/a/0/b','exists':false}}",
                "{'success':[302],'failureWhen':{'pointer':'/ok','equals':false}}",
                "{'success':['2xx'],'failureWhen':{'pointer':'/code','equals':17}}",
                "{'success':['2xx'],'failureWhen':{'pointer':'/code','equals':1.5}}",
                "{'success':['2xx'],'failureWhen':{'pointer':'/s','equals':'null'}}",
                "{'success':['2xx'],'failureWhen':{'contains':'ERR'}}",
            })
    void isWrittenAsItWasRead(String json) throws Exception {
        Answers answers = read(json);

        assertThat(JSON.writeValueAsString(answers)).isEqualTo(json.replace('\'', '"'));
        assertThat(AnswersFields.stored(AnswersFields.toStore(answers))).isEqualTo(answers);
    }

    private static Answers read(String target) {
        List<FieldError> errors = new ArrayList<>();
        Answers answers = AnswersFields.read(Fields.of(json(target.replace('\'', '"')), "", errors));
        assertThat(errors).isEmpty();
        return answers;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
