package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Region;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer of a tenant, by number.
 *
 * @param number in any spelling
 * @param region where the device is that heard from the customer or writes to them; null if unknown
 */
record Customer(String tenantId, String number, @Nullable String region) {

    private static final int MOST_FORMS = 5;

    /** The parameters of a condition that a column has one of the {@link #forms}. */
    static final String IN = "in (?, ?, ?, ?, ?)";

    /** Returns the key that decides whether two spellings are the same. */
    String key() {
        return Region.key(number, region);
    }

    /** Returns the keys under which the number may be stored. */
    Set<String> forms() {
        return Region.forms(number, region);
    }

    /** Returns {@link #forms}, and the keys that earlier versions gave. */
    Set<String> formsEver() {
        Set<String> all = new HashSet<>(forms());
        all.addAll(PhoneNumber.formerKeys(number));
        all.addAll(PhoneNumber.formerKeys(key()));
        return all;
    }

    /** Fills the parameters of {@link #IN}; returns the index of the next one. */
    int fillForms(PreparedStatement statement, int first) throws SQLException {
        Iterator<String> forms = forms().iterator();
        String form = forms.next();
        for (int i = 0; i < MOST_FORMS; i++) {
            statement.setString(first + i, form);
            form = forms.hasNext() ? forms.next() : form;
        }
        return first + MOST_FORMS;
    }

    /** Returns the parameters of {@link #IN}. */
    List<String> formParams() {
        List<String> forms = new ArrayList<>(forms());
        while (forms.size() < MOST_FORMS) {
            forms.add(forms.get(0));
        }
        return forms;
    }
}
