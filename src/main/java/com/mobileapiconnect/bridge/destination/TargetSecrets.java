package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** The sealed columns of targets. */
@Component
class TargetSecrets implements SealedColumns {

    @Override
    public List<Column> sealedColumns() {
        return List.of(
                new Column("target", "secret", TargetRows.place("%s", "secret")),
                new Column("target", "previous_secret", TargetRows.place("%s", "previous")),
                new Column("target", "http", TargetRows.place("%s", "http")),
                new Column("target", "secret_properties", TargetRows.place("%s", "properties")));
    }
}
