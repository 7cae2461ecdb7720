package com.mobileapiconnect.bridge.route;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, with some around them: {@code -} is gone and {@code +} is new. */
final class LineDiff {

    private static final int AROUND = 3;
    /** The bound of the work; beyond, all lines between the first and the last that differ are shown as replaced. */
    private static final int MOST_COMPARED = 4_000_000;

    private LineDiff() {}

    static String unified(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<String> lines = new ArrayList<>();
        old.subList(0, head).forEach(line -> lines.add(" " + line));
        compare(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), lines);
        old.subList(old.size() - tail, old.size()).forEach(line -> lines.add(" " + line));
        return withoutTheFar(lines);
    }

    private static void compare(List<String> old, List<String> now, List<String> into) {
        if ((long) old.size() * now.size() > MOST_COMPARED) {
            old.forEach(line -> into.add("-" + line));
            now.forEach(line -> into.add("+" + line));
            return;
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                into.add(" " + old.get(i++));
                j++;
            } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                into.add("-" + old.get(i++));
            } else {
                into.add("+" + now.get(j++));
            }
        }
    }

    private static String withoutTheFar(List<String> lines) {
        StringBuilder diff = new StringBuilder();
        int shown = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (isNear(lines, i)) {
                if (shown != i - 1) {
                    diff.append("@@ line ").append(i + 1).append(" @@\n");
                }
                diff.append(lines.get(i)).append('\n');
                shown = i;
            }
        }
        return diff.toString();
    }

    private static boolean isNear(List<String> lines, int at) {
        for (int i = Math.max(0, at - AROUND); i <= Math.min(lines.size() - 1, at + AROUND); i++) {
            if (lines.get(i).charAt(0) != ' ') {
                return true;
            }
        }
        return false;
    }
}
