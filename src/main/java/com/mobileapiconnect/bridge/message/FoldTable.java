package com.mobileapiconnect.bridge.message;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Folds texts character by character where that is the same as folding the whole: characters that fold to a single one and
 * never unite or change places with their neighbours. That is most text of every script, and many times as fast. Blocks of
 * the table are made when a character of theirs is first seen.
 */
final class FoldTable {

    /** No character: what has this value is folded with the whole text only. */
    private static final char NONE = '\uffff';

    private static final int BLOCK = 256;
    private static final int MOST_MARKS = 30; // in a row, as in Folding
    /** Symbols beyond the first plane, emoji most of all: they have no case and unite with nothing. */
    private static final int FIRST_SYMBOL = 0x1f000;

    private static final int LAST_SYMBOL = 0x1faff;

    private final UnaryOperator<String> whole;
    private final AtomicReferenceArray<@Nullable Block> blocks =
            new AtomicReferenceArray<>((Character.MAX_VALUE + 1) / BLOCK);

    /** @param whole folds any text */
    FoldTable(UnaryOperator<String> whole) {
        this.whole = whole;
    }

    /**
     * @param marks  the characters that belong to the one before them
     * @param sorted the marks that stand in an order of their own among others
     */
    private record Block(char[] folded, BitSet marks, BitSet sorted) {}

    /** The characters that may unite with the one before them; made once. */
    private static final class Uniting {

        private static final BitSet ALL = find();

        private static BitSet find() {
            BitSet all = new BitSet();
            for (int c = 0; c < Character.MAX_VALUE; c++) {
                if (Character.isDefined(c) && !Character.isSurrogate((char) c)) {
                    String apart = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
                    apart.chars().skip(1).forEach(all::set);
                }
            }
            return all;
        }
    }

    /** Returns the folded text; null if it has to be folded as a whole. */
    @Nullable String fold(String text) {
        char[] out = new char[text.length()];
        Block block = null;
        int blockNumber = -1;
        int marks = 0;
        boolean afterSorted = false;
        for (int i = 0; i < out.length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                if (!isSymbol(text, i)) {
                    return null;
                }
                out[i] = c;
                out[++i] = text.charAt(i);
                marks = 0;
                afterSorted = false;
                continue;
            }
            if (block == null || c / BLOCK != blockNumber) {
                blockNumber = c / BLOCK;
                block = block(blockNumber);
            }
            char folded = block.folded()[c % BLOCK];
            if (folded == NONE) {
                return null;
            }
            out[i] = folded;
            if (!block.marks().get(c % BLOCK)) {
                marks = 0;
                afterSorted = false;
                continue;
            }
            boolean sorted = block.sorted().get(c % BLOCK);
            if (++marks > MOST_MARKS || (sorted && afterSorted)) {
                return null;
            }
            afterSorted = sorted;
        }
        return new String(out);
    }

    private static boolean isSymbol(String text, int at) {
        int c = text.codePointAt(at);
        return c >= FIRST_SYMBOL && c <= LAST_SYMBOL;
    }

    private Block block(int number) {
        Block known = blocks.get(number);
        if (known == null) {
            known = made(number * BLOCK);
            blocks.set(number, known); // made twice at once, it is the same
        }
        return known;
    }

    private Block made(int first) {
        Block block = new Block(new char[BLOCK], new BitSet(BLOCK), new BitSet(BLOCK));
        for (int i = 0; i < BLOCK; i++) {
            char c = (char) (first + i);
            block.folded()[i] = folded(c);
            block.marks().set(i, isMark(c));
            block.sorted().set(i, isMark(c) && isSorted(c));
        }
        return block;
    }

    private char folded(char c) {
        if (Character.isSurrogate(c) || Uniting.ALL.get(c)) {
            return NONE;
        }
        String alone = whole.apply(Character.toString(c));
        if (alone.length() != 1) {
            return NONE;
        }
        char folded = alone.charAt(0);
        boolean same = isMark(c) ? folded == c : !isMark(folded) && !Uniting.ALL.get(folded);
        return same ? folded : NONE;
    }

    private static boolean isMark(char c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** Returns whether a mark changes places with a low or a high one. */
    private static boolean isSorted(char mark) {
        return isMoved("x" + mark + '\u0334') || isMoved("x\u0345" + mark);
    }

    private static boolean isMoved(String text) {
        return !Normalizer.normalize(text, Normalizer.Form.NFD).equals(text);
    }
}
