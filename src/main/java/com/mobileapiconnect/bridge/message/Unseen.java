package com.mobileapiconnect.bridge.message;

/** Tells which characters nobody sees: they make no difference to a reader, so they make none to the bridge. */
public final class Unseen {

    private Unseen() {}

    /**
     * Returns whether a character has no form of its own: marks of direction, joiners, zero-width spaces, soft hyphens,
     * fillers and selectors of variants.
     */
    public static boolean is(int character) {
        if (character < 0xad) {
            return false;
        }
        return switch (character) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2800, 0x3164, 0xffa0 -> true;
            default ->
                Character.getType(character) == Character.FORMAT
                        || (character >= 0xfe00 && character <= 0xfe0f)
                        || (character >= 0xe0000 && character <= 0xe0fff);
        };
    }

    /** Returns whether a character is white space of any kind, those that do not break a line among them. */
    public static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
    }
}
