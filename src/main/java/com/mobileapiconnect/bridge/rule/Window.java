package com.mobileapiconnect.bridge.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * A stretch of the day on some days of the week, by the clock on the wall of a zone. So a shift of the clock never
 * moves an edge: office hours begin at nine on every day, an hour that is skipped is in no window, one that comes
 * twice is in it twice.
 *
 * @param days       on which it begins
 * @param fromMinute the first minute of the day that is in
 * @param toMinute   the first that is out again, of the next day when not after {@code fromMinute}; when equal, the
 *                   window lasts a whole day
 */
record Window(Set<DayOfWeek> days, int fromMinute, int toMinute, ZoneId zone) {

    private static final int SECONDS_PER_DAY = 86_400;
    private static final DayOfWeek EPOCH = DayOfWeek.THURSDAY;

    Window {
        days = Set.copyOf(days);
    }

    boolean contains(Instant instant) {
        long local =
                instant.getEpochSecond() + zone.getRules().getOffset(instant).getTotalSeconds();
        long day = Math.floorDiv(local, SECONDS_PER_DAY);
        int minute = Math.floorMod(local, SECONDS_PER_DAY) / 60;
        if (fromMinute < toMinute) {
            return minute >= fromMinute && minute < toMinute && beginsOn(day);
        }
        return minute >= fromMinute ? beginsOn(day) : minute < toMinute && beginsOn(day - 1);
    }

    private boolean beginsOn(long epochDay) {
        return days.contains(EPOCH.plus(Math.floorMod(epochDay, 7)));
    }
}
