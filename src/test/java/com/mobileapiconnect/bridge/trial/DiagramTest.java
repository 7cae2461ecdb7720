package com.mobileapiconnect.bridge.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures of routes, drawn from their texts. */
class DiagramTest {

    private static final String TEXT = """
            - route:
                id: deliver
                description: Sends.
                from:
                  uri: outbox:due
                  steps:
                    - setHeader: {name: X, simple: "${body} <script>alert('x')</script> & \\"more\\""}
                    - choice:
                        when:
                          - simple: "${exchangeProperty.attempt.number} > 3"
                            steps:
                              - to: outbox:reject?reason=often
                          - simple: "${exchangeProperty.target} == 'con_1'"
                            steps:
                              - doTry:
                                  steps:
                                    - to: "sql:select 1?dataSource=#erp&password=hunter2"
                                  doCatch:
                                    - exception: [java.lang.Exception]
                                      steps:
                                        - log: gone
                                  doFinally:
                                    steps:
                                      - log: done
                        otherwise:
                          steps:
                            - wireTap: {uri: "log:tap"}
                    - multicast:
                        steps:
                          - to: direct:a
                          - to: direct:b
                    - to: outbox:send
            - route:
                id: a
                from:
                  uri: direct:a
                  steps:
                    - filter:
                        simple: "${body} != null"
                        steps:
                          - log: a
            """;

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static String svg(String text) {
        return SvgDiagram.of(RouteModels.of("deliver", text), step -> null);
    }

    @Test
    void everyStepOfEveryRouteIsABoxWithItsKindAndLine() throws Exception {
        Document document = parsed(svg(TEXT));

        List<String> texts =
                elements(document, "text").stream().map(Element::getTextContent).toList();
        assertThat(elements(document, "rect")).hasSize(2 + 13 + 1);
        assertThat(texts)
                .contains("deliver", "a", "setHeader", "choice", "doTry", "multicast", "wireTap", "filter", "log")
                .contains("otherwise", "try", "catch Exception", "finally", "each", "if so")
                .contains("line 5", "line 7", "line 8");
        assertThat(texts.indexOf("setHeader")).isLessThan(texts.indexOf("choice"));
    }

    @Test
    void noBoxLiesOnAnotherAndAllAreWithinThePicture() throws Exception {
        Document document = parsed(svg(TEXT));
        Element root = document.getDocumentElement();
        List<Element> boxes = elements(document, "rect");
        for (int i = 0; i < boxes.size(); i++) {
            Element one = boxes.get(i);
            assertThat(number(one, "x")).isNotNegative();
            assertThat(number(one, "x") + number(one, "width")).isLessThanOrEqualTo(number(root, "width"));
            assertThat(number(one, "y") + number(one, "height")).isLessThanOrEqualTo(number(root, "height"));
            for (Element other : boxes.subList(i + 1, boxes.size())) {
                boolean apart = number(one, "x") + number(one, "width") <= number(other, "x")
                        || number(other, "x") + number(other, "width") <= number(one, "x")
                        || number(one, "y") + number(one, "height") <= number(other, "y")
                        || number(other, "y") + number(other, "height") <= number(one, "y");
                assertThat(apart).isTrue();
            }
        }
    }

    @Test
    void whatALabelSaysIsNeitherMarkupNorASecret() throws Exception {
        String svg = svg(TEXT);
        assertThat(svg).doesNotContain("<script").doesNotContain("hunter2");
        assertThat(elements(parsed(svg), "title"))
                .extracting(Element::getTextContent)
                .anyMatch(title -> title.contains("<script>alert('x')</script> & \"more\""));
        String mermaid = MermaidDiagram.of(RouteModels.of("deliver", TEXT), step -> null);
        assertThat(mermaid).doesNotContain("<script").doesNotContain("hunter2").doesNotContain("\"more");
    }

    @Test
    void mermaidHasANodeForEachStepAndAnEdgeForEachWay() {
        String mermaid = MermaidDiagram.of(RouteModels.of("deliver", TEXT), step -> null);

        assertThat(mermaid).startsWith("flowchart TD\n").contains("subgraph", "otherwise", "setHeader");
        long nodes = mermaid.lines()
                .filter(line -> line.matches("    n\\d+(\\[|\\{\\{|\\(\\[).*"))
                .count();
        assertThat(nodes).isEqualTo(2 + 13 + 1);
        assertThat(mermaid.lines().filter(line -> line.contains("-->"))).hasSizeGreaterThan(14);
    }

    @Test
    void countsStandBesideTheStepsThatHaveThem() throws Exception {
        List<DrawnRoute> routes = RouteModels.of("deliver", TEXT);
        String svg = SvgDiagram.of(routes, step -> step.kind().equals("setHeader") ? new StepCount(12, 1) : null);
        assertThat(elements(parsed(svg), "text"))
                .extracting(Element::getTextContent)
                .filteredOn(text -> text.contains("×"))
                .containsExactly("12×, 1 failed  line 7");
        assertThat(MermaidDiagram.of(routes, step -> new StepCount(12, 0))).contains("<br/>12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept", "deliver", "intake"})
    void theProductsOwnRoutesAreDrawn(String name) throws Exception {
        try (var in = DiagramTest.class.getResourceAsStream("/routes/" + name + ".camel.yaml")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(elements(parsed(svg(text)), "rect")).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aTextWithoutARouteIsAnEmptyPicture() throws Exception {
        String text = "- routeConfiguration:\n    description: x\n    errorHandler:\n      noErrorHandler: {}\n";
        assertThat(elements(parsed(svg(text)), "rect")).isEmpty();
    }
}
