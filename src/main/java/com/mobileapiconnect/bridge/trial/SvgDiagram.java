package com.mobileapiconnect.bridge.trial;

import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Draws routes from top to bottom, the branches of a step side by side. Every text goes through the writer of XML. */
final class SvgDiagram {

    private static final int WIDTH = 260;
    private static final int HEIGHT = 46;
    private static final int GAP = 26;
    private static final int ASIDE = 24;
    private static final int LABEL = 18;
    private static final int MARGIN = 20;
    private static final int TITLE = 34;
    private static final int LONGEST_LINE = 37;

    private static final String STYLE = """
            text{font:13px system-ui,sans-serif;fill:#1b1f24}.k{font-weight:600}.s{font-size:11px;fill:#57606a}\
            .t{font-size:16px;font-weight:600}rect{fill:#f6f8fa;stroke:#57606a}rect.from{fill:#ddf4ff}\
            rect.aside{stroke-dasharray:5 3}path{fill:none;stroke:#57606a}marker path{fill:#57606a;stroke:none}\
            @media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}rect{fill:#151b23;stroke:#9198a1}\
            rect.from{fill:#0c2d49}path{stroke:#9198a1}marker path{fill:#9198a1}}""";

    private final StringWriter out = new StringWriter();
    private final XMLStreamWriter xml;
    private final Function<Step, @Nullable StepCount> counts;

    private SvgDiagram(Function<Step, @Nullable StepCount> counts) throws XMLStreamException {
        this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
        this.counts = counts;
    }

    /** @param counts null for a step that is not counted */
    static String of(List<DrawnRoute> routes, Function<Step, @Nullable StepCount> counts) {
        try {
            SvgDiagram diagram = new SvgDiagram(counts);
            diagram.draw(routes);
            return diagram.out.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML can be written to memory", e);
        }
    }

    private void draw(List<DrawnRoute> routes) throws XMLStreamException {
        int width = 0;
        int height = MARGIN;
        for (DrawnRoute route : routes) {
            width = Math.max(width, width(route.steps()));
            height += TITLE + HEIGHT + GAP + height(route.steps()) + MARGIN;
        }
        width += 2 * MARGIN;
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        attributes("role", "img", "width", width, "height", height, "viewBox", "0 0 " + width + " " + height);
        element(
                "title",
                "The steps of "
                        + String.join(", ", routes.stream().map(DrawnRoute::id).toList()));
        element("style", STYLE);
        arrowHead();
        int y = MARGIN;
        for (DrawnRoute route : routes) {
            text("t", MARGIN, y + 14, route.id());
            y += TITLE;
            int centre = width / 2;
            box(route.from(), "from", centre, y);
            y += HEIGHT + GAP;
            sequence(route.steps(), centre, y);
            y += height(route.steps()) + MARGIN;
        }
        xml.writeEndElement();
        xml.flush();
    }

    private static int width(List<Step> steps) {
        return steps.stream().mapToInt(SvgDiagram::width).max().orElse(WIDTH);
    }

    private static int width(Step step) {
        int branches = step.branches().stream()
                .mapToInt(branch -> width(branch.steps()) + ASIDE)
                .sum();
        return Math.max(WIDTH, branches - ASIDE);
    }

    private static int height(List<Step> steps) {
        return steps.stream().mapToInt(step -> height(step) + GAP).sum();
    }

    private static int height(Step step) {
        int branches = step.branches().stream()
                .mapToInt(branch -> height(branch.steps()))
                .max()
                .orElse(0);
        return HEIGHT + (step.branches().isEmpty() ? 0 : GAP + LABEL + branches);
    }

    private void sequence(List<Step> steps, int centre, int top) throws XMLStreamException {
        int y = top;
        for (Step step : steps) {
            arrow(centre, y - GAP, centre, y);
            boolean aside = step.kind().equals("wireTap");
            box(step, aside ? "aside" : "step", centre, y);
            branches(step, centre, y + HEIGHT);
            y += height(step) + GAP;
        }
    }

    private void branches(Step step, int centre, int bottom) throws XMLStreamException {
        int end = bottom - HEIGHT + height(step);
        int left = centre - width(step) / 2;
        for (Step.Branch branch : step.branches()) {
            int width = width(branch.steps());
            int middle = left + width / 2;
            int top = bottom + GAP + LABEL;
            int reached = top + height(branch.steps()) - (branch.steps().isEmpty() ? 0 : GAP);
            line("M" + centre + " " + bottom + "V" + (bottom + 8) + "H" + middle + "V" + (top - GAP));
            text("s", middle + 6, bottom + LABEL + 4, cut(branch.label()));
            sequence(branch.steps(), middle, top);
            line("M" + middle + " " + (branch.steps().isEmpty() ? top - GAP : reached) + "V" + end + "H" + centre);
            left += width + ASIDE;
        }
    }

    private void box(Step step, String kind, int centre, int top) throws XMLStreamException {
        int left = centre - WIDTH / 2;
        StepCount count = counts.apply(step);
        xml.writeStartElement("g");
        element("title", step.kind() + " " + step.label());
        xml.writeEmptyElement("rect");
        attributes("class", kind, "x", left, "y", top, "width", WIDTH, "height", HEIGHT, "rx", 6);
        text("k", left + 10, top + 19, step.kind());
        text("s", left + 10, top + 36, cut(step.label()));
        end(
                left + WIDTH - 10,
                top + 19,
                (count == null ? "" : count + "  ") + (step.line() > 0 ? "line " + step.line() : ""));
        xml.writeEndElement();
    }

    private static String cut(String label) {
        return label.length() <= LONGEST_LINE ? label : label.substring(0, LONGEST_LINE - 1) + "…";
    }

    private void arrowHead() throws XMLStreamException {
        xml.writeStartElement("defs");
        xml.writeStartElement("marker");
        attributes(
                "id",
                "a",
                "viewBox",
                "0 0 8 8",
                "refX",
                8,
                "refY",
                4,
                "markerWidth",
                8,
                "markerHeight",
                8,
                "orient",
                "auto");
        line("M0 0L8 4L0 8z");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void arrow(int fromX, int fromY, int toX, int toY) throws XMLStreamException {
        xml.writeEmptyElement("path");
        attributes("d", "M" + fromX + " " + fromY + "L" + toX + " " + toY, "marker-end", "url(#a)");
    }

    private void line(String path) throws XMLStreamException {
        xml.writeEmptyElement("path");
        attributes("d", path);
    }

    private void text(String kind, int x, int y, String text) throws XMLStreamException {
        xml.writeStartElement("text");
        attributes("class", kind, "x", x, "y", y);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void end(int x, int y, String text) throws XMLStreamException {
        xml.writeStartElement("text");
        attributes("class", "s", "x", x, "y", y, "text-anchor", "end");
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void attributes(Object... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
        }
    }
}
