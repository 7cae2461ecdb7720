package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.fault.Fault;
import java.util.List;

/**
 * The result of a test that writes nothing.
 *
 * @param checked what was found to be right, in words for people, in order
 * @param faults  what is wrong, one for each thing to change; empty if nothing is
 */
public record ErpFindings(List<String> checked, List<Fault> faults) {

    public ErpFindings {
        checked = List.copyOf(checked);
        faults = List.copyOf(faults);
    }

    public static ErpFindings right(String... checked) {
        return new ErpFindings(List.of(checked), List.of());
    }

    public static ErpFindings wrong(Fault... faults) {
        return new ErpFindings(List.of(), List.of(faults));
    }

    public boolean ok() {
        return faults.isEmpty();
    }
}
