package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Notices saved files of a folder. A file counts as saved once two looks have found it the same, because many editors write
 * in several steps. Not for several threads.
 */
public final class SavedFiles {

    private final RouteFolder folder;
    /** Files that were dealt with, and those that were different at the last look. */
    private final Map<String, RouteFolder.Seen> known = new HashMap<>();

    private final Map<String, RouteFolder.Seen> changing = new HashMap<>();

    public SavedFiles(RouteFolder folder) {
        this.folder = folder;
    }

    /** Takes what is there for dealt with. */
    public void start() throws IOException {
        known.putAll(folder.look());
    }

    /** Returns whether a file is as it was when it was dealt with. */
    boolean isKnown(String name) throws IOException {
        return Objects.equals(folder.look().get(name), known.get(name));
    }

    /** @param dealt receives the name of each file that was saved or removed; false to be asked again */
    public void look(Predicate<String> dealt) throws IOException {
        Map<String, RouteFolder.Seen> now = folder.look();
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(known.keySet());
        for (String name : names) {
            RouteFolder.Seen seen = now.get(name);
            boolean isSame = Objects.equals(seen, known.get(name));
            boolean isStill = changing.containsKey(name) && Objects.equals(seen, changing.get(name));
            if (isSame) {
                changing.remove(name);
            } else if (!isStill) {
                changing.put(name, seen);
            } else if (dealt.test(name)) {
                changing.remove(name);
                if (seen == null) {
                    known.remove(name);
                } else {
                    known.put(name, seen);
                }
            }
        }
    }
}
