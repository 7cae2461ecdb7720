package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.support.AnyText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** One SMS as a phone might write it down, in one of the many ways that JSON has. */
record PhoneCapture(@Nullable String id, String from, String text) {

    private static final List<String> UNKNOWN = List.of(
            "\"battery\":0.5", "\"id_\":\"x\"", "\"Text\":7", "\"nested\":{\"from\":[1,{\"text\":null}]}", "\"\":true");

    /** What makes two captures the same one. */
    record Key(String id, String from, String text) {}

    /** @param member a whole member that takes the place of the right one; the field is empty when it is no object */
    record Flaw(String field, String member) {}

    @Nullable Key key() {
        String kept = keptId();
        return kept == null ? null : new Key(kept, from, keptText());
    }

    String keptText() {
        return AnyText.kept(text);
    }

    @Nullable String keptId() {
        return id == null || id.isEmpty() ? null : AnyText.kept(id);
    }

    /** Fields in any order, unknown ones among them, characters as they are or escaped. */
    String json(Random random) {
        List<String> fields = new ArrayList<>();
        fields.add("\"from\":" + string(from, random));
        fields.add(name("text", random) + string(text, random));
        if (id != null || random.nextBoolean()) {
            fields.add("\"id\":" + (id == null ? "null" : string(id, random)));
        }
        fields.addAll(UNKNOWN.subList(0, random.nextInt(UNKNOWN.size())));
        return object(fields, random);
    }

    String json(Flaw flaw, Random random) {
        if (flaw.field().isEmpty()) {
            return flaw.member();
        }
        List<String> fields = new ArrayList<>(List.of("\"from\":\"1\"", "\"text\":\"t\""));
        fields.removeIf(field -> field.startsWith("\"" + flaw.field() + "\""));
        if (!flaw.member().isEmpty()) {
            fields.add("\"" + flaw.field() + "\":" + flaw.member());
        }
        return object(fields, random);
    }

    private static String object(List<String> fields, Random random) {
        Collections.shuffle(fields, random);
        String space = random.nextBoolean() ? "" : " \r\n\t";
        return fields.stream().collect(Collectors.joining(space + "," + space, "{" + space, space + "}"));
    }

    /** A name may be escaped as well as a value. */
    private static String name(String name, Random random) {
        return string(name, random) + ":";
    }

    private static String string(String value, Random random) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            int units = Character.charCount(c);
            boolean must = c == '"' || c == '\\' || (c >= 0xd800 && c <= 0xdfff);
            if (must || random.nextInt(4) == 0) {
                value.substring(i, i + units).chars().forEach(unit -> escape(out, unit, random));
            } else {
                out.appendCodePoint(c); // control characters too: phones do that
            }
            i += units;
        }
        return out.append('"').toString();
    }

    private static void escape(StringBuilder out, int unit, Random random) {
        int shortForm = "\b\f\n\r\t\"\\/".indexOf(unit);
        if (shortForm >= 0 && random.nextBoolean()) {
            out.append('\\').append("bfnrt\"\\/".charAt(shortForm));
        } else {
            out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", unit));
        }
    }

    /** Few values, so that many are the same, or nearly. */
    static Arbitrary<PhoneCapture> near() {
        Arbitrary<String> ids = Arbitraries.of("p-1", "p-2", "\u00e9", "e\u0301", "\ud800", "\ufffd", "", " ")
                .injectNull(0.2);
        Arbitrary<String> texts = Arbitraries.of("", "t", "T", "t ", "\0", "\ufffd", "\ud83d\ude00", "\udc00");
        return Combinators.combine(ids, Arbitraries.of("1", "+1", "VM-BANK"), texts)
                .as(PhoneCapture::new);
    }

    static Arbitrary<PhoneCapture> any() {
        Arbitrary<String> ids = AnyText.upTo(128).injectNull(0.2);
        Arbitrary<String> froms = AnyText.upTo(64)
                .map(AnyText::kept)
                .map(from -> from.codePoints()
                        .filter(c -> !Character.isISOControl(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .filter(from -> !from.isEmpty());
        return Combinators.combine(ids, froms, AnyText.upTo(200)).as(PhoneCapture::new);
    }

    static Arbitrary<Flaw> flaws() {
        return Arbitraries.of(
                new Flaw("from", "919876543210"),
                new Flaw("from", "[\"1\"]"),
                new Flaw("text", ""),
                new Flaw("text", "null"),
                new Flaw("text", "-0.0e-7"),
                new Flaw("text", "{\"text\":\"t\"}"),
                new Flaw("id", "7"),
                new Flaw("id", "true"),
                new Flaw("id", "\"" + "x".repeat(129) + "\""),
                new Flaw("to", "911234500000"),
                new Flaw("sim", "\"1\""),
                new Flaw("sim", "1.5"),
                new Flaw("sim", "99999999999999999999"),
                new Flaw("ref", "7"),
                new Flaw("", "7"),
                new Flaw("", "null"),
                new Flaw("", "[]"),
                new Flaw("", "\"text\""));
    }
}
