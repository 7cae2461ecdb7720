package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.secret.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** The sealed columns of devices. */
@Component
class DeviceSecrets implements SealedColumns {

    @Override
    public List<Column> sealedColumns() {
        return List.of(
                new Column("device", "signing_key", DeviceRows.place("%s")),
                new Column("device", "transport", TransportBox.place("%s")),
                new Column("pairing", "token", PairingRows.place("%s")));
    }
}
