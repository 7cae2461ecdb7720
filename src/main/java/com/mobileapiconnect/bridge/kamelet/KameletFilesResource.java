package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the operator which of the integrators' files are used, and what is wrong with the others at which line. */
@RestController
class KameletFilesResource {

    private final KameletFolder folder;

    KameletFilesResource(KameletFolder folder) {
        this.folder = folder;
    }

    /** A file with its place in the list, counted from the end. */
    private record Placed(String place, ReadFiles.Read file) {}

    @GetMapping("/v1/connectors/files")
    Page<ReadFiles.Read> list(Caller.OfOperator operator, Page.Request page) {
        List<ReadFiles.Read> all = folder.files();
        List<Placed> placed = new ArrayList<>(all.size());
        for (ReadFiles.Read file : all) {
            placed.add(new Placed(String.format(Locale.ROOT, "files:%06d", all.size() - placed.size()), file));
        }
        return Page.of(placed.stream(), page, "files:", Placed::place).map(Placed::file);
    }
}
