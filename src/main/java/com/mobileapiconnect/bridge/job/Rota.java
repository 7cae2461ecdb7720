package com.mobileapiconnect.bridge.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of turns: tenants one after the other, each with one step at a time; a tenant's jobs one after the other, as
 * many of them as may go on side by side. Only one thread uses it.
 */
final class Rota {

    private final int perTenant;
    /** The tenant whose turn is longest ago comes first. */
    private final Map<String, Line> lines = new LinkedHashMap<>();

    Rota(int perTenant) {
        this.perTenant = perTenant;
    }

    private final class Line {

        private final Deque<Job> going = new ArrayDeque<>();
        private final Deque<Job> waiting = new ArrayDeque<>();
        private boolean busy;

        @Nullable Job next() {
            if (busy) {
                return null;
            }
            while (going.size() < perTenant && !waiting.isEmpty()) {
                going.add(waiting.remove());
            }
            return going.poll();
        }
    }

    /** Adds a job behind the others of its tenant. */
    void add(Job job) {
        lines.computeIfAbsent(key(job), tenant -> new Line()).waiting.add(job);
    }

    /** Takes the next job, whose tenant gets no other turn before {@link #back} or {@link #gone}. */
    @Nullable Job next() {
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            Job job = line.next();
            if (job != null) {
                line.busy = true;
                lines.remove(entry.getKey());
                lines.put(entry.getKey(), line);
                return job;
            }
        }
        return null;
    }

    /** Brings a job back that has more steps to take. */
    void back(Job job) {
        Line line = line(job);
        line.busy = false;
        line.going.add(job);
    }

    /** Leaves a job out that has ended, or rests. */
    void gone(Job job) {
        Line line = line(job);
        line.busy = false;
        if (line.going.isEmpty() && line.waiting.isEmpty()) {
            lines.remove(key(job));
        }
    }

    private Line line(Job job) {
        Line line = lines.get(key(job));
        if (line == null) {
            throw new IllegalStateException("Job " + job.id() + " has no turn");
        }
        return line;
    }

    /** Returns who takes turns: the tenant, or nobody. */
    static String key(Job job) {
        String tenantId = job.tenantId();
        return tenantId == null ? "" : tenantId;
    }
}
