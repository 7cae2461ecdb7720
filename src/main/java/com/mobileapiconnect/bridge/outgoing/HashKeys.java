package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.secret.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** The sealed column of keys under which numbers are hashed. */
@Component
class HashKeys implements SealedColumns {

    @Override
    public List<Column> sealedColumns() {
        return List.of(new Column("hash_key", "sealed", ErasedOptOuts.PLACE));
    }
}
