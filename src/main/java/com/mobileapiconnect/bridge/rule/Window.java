package com.mobileapiconnect.bridge.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * A time window on some days of the week, by the wall clock of a zone. A change to or from summer time never moves an
 * edge: office hours begin at nine on every day, an hour that is skipped is in no window, and an hour that comes twice
 * is in the window twice.
 *
 * @param days       days on which the window begins
 * @param fromMinute the first minute of the day inside the window
 * @param toMinute   the first minute outside again, of the next day if it is not after {@code fromMinute}; if both are
 *                   equal, the window lasts a whole day
 */
public record Window(Set<DayOfWeek> days, int fromMinute, int toMinute, ZoneId zone) {

    private static final int SECONDS_PER_DAY = 86_400;
    private static final DayOfWeek EPOCH = DayOfWeek.THURSDAY;

    public Window {
        days = Set.copyOf(days);
    }

    public boolean contains(Instant instant) {
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
