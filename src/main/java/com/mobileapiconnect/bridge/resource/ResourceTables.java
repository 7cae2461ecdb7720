package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.secret.SealedColumns;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns the table of resources and its sealed column. */
@Component
class ResourceTables implements TableOwner, SealedColumns {

    @Override
    public List<Table> tables() {
        return List.of(Table.named(ResourceRows.TABLE)
                .kept("a resource stays until the operator deletes it")
                .notErased("holds addresses of databases, brokers and folders")
                .stays("belongs to the operator"));
    }

    @Override
    public List<Column> sealedColumns() {
        return List.of(new Column(ResourceRows.TABLE, ResourceRows.SECRETS, ResourceRows.PLACE));
    }
}
