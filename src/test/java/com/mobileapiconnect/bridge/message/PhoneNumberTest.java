package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is one number and what is two, without knowing where the phone is. */
class PhoneNumberTest {

    private static final String NUMBER = "919876543210";

    @ParameterizedTest
    @ValueSource(
            strings = {
                NUMBER,
                "+919876543210",
                "+91 98765 43210",
                "+91-98765-43210",
                "+91 (98765) 43210",
                "(+91) 98765.43210",
                "+91/98765/43210",
                "[+91] 98765 43210",
                "00919876543210",
                "0091 98765 43210",
                "+00919876543210",
                "011 91 98765 43210",
                "011919876543210",
                "tel:+919876543210",
                "tel:+91-98765-43210;phone-context=example.com",
                "TEL: 919876543210",
                "sms:+919876543210?body=hi",
                "smsto:+919876543210",
                "+91\u00a098765\u00a043210", // no-break spaces
                "+91\u200998765\u202f43210", // thin and narrow spaces
                "+91\u300098765\u200343210", // ideographic and em spaces
                "+91\u201198765\u201043210", // hyphens
                "+91\u221298765\u201343210", // minus and en dash
                "+91\u00ad98765\u00b743210", // soft hyphen and middle dot
                "\u202a+919876543210\u202c", // embedding of left to right
                "\u202b+919876543210\u202c",
                "\u202d+91 98765 43210\u202e",
                "\u2066+919876543210\u2069", // isolates
                "\u2067+919876543210\u2069",
                "\u200e+919876543210\u200f", // marks
                "\ufeff+919876543210", // byte order mark
                "+91\u200b98765\u200c43\u200d210\u2060", // zero width
                "\u061c+919876543210",
                "\t+919876543210\n",
                "+\u0669\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660", // Arabic-Indic
                "\u0669\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660",
                "+\u06f9\u06f1\u06f9\u06f8\u06f7\u06f6\u06f5\u06f4\u06f3\u06f2\u06f1\u06f0", // Persian
                "+\u096f\u0967\u096f\u096e\u096d\u096c\u096b\u096a\u0969\u0968\u0967\u0966", // Devanagari
                "+\u09ef\u09e7\u09ef\u09ee\u09ed\u09ec\u09eb\u09ea\u09e9\u09e8\u09e7\u09e6", // Bengali
                "\uff0b\uff19\uff11\uff19\uff18\uff17\uff16\uff15\uff14\uff13\uff12\uff11\uff10", // full width
                "\uff0b\uff19\uff11\uff08\uff19\uff18\uff17\uff16\uff15\uff09\uff0d43210",
                "\u0660\u0660\u0669\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660",
                "\ud835\udfd7\ud835\udfcf 9876543210", // mathematical
                "+9\ufe0f19876543210"
            })
    void allOfTheseAreOneNumber(String spelling) {
        assertThat(PhoneNumber.key(spelling)).isEqualTo(NUMBER);
        assertThat(PhoneNumber.isNumber(PhoneNumber.key(spelling))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // national numbers that begin like what is dialled for a plus
        "01123456789, 01123456789", // Delhi
        "0114567890, 0114567890", // Johannesburg
        "011 15 2345 6789, 0111523456789", // Buenos Aires
        "01123334444, 01123334444", // Turin, Sapporo
        "011-1234-5678, 01112345678", // Korea, Malaysia, Egypt
        "0114 496 0123, 01144960123", // Sheffield
        // not plausible behind the 00
        "00, 00",
        "0012345, 0012345",
        "00123456789, 00123456789",
        "0011 61 412 345 678, 001161412345678",
        "000919876543210, 000919876543210",
        "00999876543210, 00999876543210",
        "00911234567890123456, 00911234567890123456",
        "0014155552671, 14155552671",
        "0014151552671, 0014151552671",
        "00447700900123, 447700900123",
        "0044 7700 900123, 447700900123",
        "004989123456, 4989123456",
        "00971501234567, 971501234567",
        "01144 7700 900123, 447700900123",
        "011 65 9123 4567, 6591234567",
        // without a region a national number stays what it is
        "09876543210, 09876543210",
        "9876543210, 9876543210",
        "07700 900123, 07700900123",
        "12345, 12345",
        "+12345, 12345",
        "0, 0"
    })
    void whatIsDialledForThePlusIsDroppedWhereANumberOfACountryFollows(String spelling, String key) {
        assertThat(PhoneNumber.key(spelling)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VK-HDFCBK | vk-hdfcbk",
                "' Info ' | info",
                "'\u200eInfo\u200f' | info",
                "'\u00a0Info\u2009' | info",
                "In\u200bfo | info",
                "'\ufeffINFO' | info",
                "'\u202aInfo\u202c' | info",
                "In\u00adfo | info",
                "'Bank 24' | 'bank 24'",
                "+ | +",
                "'' | ''",
                "'\u200e' | ''",
                "*100# | *100#",
                "+91x | +91x",
                "12ab | 12ab",
                "a@example.com | a@example.com",
                "http://1234567 | http://1234567",
                "tel:info | tel:info",
                "12,34 | 12,34",
                "\u00bd | \u00bd",
                "\u2460\u2461 | \u2460\u2461",
                "unknown | unknown"
            })
    void everythingElseIsAName(String spelling, String key) {
        assertThat(PhoneNumber.key(spelling)).isEqualTo(key);
        assertThat(PhoneNumber.isNumber(PhoneNumber.key(spelling))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+919876543210",
                "0091 9876543210",
                "011919876543210",
                "(+91) 9876543210",
                "tel:+919876543210",
                "\u202a+919876543210",
                "\uff0b919876543210",
                "+1234",
                " +1 2"
            })
    void thatANumberIsInternationalIsSeen(String spelling) {
        assertThat(PhoneNumber.isInternational(spelling)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "919876543210",
                "09876543210",
                "0012345",
                "01123456789",
                "Info",
                "",
                "91+9876543210",
                "tel:919876543210"
            })
    void andThatItMayBeNational(String spelling) {
        assertThat(PhoneNumber.isInternational(spelling)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "+911234500000, 911234500000, true",
        "+911234500000, 01234500000, true",
        "911234500000, 01234500000, true",
        "01234500000, 911234500000, true",
        "01234500000, +911234500000, true",
        "1234500000, +911234500000, true",
        "+911234500000, 1234500000, true",
        "01234500000, 1234500000, true",
        "0123 45 00 000, tel:+91-1234-500000, true",
        "+4930123456, 030 123456, true",
        "+37251234567, 051234567, true",
        "0612345, 33612345, true",
        "+6591234567, 91234567, false", // 8 digits without a 0 are too few
        "+911234500000, 1234500001, false",
        "+911234500000, 4500000, false",
        "+911234500000, 04500000, true",
        "+911234500000, 000000, false",
        "+911234500000, 0500000, true",
        "+911234500000, 00000, false",
        "+919876543210, +19876543210, false", // both are international
        "+919876543210, 0019876543210, false",
        "Info, info, true",
        "Info, 1234500000, false",
        "unknown, +911234500000, false"
    })
    void aNationalTailMayBeTheSameLine(String one, String other, boolean same) {
        assertThat(PhoneNumber.mayBeOneLine(one, other)).isEqualTo(same);
        assertThat(PhoneNumber.mayBeOneLine(other, one)).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+919876543210",
                "00919876543210",
                "0091 98765-43210",
                "+91 (98765) 43210",
                "919876543210",
                "\u202a+919876543210\u202c",
                "tel:+919876543210",
                "TEL:00919876543210",
                "+91\u201198765\u201143210",
                "09876543210",
                "011919876543210",
                " Info ",
                "VK-HDFCBK",
                "\u200eInfo",
                "+\u0669\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660",
                "12345",
                "+",
                "*100#",
                "0012345",
                "01123456789"
            })
    void theKeyOfAnEarlierVersionLeadsToTheSameKey(String spelling) {
        String former = former(spelling);
        assertThat(PhoneNumber.key(former)).isEqualTo(PhoneNumber.key(spelling));
        if (!former.equals(PhoneNumber.key(spelling))) {
            assertThat(PhoneNumber.formerKeys(spelling)).contains(former);
        }
        assertThat(PhoneNumber.formerKeys(spelling)).doesNotContain(PhoneNumber.key(spelling));
    }

    /** As versions up to 0.5 made keys. */
    private static String former(String spelling) {
        StringBuilder digits = new StringBuilder();
        for (char c : spelling.toCharArray()) {
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if ("+ -().\u00a0".indexOf(c) < 0) {
                return spelling.strip().toLowerCase(Locale.ROOT);
            }
        }
        return digits.isEmpty() ? spelling.strip().toLowerCase(Locale.ROOT) : digits.toString();
    }

    @Test
    void theUsualSpellingIsItsOwnKeyAndCostsNothing() {
        assertThat(PhoneNumber.key(NUMBER)).isSameAs(NUMBER);
    }
}
