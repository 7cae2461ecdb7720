package com.mobileapiconnect.bridge.support;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any text that a Java string can be, the broken kinds as often as the others. */
public final class AnyText {

    private AnyText() {}

    /** Of at most so many UTF-16 units; lone surrogates, NUL, astral characters, escapes and quotes among them. */
    public static Arbitrary<String> upTo(int units) {
        return pieces().list()
                .ofMaxSize(units)
                .map(pieces -> String.join("", pieces))
                .map(text -> text.length() <= units ? text : text.substring(0, units));
    }

    private static Arbitrary<String> pieces() {
        return Arbitraries.oneOf(
                Arbitraries.chars().range(' ', '~').map(String::valueOf),
                Arbitraries.chars().range('\0', '\u001f').map(String::valueOf),
                Arbitraries.chars().range('\u0080', '\uffff').map(String::valueOf),
                Arbitraries.chars().range('\ud800', '\udfff').map(String::valueOf),
                Arbitraries.integers().between(0x10000, 0x10ffff).map(Character::toString),
                Arbitraries.of(
                        "\0",
                        "\\u0041",
                        "\\",
                        "\"",
                        "\u2028",
                        "\ufeff",
                        "\ufffd",
                        "\ufffe",
                        "${body}",
                        "{{env:HOME}}",
                        "\u202e"));
    }

    /** What is kept of a text: NUL and lone surrogates become U+FFFD. Said in another way than the bridge says it. */
    public static String kept(String text) {
        return text.codePoints()
                .map(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff) ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
