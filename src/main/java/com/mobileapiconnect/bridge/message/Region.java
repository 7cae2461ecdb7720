package com.mobileapiconnect.bridge.message;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A country and how phone numbers are written in it: there {@code 09876543210} and {@code +919876543210} are the same.
 * The rules of a country are loaded when a national number is first met.
 */
public final class Region {

    /** Loaded when it is first needed, and then without the lock of the library's own. */
    private static final class Library {

        static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    }

    private static final Map<String, Region> KNOWN = new ConcurrentHashMap<>();
    private static final int SHORTEST = 7;
    private static final int LONGEST = 17;
    private static final int MOST_NATIONAL = 15;

    private static final int MOST_LATELY = 1_000;

    /** The forms of the numbers that were met lately: customers write more than once, and the library takes its time. */
    private final Map<String, Set<String>> lately = new ConcurrentHashMap<>();

    private final String code;
    private final String calling;
    private final String trunk;
    private final int longest;
    // Mobiles have another national form than the digits behind the calling code, as in Argentina.
    private final boolean isIrregular;

    private Region(String code) {
        PhoneNumberUtil util = Library.UTIL;
        this.code = code;
        int callingCode = util.getCountryCodeForRegion(code);
        this.calling = Integer.toString(callingCode);
        String prefix = util.getNddPrefixForRegion(code, true);
        this.trunk = prefix == null ? "" : prefix;
        this.longest = longest(util, callingCode);
        Phonenumber.PhoneNumber example = util.getExampleNumberForType(code, PhoneNumberType.MOBILE);
        this.isIrregular = example != null && !regular(e164(example)).contains(national(example));
    }

    private static int longest(PhoneNumberUtil util, int callingCode) {
        Phonenumber.PhoneNumber number = new Phonenumber.PhoneNumber().setCountryCode(callingCode);
        int longest = 0;
        long national = 1;
        for (int length = 1; length <= MOST_NATIONAL; length++) {
            number.setNationalNumber(national);
            if (util.isPossibleNumberForType(number, PhoneNumberType.MOBILE)
                    || util.isPossibleNumberForType(number, PhoneNumberType.FIXED_LINE)) {
                longest = length;
            }
            national *= 10;
        }
        return longest;
    }

    /** Finds a region by its ISO 3166 code of two letters. */
    public static Optional<Region> find(@Nullable String code) {
        if (code == null) {
            return Optional.empty();
        }
        Region known = KNOWN.get(code);
        return known != null ? Optional.of(known) : isCode(code) ? Optional.of(make(code)) : Optional.empty();
    }

    private static Region make(String code) {
        return KNOWN.computeIfAbsent(code, Region::new);
    }

    /** Returns whether this is the code of a region, in capitals. */
    public static boolean isCode(String code) {
        return Library.UTIL.getSupportedRegions().contains(code);
    }

    /** Returns the code of the region of an international number; null if it is none, or of no region. */
    public static @Nullable String codeOf(@Nullable String spelling) {
        int calling = spelling == null ? 0 : PhoneNumber.callingCode(spelling);
        if (calling == 0) {
            return null;
        }
        String code = Library.UTIL.getRegionCodeForCountryCode(calling);
        return code.length() == 2 && !code.equals("ZZ") ? code : null; // 001 is of no region
    }

    /** Returns the key of a number as it is written in this region; without one nothing is guessed. */
    public static String key(String spelling, @Nullable String code) {
        return find(code).map(region -> region.key(spelling)).orElseGet(() -> PhoneNumber.key(spelling));
    }

    /** Returns the keys of all usual spellings of a number in this region, its own first; without one that alone. */
    public static Set<String> forms(String spelling, @Nullable String code) {
        return find(code).map(region -> region.forms(spelling)).orElseGet(() -> Set.of(PhoneNumber.key(spelling)));
    }

    public String code() {
        return code;
    }

    /** Returns the digits of the international form where that is certain, else {@link PhoneNumber#key}. */
    public String key(String spelling) {
        String key = PhoneNumber.key(spelling);
        if (key.length() < SHORTEST
                || key.length() > LONGEST
                || !PhoneNumber.isNumber(key)
                || PhoneNumber.isInternational(spelling)
                || (key.length() > longest + trunk.length() && key.charAt(0) != '0')) {
            return key;
        }
        return international(key);
    }

    private String international(String digits) {
        PhoneNumberUtil util = Library.UTIL;
        Phonenumber.PhoneNumber national = parse(digits, code);
        boolean isValid = national != null && util.isValidNumber(national);
        if (national != null && isValid && isMobile(util.getNumberType(national))) {
            return e164(national);
        }
        // SMS come from mobiles: digits that are a landline here may be a number of another country without its plus.
        if (digits.charAt(0) != '0' && CallingCodes.of(digits) != 0) {
            Phonenumber.PhoneNumber foreign = parse("+" + digits, null);
            if (foreign != null && util.isValidNumber(foreign)) {
                return digits;
            }
        }
        return national != null && (isValid || isDialled(digits, national)) ? e164(national) : digits;
    }

    /** Returns whether digits begin with a prefix for calls within or out of the country, so that it is clear what they mean. */
    private boolean isDialled(String digits, Phonenumber.PhoneNumber number) {
        boolean within = calling.equals(Integer.toString(number.getCountryCode()));
        String prefix = within ? trunk : "0";
        return !prefix.isEmpty() && digits.startsWith(prefix) && Library.UTIL.isPossibleNumber(number);
    }

    private static boolean isMobile(PhoneNumberType type) {
        return type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
    }

    /** Returns the keys of all usual spellings of a number: the international one first, and the one that was written. */
    public Set<String> forms(String spelling) {
        Set<String> known = lately.get(spelling);
        if (known != null) {
            return known;
        }
        String key = key(spelling);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(key);
        forms.add(PhoneNumber.key(spelling));
        forms.addAll(national(key));
        if (lately.size() >= MOST_LATELY) {
            lately.clear();
        }
        lately.put(spelling, Collections.unmodifiableSet(forms));
        return forms;
    }

    /** Returns the national spellings of an international number of this region; none of all others. */
    public Set<String> national(String key) {
        if (!PhoneNumber.isNumber(key)
                || key.length() < SHORTEST + calling.length()
                || key.length() > longest + calling.length()
                || !key.startsWith(calling)) {
            return Set.of();
        }
        Set<String> forms = regular(key);
        // In Germany 33612345678 is read as a mobile of France: it is no spelling of a landline.
        forms.removeIf(form -> form.length() < key.length() && !key(form).equals(key));
        Phonenumber.PhoneNumber number = isIrregular ? parse("+" + key, null) : null;
        if (number != null) {
            forms.add(national(number));
        }
        return forms;
    }

    private Set<String> regular(String key) {
        String significant = key.substring(calling.length());
        Set<String> forms = new LinkedHashSet<>();
        forms.add(significant);
        forms.add(trunk + significant);
        return forms;
    }

    private static String national(Phonenumber.PhoneNumber number) {
        return PhoneNumber.key(Library.UTIL.format(number, PhoneNumberFormat.NATIONAL));
    }

    private static String e164(Phonenumber.PhoneNumber number) {
        return Library.UTIL.format(number, PhoneNumberFormat.E164).substring(1);
    }

    private static Phonenumber.@Nullable PhoneNumber parse(String digits, @Nullable String region) {
        try {
            return Library.UTIL.parse(digits, region);
        } catch (NumberParseException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return code.toUpperCase(Locale.ROOT);
    }
}
