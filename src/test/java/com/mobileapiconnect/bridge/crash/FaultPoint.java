package com.mobileapiconnect.bridge.crash;

import java.util.Locale;

/** A place in the bridge at which the crash suite kills it. */
enum FaultPoint {
    /** The message is inserted, and perhaps others of its group. */
    MESSAGE_INSERTED,
    /** Everything of a group is inserted, the commit not begun. */
    BEFORE_COMMIT,
    /** While the commit is on its way to the disk. */
    DURING_COMMIT,
    /** Between the commit and the hand-over to the lanes; the phone has no answer yet. */
    AFTER_COMMIT,
    BEFORE_CALL,
    /** The receiver has answered 2xx; nobody knows it yet. */
    AFTER_2XX,
    BEFORE_RETRY,
    AFTER_RETRY,
    BEFORE_OUTCOME,
    /** The outcome is written, not committed. */
    OUTCOME_WRITTEN,
    OUTCOME_COMMITTED,
    /** A lane has fetched what was due in the store: at the start, all that was unfinished. */
    RECOVERY,
    /** Between two statements of a migration, on a store that has messages. */
    MIGRATION,
    /** Before the write-ahead log is copied into the database. */
    CHECKPOINT,
    /** A fan-out's place is moved, the deliveries up to there are not made. */
    FAN_OUT_MOVED,
    /** A step of a fan-out is committed, and nobody knows it yet. */
    FAN_OUT_COMMITTED,
    /** A step of a job is taken, its place not moved. */
    JOB_STEP_TAKEN,
    /** A step of a job is committed, and nobody knows it yet. */
    JOB_STEP_COMMITTED,
    /** A route's new version has begun and its file is written; nobody has kept the version. */
    ROUTE_BEGUN,
    /** A route's new version is kept, and has not taken over. */
    ROUTE_KEPT,
    /** A route's new version takes over, or has, while the old one finishes what it has. */
    ROUTE_TAKING_OVER;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
