package com.mobileapiconnect.bridge.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.mapping.FieldText;
import com.mobileapiconnect.bridge.mapping.MessageNames;
import com.mobileapiconnect.bridge.mapping.UrlTemplate;
import com.mobileapiconnect.bridge.support.AnyText;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Whatever an SMS says, the reader of a body or a URL gets it back as a value, and nothing of it as anything else. */
class WrittenTest {

    private static final int TRIES = 300;

    @Provide
    Arbitrary<String> texts() {
        return AnyText.upTo(30).map(AnyText::kept);
    }

    private static String filled(Written written, String template, String value) {
        return FieldText.parse(template, "body", MessageNames.ALL).in(name -> value, written::escaped);
    }

    @Property(tries = TRIES)
    void aJsonTemplateKeepsItsForm(@ForAll("texts") String text) throws Exception {
        JsonNode json = new JsonMapper()
                .readTree(filled(Written.JSON, "{\"a\":\"x{{text}}y\",\"{{from}}\":[\"{{text}}\",1]}", text));
        assertThat(json.path("a").textValue()).isEqualTo("x" + text + "y");
        assertThat(json.path(text.equals("a") ? "none" : text).path(0).asText(text))
                .isEqualTo(text);
        assertThat(json.size()).isEqualTo(text.equals("a") ? 1 : 2);
    }

    @Property(tries = TRIES)
    void anXmlTemplateKeepsItsForm(@ForAll("texts") String text) throws Exception {
        Element root = xml(filled(Written.XML, "<m a=\"{{text}}\" b='{{text}}'><t>{{text}}</t><u/></m>", text));
        assertThat(root.getAttribute("a")).isEqualTo(readable(text)).isEqualTo(root.getAttribute("b"));
        assertThat(root.getElementsByTagName("t").item(0).getTextContent()).isEqualTo(readable(text));
        assertThat(root.getElementsByTagName("*").getLength()).isEqualTo(2);
        assertThat(root.getAttributes().getLength()).isEqualTo(2);
    }

    private static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }

    /** What XML 1.0 can say of a text. */
    private static String readable(String text) {
        return text.codePoints()
                .map(c -> (c < 0x20 && c != 9 && c != 10 && c != 13) || c == 0xfffe || c == 0xffff ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Property(tries = TRIES)
    void aFormTemplateKeepsItsForm(@ForAll("texts") String text) {
        assertThat(form(filled(Written.FORM, "a={{text}}&b=1&c={{text}}", text)))
                .isEqualTo(Map.of("a", text, "b", "1", "c", text));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Property(tries = TRIES)
    void fieldsKeepTheirNamesAndValuesInEveryForm(@ForAll("texts") String text) throws Exception {
        ObjectNode fields =
                JsonNodeFactory.instance.objectNode().put("text", text).put("n", 7);
        fields.putObject("inner").put("text", text);
        assertThat(new JsonMapper().readTree(Written.JSON.of(fields, "sms"))).isEqualTo(fields);

        Element root = xml(Written.XML.of(fields, "sms"));
        assertThat(root.getTagName()).isEqualTo("sms");
        assertThat(root.getElementsByTagName("text").item(0).getTextContent()).isEqualTo(readable(text));
        assertThat(root.getElementsByTagName("*").getLength()).isEqualTo(4);

        fields.remove("inner");
        assertThat(form(Written.FORM.of(fields, "sms"))).isEqualTo(Map.of("text", text, "n", "7"));
    }

    @Property(tries = TRIES)
    void aUrlKeepsItsForm(@ForAll("texts") String text) {
        UrlTemplate template = UrlTemplate.parse("https://erp.example.com/a/{{text}}/b?x={{text}}&y=1");
        if (text.matches("\\.{1,2}")) {
            assertThatThrownBy(() -> template.in(name -> text)).isInstanceOf(CannotBeException.class);
            return;
        }
        URI url = URI.create(template.in(name -> text));
        assertThat(url.getRawAuthority()).isEqualTo("erp.example.com");
        String[] segments = url.getRawPath().split("/", -1);
        assertThat(segments).hasSize(4).endsWith("b");
        assertThat(decoded(segments[2].replace("+", "%2B"))).isEqualTo(text);
        assertThat(form(url.getRawQuery())).isEqualTo(Map.of("x", text, "y", "1"));
    }

    @Example
    void aListInAFormIsTheSameNameSeveralTimesAndNothingIsEmpty() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.putArray("a").add("1").add("2");
        fields.putNull("b");
        fields.put("c", new BigDecimal("1E+2"));
        assertThat(Written.FORM.of(fields, "sms")).isEqualTo("a=1&a=2&b=&c=100");
    }

    @Example
    void whatCannotBeWrittenSoIsSaid() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.putObject("a").put("b", 1);
        assertThatThrownBy(() -> Written.FORM.of(fields, "sms")).hasMessageContaining("The field a");
        assertThatThrownBy(() ->
                        Written.XML.of(JsonNodeFactory.instance.objectNode().put("a b><c", 1), "sms"))
                .hasMessageContaining("cannot be an element");
        assertThatThrownBy(() -> Written.TEXT.of(fields, "sms")).hasMessageContaining("give a body");
    }
}
