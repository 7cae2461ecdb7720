package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredicateTest {

    @ParameterizedTest(name = "\"{1}\" {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "equals 'balance'        | BALANCE             | true",
                "equals 'balance'        | balance please      | false",
                "equals ''               | ''                  | true",
                "equals ''               | ' '                 | true ",
                "equals 'straße'         | STRASSE             | true",
                "equals 'BAKİYE'         | bakiye              | true",
                "equals 'cafe\u0301'     | CAFÉ                | true",
                "equals 'cafe'           | café                | false",
                "equals '👍'             | 👍                  | true",
                "equals 'رصيد'           | رصيد                | true",
                "contains 'bal'          | my BALANCE          | true",
                "contains 'ss'           | Gruß                | true",
                "contains 'e'            | cafe\u0301          | false",
                "contains '👍'           | ok 👍🏽              | true",
                "contains 'رصيد'         | \u200fما رصيد حسابي | true",
                "contains 'bal'          | ''                  | false",
                "startsWith 'PAY '       | pay 500             | true",
                "startsWith 'pay'        | ' pay'              | true ",
                "endsWith 'ΟΔΟΣ'         | η οδος              | true",
                "endsWith 'ß'            | STRESS              | true",
                "endsWith 'pay'          | pay!                | false",
                "keyword 'Balance!'      | 'balance, please'   | true",
                "keyword 'balance'       | balances            | false",
                "keyword 'balance'       | my balance          | false",
                "keyword 'balance'       | ''                  | false",
                "keyword 'STRASSE'       | straße 5            | true",
                "keyword 'iptal'         | İPTAL et            | true",
                "keyword '余额'          | 余额。              | true",
                "keyword '余额'          | 余额查询            | false",
                "regex '^INV-\\\\d+$'    | inv-42              | true",
                "regex 'inv'             | my INV              | true",
                "regex '^inv$'           | my INV              | false",
                "regex '^.$'             | 👍                  | true",
                "regex 'caf\u00e9'       | CAFE\u0301          | true",
                "regex '^cafe\u0301?$'   | caf                 | true",
                "regex 'x'               | ''                  | false",
                "regex '^$'              | ''                  | true",
                "in ['yes','JA','да']    | ДА                  | true",
                "in ['yes','ja']         | 'yes '              | true ",
                "in ['']                 | ''                  | true",
                "exists true             | ''                  | true",
                "exists false            | ''                  | false",
            })
    void textIsComparedWithoutRegardToCaseOrComposition(String question, String text, boolean expected) {
        assertThat(ask("text", question, false, Sample.text(text))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "\"{1}\" {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "equals 'Balance'     | Balance      | true",
                "equals 'Balance'     | balance      | false",
                "equals 'Cafe\u0301'  | Café         | true",
                "contains 'Bal'       | my balance   | false",
                "contains 'Bal'       | my Balance   | true",
                "startsWith 'Bal'     | balance      | false",
                "endsWith 'CE'        | balance      | false",
                "keyword 'Balance'    | Balance now  | true",
                "keyword 'Balance'    | balance now  | false",
                "regex 'B'            | balance      | false",
                "regex '(?i)B'        | balance      | true",
                "in ['A','b']         | a            | false",
                "in ['A','b']         | A            | true",
            })
    void caseCountsWhenAskedFor(String question, String text, boolean expected) {
        assertThat(ask("text", question, true, Sample.text(text))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "\"{1}\" {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "equals '+91 98765-43210'       | 919876543210  | true",
                "equals '919876543210'          | +919876543210 | true",
                "equals '9876543210'            | 919876543210  | false",
                "startsWith '+1 (900)'          | 19005550100   | true",
                "startsWith '1900'              | +1900         | true",
                "startsWith '1900'              | 91900         | false",
                "endsWith '432 10'              | +919876543210 | true",
                "contains '98-76'               | 91 9876 5     | true",
                "in ['+1','+91 98']             | 9198          | true",
                "in ['+1','+91 98']             | 91            | false",
                "equals 'HDFCBK'                | HdfcBk        | true",
                "startsWith 'vk-'               | VK-HDFCBK     | true",
                "regex '^91\\\\d{10}$'          | +91 9876543210 | true",
                "regex '^VK-'                   | VK-HDFCBK     | true",
                "exists true                    | VK            | true",
            })
    void numbersAreComparedByTheirDigits(String question, String number, boolean expected) {
        assertThat(ask("from", question, false, Sample.from(number))).isEqualTo(expected);
        assertThat(ask("to", question, false, Sample.to(number))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "device {0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "equals 'dev_1'         | true",
                "equals 'DEV_1'         | false",
                "equals 'dev_12'        | false",
                "in ['dev_2','dev_1']   | true",
                "in ['dev_2']           | false",
                "exists true            | true",
            })
    void devicesAreComparedExactly(String question, boolean expected) {
        assertThat(ask("device", question, false, Sample.text(""))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "sim {1} {0} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "equals 1        | 1 | true",
                "equals '01'     | 1 | true",
                "equals 1        | 2 | false",
                "in [1,'2']      | 2 | true",
                "in [1,2]        | 3 | false",
                "exists true     | 1 | true",
            })
    void simsAreComparedAsNumbers(String question, int sim, boolean expected) {
        assertThat(ask("sim", question, false, Sample.sim(sim))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} → {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "to  | equals '91'     | false",
                "to  | contains '9'    | false",
                "to  | startsWith '9'  | false",
                "to  | endsWith '9'    | false",
                "to  | regex '.*'      | false",
                "to  | in ['91']       | false",
                "to  | exists true     | false",
                "to  | exists null     | false",
                "to  | exists false    | true",
                "sim | equals 1        | false",
                "sim | in [1]          | false",
                "sim | exists false    | true",
            })
    void whatTheMessageLacksMatchesNothingButItsAbsence(String field, String question, boolean expected) {
        InboundMessage message = field.equals("to") ? Sample.to(null) : Sample.sim(null);
        assertThat(ask(field, question, false, message)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'all':[T,T]}                     | true",
                "{'all':[T,F]}                     | false",
                "{'any':[F,T]}                     | true",
                "{'any':[F,F]}                     | false",
                "{'not':F}                         | true",
                "{'not':T}                         | false",
                "{'all':[{'any':[F,T]},{'not':F}]} | true",
                "{'not':{'all':[T,{'not':T}]}}     | true",
            })
    void conditionsNest(String pattern, boolean expected) {
        String json = pattern.replace("T", "{'field':'device','op':'exists'}")
                .replace("F", "{'field':'device','op':'exists','value':false}");
        InboundMessage message = Sample.text("");
        assertThat(Sample.when(json).test(message)).isEqualTo(expected);
        assertThat(Sample.when(json).explain(message).matched()).isEqualTo(expected);
    }

    @Test
    void longTextsAreReadToTheEnd() {
        String text = "é".repeat(1_599) + "Ω";
        for (String op : Arrays.asList("contains", "endsWith", "regex")) {
            assertThat(ask("text", op + " 'ω'", false, Sample.text(text))).isTrue();
        }
        assertThat(ask("text", "keyword 'é'", false, Sample.text(text))).isFalse();
    }

    private static boolean ask(String field, String question, boolean caseSensitive, InboundMessage message) {
        String[] parts = question.split(" ", 2);
        When when = Sample.when("{'field':'%s','op':'%s','value':%s%s}"
                .formatted(field, parts[0], parts[1], caseSensitive ? ",'caseSensitive':true" : ""));
        return when.test(message);
    }
}
