package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigInteger;

/**
 * A number in a file that people write, which knows how it was written there. Where a text is wanted, it is that text:
 * nobody thinks of quotes around a phone number.
 */
public sealed interface Written {

    /** Returns the number as it stands in the file. */
    default String written() {
        return ((JsonNode) this).asText();
    }

    static JsonNode whole(BigInteger number, String written) {
        if (number.bitLength() < Integer.SIZE) {
            return new Int(number.intValue(), written);
        }
        return number.bitLength() < Long.SIZE ? new Long64(number.longValue(), written) : new Large(number, written);
    }

    static JsonNode fraction(double number, String written) {
        return new Fraction(number, written);
    }

    final class Int extends IntNode implements Written {

        private final String written;

        private Int(int number, String written) {
            super(number);
            this.written = written;
        }

        @Override
        public String asText() {
            return written;
        }
    }

    final class Long64 extends LongNode implements Written {

        private final String written;

        private Long64(long number, String written) {
            super(number);
            this.written = written;
        }

        @Override
        public String asText() {
            return written;
        }
    }

    final class Large extends BigIntegerNode implements Written {

        private final String written;

        private Large(BigInteger number, String written) {
            super(number);
            this.written = written;
        }

        @Override
        public String asText() {
            return written;
        }
    }

    final class Fraction extends DoubleNode implements Written {

        private final String written;

        private Fraction(double number, String written) {
            super(number);
            this.written = written;
        }

        @Override
        public String asText() {
            return written;
        }
    }
}
