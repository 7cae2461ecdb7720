package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is one number where it is known in which country the phone is. */
class RegionTest {

    @ParameterizedTest
    @CsvSource({
        "IN, 09876543210, 919876543210",
        "IN, 9876543210, 919876543210",
        "IN, 919876543210, 919876543210",
        "IN, +919876543210, 919876543210",
        "IN, 00919876543210, 919876543210",
        "IN, 0 98765 43210, 919876543210",
        "IN, 011 2345 6789, 911123456789",
        "IN, 14155552671, 14155552671", // of another country, without its plus
        "IN, 447700900123, 447700900123",
        "IN, +447700900123, 447700900123",
        "IN, 971501234567, 971501234567",
        "US, 4155552671, 14155552671",
        "US, (415) 555-2671, 14155552671",
        "US, 14155552671, 14155552671",
        "US, 1-415-555-2671, 14155552671",
        "US, 011 44 7700 900123, 447700900123",
        "US, 919876543210, 919876543210",
        "CA, 6132345678, 16132345678",
        "GB, 07700 900123, 447700900123",
        "GB, 7911123456, 447911123456",
        "GB, 0114 496 0123, 441144960123",
        "DE, 0151 23456789, 4915123456789",
        "DE, 015123456789, 4915123456789",
        "DE, 33612345678, 33612345678", // a mobile of France rather than a landline without its 0
        "FR, 06 12 34 56 78, 33612345678",
        "FR, 612345678, 33612345678",
        "IT, 347 123 4567, 393471234567",
        "IT, 06 1234 5678, 390612345678", // the 0 belongs to the number
        "RU, 8 912 345-67-89, 79123456789",
        "RU, 9123456789, 79123456789",
        "HU, 06 20 123 4567, 36201234567",
        "BR, 11 98765-4321, 5511987654321",
        "BR, 011987654321, 5511987654321",
        "MX, 55 1234 5678, 525512345678",
        "AR, 011 15 2345 6789, 5491123456789",
        "SG, 9123 4567, 6591234567",
        "AU, 0412 345 678, 61412345678",
        "AU, 0011 44 7700 900123, 447700900123",
        "JP, 090-1234-5678, 819012345678",
        "CN, 138 1234 5678, 8613812345678",
        "CN, 013812345678, 8613812345678",
        "NG, 0803 123 4567, 2348031234567",
        "ZA, 082 123 4567, 27821234567",
        "ID, 0812-3456-7890, 6281234567890",
        "IL, 052-123-4567, 972521234567",
        // too short, or a name: never completed
        "IN, 12345, 12345",
        "IN, 56767, 56767",
        "IN, VK-HDFCBK, vk-hdfcbk",
        "US, 911, 911",
        "US, 262966, 262966"
    })
    void nationalSpellingsAreTheInternationalNumber(String region, String spelling, String key) {
        assertThat(Region.key(spelling, region)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "09876543210, 09876543210",
        "9876543210, 9876543210",
        "07700 900123, 07700900123",
        "4155552671, 4155552671",
        "+919876543210, 919876543210"
    })
    void withoutARegionNothingIsGuessed(String spelling, String key) {
        assertThat(Region.key(spelling, null)).isEqualTo(key);
        assertThat(Region.forms(spelling, null)).containsExactly(key);
    }

    @ParameterizedTest
    @CsvSource({
        "IN, +919876543210, 919876543210 9876543210 09876543210",
        "IN, 09876543210, 919876543210 9876543210 09876543210",
        "IN, 9876543210, 919876543210 9876543210 09876543210",
        "IN, +447700900123, 447700900123",
        "US, +14155552671, 14155552671 4155552671",
        "RU, +79123456789, 79123456789 9123456789 89123456789",
        "IT, +390612345678, 390612345678 0612345678",
        "AR, +5491123456789, 5491123456789 91123456789 091123456789 0111523456789",
        "IN, Info, info",
        "IN, 12345, 12345"
    })
    void aNumberIsStoredUnderItsUsualSpellings(String region, String spelling, String forms) {
        assertThat(Region.forms(spelling, region)).containsExactlyInAnyOrder(forms.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "+911234500000, IN",
        "00911234500000, IN",
        "911234500000, IN",
        "+14155552671, US",
        "+447700900123, GB",
        "447700900123, GB",
        "+79123456789, RU",
        "+393471234567, IT",
        "+6591234567, SG",
        "+8613812345678, CN",
        "tel:+91-1234-500000, IN",
        "\u202a+911234500000\u202c, IN",
        // may be national
        "14155552671, ",
        "13812345678, ",
        "01234500000, ",
        "1234500000, ",
        "6591234567, ",
        "012345678901, ",
        // of no country
        "+80012345678, ",
        "+883510001234567, ",
        "+999123456789, ",
        "12345, ",
        "Info, ",
        "'', "
    })
    void aRegionIsLearntFromANumberThatCertainlyIsInternational(String number, String region) {
        assertThat(Region.codeOf(number)).isEqualTo(region);
    }

    @Test
    void regionsAreIsoCodesInCapitals() {
        assertThat(Set.of("IN", "US", "GB", "DE", "AX", "XK")).allMatch(Region::isCode);
        assertThat(Set.of("in", "UK", "ZZ", "001", "", "IND", "EU")).noneMatch(Region::isCode);
        assertThat(Region.find("ZZ")).isEmpty();
        assertThat(Region.find(null)).isEmpty();
    }
}
