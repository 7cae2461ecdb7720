package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Audit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps accepted texts: as a version in the store and, on one node, as the file that is the truth at the next start. */
@Component
class RouteKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RouteKeeper.class);

    private final RoutePlace place;
    private final RouteVersions versions;
    private final Audit audit;

    RouteKeeper(RoutePlace place, RouteVersions versions, Audit audit) {
        this.place = place;
        this.versions = versions;
        this.audit = audit;
    }

    /** Returns when the version is durable; throws a {@link Problem}, or what the store throws, if it is not kept. */
    void keep(RouteVersion version, RouteOrigin origin) {
        if (origin.source() == null) {
            return;
        }
        byte[] before = file(version, origin);
        try {
            audit.change(
                    origin.who(),
                    null,
                    new Audit.Entry(
                            version.text() == null ? "route.delete" : "route.update", version.name(), detail(version)),
                    tx -> versions.add(tx, version));
        } catch (RuntimeException e) {
            putBack(version, origin, before);
            throw e;
        }
    }

    /** Makes the file what runs, which somebody has asked for again: what was saved there meanwhile was another text. */
    void again(String name, byte @Nullable [] text, RouteOrigin origin) {
        try {
            if (writesFile(origin) && !Arrays.equals(text, place.folder().read(name))) {
                place.folder().write(name, text);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Returns the number of a route's newest version; 0 if it has none. */
    long last(String name) {
        return versions.last(name);
    }

    private static String detail(RouteVersion version) {
        String reason = version.reason();
        return "version " + version.version() + " by " + version.source() + (reason == null ? "" : ": " + reason);
    }

    private boolean writesFile(RouteOrigin origin) {
        return place.filesAreTheTruth() && !RouteOrigin.FILE.equals(origin.source());
    }

    /** Writes the file, and returns what it was before. */
    private byte @Nullable [] file(RouteVersion version, RouteOrigin origin) {
        if (!writesFile(origin)) {
            return null;
        }
        try {
            byte[] before = place.folder().read(version.name());
            String text = version.text();
            place.folder().write(version.name(), text == null ? null : text.getBytes(StandardCharsets.UTF_8));
            return before;
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private Problem notWritten(IOException e) {
        return Problem.conflict("The routes in " + place.folder().path() + " cannot be written (" + e
                + "), so nothing was changed. Make the directory writable, or change the file where it comes from.");
    }

    private void putBack(RouteVersion version, RouteOrigin origin, byte @Nullable [] before) {
        if (writesFile(origin)) {
            try {
                place.folder().write(version.name(), before);
            } catch (IOException e) {
                LOG.error("The file of the route {} is not as it was: {}", version.name(), e.toString());
            }
        }
    }
}
