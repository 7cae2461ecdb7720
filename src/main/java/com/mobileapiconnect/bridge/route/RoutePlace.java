package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.store.DataDirectory;
import com.mobileapiconnect.bridge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The place of the edited routes. On the embedded database it is a directory. Where several bridges may share a
 * database, it is that one, and the files are only its first filling.
 */
@Component
@EnableConfigurationProperties(RouteSettings.class)
class RoutePlace {

    private static final String USUAL = "routes";

    private final RouteFolder folder;
    private final boolean filesAreTheTruth;

    RoutePlace(RouteSettings settings, Store store, ObjectProvider<DataDirectory> data) throws IOException {
        this.filesAreTheTruth = !store.dialect().isShared();
        if (!settings.dir().isBlank()) {
            this.folder = RouteFolder.named(settings.dir().strip());
            if (folder.look().isEmpty() && !folder.leftAside().isEmpty()) {
                throw new BadSettingException(
                        "BRIDGE_ROUTES_DIR=" + settings.dir().strip()
                                + " holds no file whose name ends in " + RouteFolder.SUFFIX
                                + ". Put the routes there, or omit it.");
            }
        } else if (Files.isDirectory(Path.of(USUAL)) || !filesAreTheTruth) {
            this.folder = new RouteFolder(Path.of(USUAL));
        } else {
            this.folder = new RouteFolder(data.getObject().path().resolve(USUAL));
        }
    }

    RouteFolder folder() {
        return folder;
    }

    boolean filesAreTheTruth() {
        return filesAreTheTruth;
    }
}
