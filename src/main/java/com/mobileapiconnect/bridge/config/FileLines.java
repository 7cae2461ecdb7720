package com.mobileapiconnect.bridge.config;

import java.util.Iterator;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Finds the line of a field in a file that can be read. */
final class FileLines {

    private final Iterator<Event> events;
    private final String wanted;
    private int line = 1;
    private int depth;

    private FileLines(Iterator<Event> events, String wanted) {
        this.events = events;
        this.wanted = wanted;
    }

    /**
     * @param path of a field, such as {@code rules[0].then[1].text}
     * @return the line of the deepest part of the path that is there, from 1
     */
    static int of(byte[] file, String path) {
        FileLines lines = new FileLines(ConfigReader.events(file), path);
        while (lines.events.hasNext()) {
            Event event = lines.events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                lines.value(lines.events.next(), "");
            }
        }
        return lines.line;
    }

    private void value(Event event, String path) {
        if (event.getEventId() == Event.ID.MappingStart) {
            for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
                String name = key instanceof ScalarEvent scalar ? scalar.getValue() : "";
                String inner = path.isEmpty() ? name : path + "." + name;
                note(key, inner);
                value(events.next(), inner);
            }
        } else if (event.getEventId() == Event.ID.SequenceStart) {
            int i = 0;
            for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
                String inner = path + "[" + i++ + "]";
                note(item, inner);
                value(item, inner);
            }
        }
    }

    private void note(Event event, String path) {
        boolean onTheWay = wanted.startsWith(path)
                && (wanted.length() == path.length() || ".[".indexOf(wanted.charAt(path.length())) >= 0);
        if (onTheWay && path.length() > depth) {
            depth = path.length();
            line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        }
    }
}
