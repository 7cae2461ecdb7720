package com.mobileapiconnect.bridge.message;

/** The classes of code points that the rules of {@link Graphemes} tell apart. */
enum GraphemeClass {
    OTHER,
    CR,
    LF,
    CONTROL,
    EXTEND,
    /** Extends a character, but not between the consonants of an Indic one. */
    EXTEND_ALONE,
    /** Extends a character, and links consonants. */
    LINKER,
    /** A consonant of a script whose consonants are linked. */
    CONSONANT,
    ZWJ,
    REGIONAL,
    PREPEND,
    SPACING,
    PICTOGRAPH,
    L,
    V,
    T,
    LV,
    LVT;

    boolean isControl() {
        return this == CONTROL || this == CR || this == LF;
    }

    boolean isExtend() {
        return this == EXTEND || this == EXTEND_ALONE || this == LINKER;
    }

    boolean isBetweenConsonants() {
        return this == EXTEND || this == LINKER || this == ZWJ;
    }
}
