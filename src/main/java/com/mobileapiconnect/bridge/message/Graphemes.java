package com.mobileapiconnect.bridge.message;

/**
 * The characters of a text as people see them: an emoji with all that belongs to it, a flag, a letter with its accents.
 * Texts are cut between them, and alike on every Java, whose own rules differ by version: these are those of Unicode's
 * Standard Annex #29 (extended grapheme clusters), with the classes of {@link GraphemeClasses}.
 */
public final class Graphemes {

    private Graphemes() {}

    /**
     * Returns the longest beginning of at most that many UTF-16 units that ends between two characters. Of a single
     * character that is longer (a letter may have any number of accents) as many code points as fit.
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, endWithin(text, most));
    }

    /** Returns the end of the longest beginning that {@link #cut} would return. */
    public static int endWithin(String text, int most) {
        if (most >= text.length() || most <= 0) {
            return Math.max(0, Math.min(most, text.length()));
        }
        int end = floor(text, most);
        if (end > 0) {
            return end;
        }
        boolean inPair =
                Character.isHighSurrogate(text.charAt(most - 1)) && Character.isLowSurrogate(text.charAt(most));
        return inPair ? most - 1 : most;
    }

    /** Returns the last place between two characters that is not behind the index; 0 is the beginning. */
    public static int floor(String text, int index) {
        int at = near(text, index);
        while (at < index) {
            int next = next(text, at);
            if (next > index) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** Returns a place between two characters before the index, from which it is not far, as a rule. */
    private static int near(String text, int index) {
        if (index >= text.length()) {
            return text.length();
        }
        int at = index;
        while (at > 0 && !parts(text.charAt(at - 1), text.charAt(at))) {
            at--;
        }
        return at;
    }

    /** Returns whether these two are never one character, whatever stands before them: of ASCII only CR and LF are. */
    private static boolean parts(char before, char after) {
        return before < 0x7f && after < 0x7f && !(before == '\r' && after == '\n');
    }

    /** Returns the end of the character that begins at this place between two characters. */
    static int next(String text, int begin) {
        Cluster cluster = new Cluster();
        int at = begin;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!cluster.takes(GraphemeClasses.of(c)) && at > begin) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** The beginning of a character, which says whether the next code point belongs to it. */
    private static final class Cluster {

        private enum Emoji {
            NONE,
            PICTOGRAPH,
            JOINED
        }

        private GraphemeClass last = GraphemeClass.CONTROL;
        private Emoji emoji = Emoji.NONE;
        private boolean regionalAlone;
        private boolean consonant;
        private boolean linked;

        /** Takes the code point; false if it begins the next character. */
        boolean takes(GraphemeClass next) {
            boolean takes = joins(next);
            emoji = emojiAfter(next);
            regionalAlone = next == GraphemeClass.REGIONAL && !regionalAlone;
            linked = linkedAfter(next);
            consonant = next == GraphemeClass.CONSONANT || (consonant && next.isBetweenConsonants());
            last = next;
            return takes;
        }

        /** The rules GB3 to GB13 of the annex. */
        private boolean joins(GraphemeClass next) {
            if (last == GraphemeClass.CR && next == GraphemeClass.LF) {
                return true;
            }
            if (last.isControl() || next.isControl()) {
                return false;
            }
            if (next.isExtend() || next == GraphemeClass.ZWJ || next == GraphemeClass.SPACING) {
                return true;
            }
            return switch (last) {
                case PREPEND -> true;
                case L ->
                    next == GraphemeClass.L
                            || next == GraphemeClass.V
                            || next == GraphemeClass.LV
                            || next == GraphemeClass.LVT;
                case LV, V -> next == GraphemeClass.V || next == GraphemeClass.T;
                case LVT, T -> next == GraphemeClass.T;
                case REGIONAL -> next == GraphemeClass.REGIONAL && regionalAlone;
                default ->
                    (next == GraphemeClass.CONSONANT && linked)
                            || (next == GraphemeClass.PICTOGRAPH && emoji == Emoji.JOINED);
            };
        }

        private Emoji emojiAfter(GraphemeClass next) {
            if (next == GraphemeClass.PICTOGRAPH) {
                return Emoji.PICTOGRAPH;
            }
            if (emoji != Emoji.PICTOGRAPH) {
                return Emoji.NONE;
            }
            return next.isExtend() ? Emoji.PICTOGRAPH : next == GraphemeClass.ZWJ ? Emoji.JOINED : Emoji.NONE;
        }

        private boolean linkedAfter(GraphemeClass next) {
            return consonant && next.isBetweenConsonants() && (linked || next == GraphemeClass.LINKER);
        }
    }
}
