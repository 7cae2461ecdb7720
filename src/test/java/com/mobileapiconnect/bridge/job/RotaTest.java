package com.mobileapiconnect.bridge.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
class RotaTest {

    private final Rota rota = new Rota(2);

    private static Job job(String tenantId, String id) {
        return new Job(id, tenantId, "k", "{}", null, 0, null, Job.State.OPEN, null, null, Instant.EPOCH, null, null);
    }

    private List<String> turns(int many) {
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Job job = rota.next();
            turns.add(job.id());
            rota.back(job);
        }
        return turns;
    }

    @Test
    void tenantsTakeTurnsHoweverManyJobsOneHas() {
        List.of("a1", "a2", "a3").forEach(id -> rota.add(job("A", id)));
        rota.add(job("B", "b1"));
        rota.add(job(null, "own"));

        assertThat(turns(6)).containsExactly("a1", "b1", "own", "a2", "b1", "own");
    }

    @Test
    void onlySoManyOfATenantGoOnUntilOneIsGone() {
        List.of("a1", "a2", "a3").forEach(id -> rota.add(job("A", id)));

        assertThat(turns(4)).containsExactly("a1", "a2", "a1", "a2");
        rota.gone(rota.next());
        assertThat(turns(4)).containsExactly("a2", "a3", "a2", "a3");
    }

    @Test
    void aTenantHasOneStepAtATime() {
        rota.add(job("A", "a1"));
        rota.add(job("A", "a2"));
        Job first = rota.next();

        rota.add(job("A", "a3"));
        assertThat(rota.next()).isNull();
        rota.back(first);
        assertThat(turns(4)).containsExactly("a2", "a1", "a2", "a1");
    }

    @Test
    void nobodyIsLeftWhenAllAreGone() {
        rota.add(job("A", "a1"));
        rota.gone(rota.next());

        assertThat(rota.next()).isNull();
    }
}
