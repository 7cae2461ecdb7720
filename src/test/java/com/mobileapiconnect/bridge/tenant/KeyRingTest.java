package com.mobileapiconnect.bridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.api.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nobody gives a key more than they have, and no tenant locks itself out. A key is written as its scopes and the day of
 * June on which it ends ({@code read+send@20}); the present day is the 12th.
 */
class KeyRingTest {

    private static final Instant NOW = day("12");

    private static Instant day(String day) {
        return Instant.parse("2026-06-" + day + "T00:00:00Z");
    }

    private static Grant grant(String written) {
        String[] parts = written.split("@");
        return new Grant(
                Stream.of(parts[0].split("\\+"))
                        .map(name -> Scope.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                parts.length == 1 ? null : day(parts[1]));
    }

    private static Caller caller(int key) {
        return new Caller.OfTenant("ten_1", "key_" + key, Grant.UNLIMITED);
    }

    /** Keys with the ids key_0, key_1 and so on. */
    private static KeyRing ring(String written) {
        List<Credential> keys = new ArrayList<>();
        for (String each : written.split(" ")) {
            String id = "key_" + keys.size();
            keys.add(new Credential(
                    id, new byte[] {(byte) keys.size()}, new Caller.OfTenant("ten_1", id, grant(each)), "K", NOW, 1));
        }
        return new KeyRing(keys, NOW);
    }

    private static int status(Runnable check) {
        try {
            check.run();
            return 200;
        } catch (Problem refused) {
            return refused.status().value();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // the caller's key, the other key as it is (- for a new one), as it is to be
        "everything, -, everything, 200",
        "everything, -, everything@20, 200",
        "everything, -, read, 200",
        "everything, -, read+send+devices+rules, 200",
        "everything, read, everything, 200",
        "everything, read@20, read, 200",
        "everything@20, -, everything@20, 200",
        "everything@20, -, everything@19, 200",
        "everything@20, -, read@20, 200",
        "everything@20, -, everything@21, 422",
        "everything@20, -, everything, 422",
        "everything@20, -, read, 422",
        "everything@20, -, read@21, 422",
        "everything@20, read@19, everything@20, 200",
        "everything@20, read@19, read@21, 422",
        "everything@20, read@19, read, 422",
        "everything@20, read, everything, 422",
        "everything@20, read, read+send, 422",
        "everything@20, read+send, read, 200",
        "everything@20, read, read@30, 200",
        "everything@20, everything, read, 200",
        "everything@20, everything@25, everything@24, 200",
        "read, -, read, 403",
        "read+send+devices+rules, -, read, 403",
        "devices, devices, devices@20, 403",
    })
    void aKeyGivesNoMoreThanItHas(String own, String before, String after, int expected) {
        boolean isNew = before.equals("-");
        KeyRing ring = ring(isNew ? own : own + " " + before);

        assertThat(status(() -> ring.checkGift(caller(0), isNew ? null : grant(before), grant(after))))
                .isEqualTo(expected);
        assertThat(status(() ->
                        ring.checkGift(new Caller.OfOperator("key_op"), isNew ? null : grant(before), grant(after))))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        // all keys, of which the first makes the change; the one that is changed; what it is to be (- for none)
        "everything, 0, -, 409",
        "everything, 0, read, 409",
        "everything, 0, read+send+devices+rules, 409",
        "everything, 0, everything@30, 409",
        "everything read, 0, -, 409",
        "everything read, 1, -, 200",
        "everything read, 1, send, 200",
        "everything read, 1, everything, 200",
        "everything everything, 0, -, 200",
        "everything everything, 1, -, 200",
        "everything everything, 0, read, 200",
        "everything everything, 0, everything@30, 200",
        "everything everything@30, 0, -, 409",
        "everything everything@30, 0, everything@30, 409",
        "everything everything@30, 1, -, 200",
        "everything everything@01, 0, -, 409",
        "everything everything@01, 1, -, 200",
        "everything@30, 0, -, 409",
        "everything@30, 0, read@30, 409",
        "everything@30, 0, everything@20, 200",
        "everything@30 everything@20, 0, -, 200",
        "everything@30 everything@12, 0, -, 409",
        "everything@30 everything@13, 0, -, 200",
        "everything@30 everything, 1, -, 409",
        "everything@30 everything, 1, everything@30, 409",
        "everything@30 everything everything, 1, -, 200",
        "everything@30 read, 1, -, 200",
    })
    void aTenantKeepsAKeyThatCanManageKeys(String keys, int changed, String wanted, int expected) {
        KeyRing ring = ring(keys);
        Credential key = ring.get("key_" + changed);
        KeyRing after = wanted.equals("-") ? ring.without(key) : ring.with(key.with("K", grant(wanted)));

        assertThat(status(() -> ring.checkLeft(caller(0), after))).isEqualTo(expected);
        assertThat(status(() -> ring.checkLeft(new Caller.OfOperator("key_op"), after)))
                .isEqualTo(200);
    }

    @Test
    void aKeyThatWasTakenAwayMeanwhileMakesNoSuccessor() {
        KeyRing ring = ring("everything everything");
        KeyRing without = ring.without(ring.get("key_1"));
        KeyRing limited = ring.with(ring.get("key_1").with("K", grant("read")));

        assertThat(status(() -> without.checkGift(caller(1), null, grant("read"))))
                .isEqualTo(401);
        assertThat(status(() -> without.checkLeft(caller(1), without))).isEqualTo(401);
        assertThat(status(() -> limited.checkGift(caller(1), null, grant("read"))))
                .isEqualTo(403);
        assertThat(status(() -> limited.checkLeft(caller(1), ring))).isEqualTo(403);
    }
}
